package io.zhiyin.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each SIMD kernel against its scalar twin, which is checked against numbers worked by hand.
class KernelTwinsTest {
  private final Kernels scalar = Kernels.scalar();
  private final Kernels simd = Kernels.simd().orElseThrow();
  private final SplittableRandom random = new SplittableRandom(5);

  private float[] numbers(int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return x;
  }

  /// Sums of n products of numbers below 1 in another order differ by some units times √n.
  private static float tolerance(int length) {
    return (float) (16 * Math.ulp(1f) * Math.sqrt(length));
  }

  @Nested
  @DisplayName("SIMD equals scalar at every length from 0 to 70, off by an odd offset,")
  class Lengths {
    @Test
    void dot() {
      for (int n = 0; n <= 70; n++) {
        float[] a = numbers(n + 3);
        float[] b = numbers(n + 5);
        assertEquals(scalar.dot(a, 3, b, 5, n), simd.dot(a, 3, b, 5, n), tolerance(n), "n=" + n);
      }
    }

    @Test
    void axpyAndAddAndRelu() {
      for (int n = 0; n <= 70; n++) {
        float[] x = numbers(n + 3);
        float[] y = numbers(n + 9);
        float[] z = y.clone();
        scalar.axpy(0.7f, x, 3, y, 5, n);
        simd.axpy(0.7f, x, 3, z, 5, n);
        assertArrayEquals(y, z, tolerance(1));
        scalar.add(x, 3, y, 5, n);
        simd.add(x, 3, z, 5, n);
        scalar.relu(y, 5, n);
        simd.relu(z, 5, n);
        assertArrayEquals(y, z, tolerance(1));
      }
    }

    @Test
    void siluAndMultiply() {
      for (int n = 0; n <= 70; n++) {
        float[] x = numbers(n + 3);
        for (int i = 0; i < x.length; i++) {
          x[i] *= 100;
        }
        float[] y = x.clone();
        float[] factors = numbers(n + 2);
        scalar.silu(x, 3, n);
        simd.silu(y, 3, n);
        scalar.multiply(factors, 2, x, 3, n);
        simd.multiply(factors, 2, y, 3, n);
        assertArrayEquals(x, y, 100 * tolerance(1), "n=" + n);
      }
    }

    @Test
    void gru() {
      for (int n = 1; n <= 70; n++) {
        float[] a = numbers(3 * n + 3);
        float[] c = numbers(3 * n + 1);
        float[] h = numbers(n + 2);
        for (int i = 0; i < a.length; i++) {
          a[i] *= 10;
        }
        float[] y = new float[n + 4];
        float[] z = h.clone();
        scalar.gru(a, 3, c.clone(), 1, h, 2, y, 4, n);
        simd.gru(a, 3, c, 1, z, 2, z, 2, n);
        assertArrayEquals(
            Arrays.copyOfRange(y, 4, n + 4), Arrays.copyOfRange(z, 2, n + 2), 1e-6f, "n=" + n);
      }
    }

    @Test
    void softmax() {
      for (int n = 0; n <= 70; n++) {
        float[] x = numbers(n + 4);
        float[] y = x.clone();
        scalar.softmax(x, 3, n, 20);
        simd.softmax(y, 3, n, 20);
        assertArrayEquals(x, y, 2e-6f, "n=" + n);
      }
    }

    @Test
    void largestAndExponentials() {
      for (int n = 0; n <= 70; n++) {
        float[] x = numbers(n + 4);
        for (int i = 0; i < x.length; i++) {
          x[i] *= 60;
        }
        float[] y = x.clone();
        MemorySegment a = MemorySegment.ofArray(x);
        MemorySegment b = MemorySegment.ofArray(y);
        float largest = scalar.largest(a, 3, n);
        assertEquals(largest, simd.largest(b, 3, n), "n=" + n);
        float sum = scalar.exponentials(a, 3, n, largest);
        assertEquals(sum, simd.exponentials(b, 3, n, largest), 1e-6f * sum, "n=" + n);
        assertArrayEquals(x, y, 1e-6f, "n=" + n);
      }
    }

    @Test
    void adam() {
      for (int n = 0; n <= 70; n++) {
        float[][] x = {numbers(n + 4), numbers(n + 4), numbers(n + 4), numbers(n + 4)};
        for (int i = 0; i < n + 4; i++) {
          x[3][i] = Math.abs(x[3][i]);
        }
        float[][] y = {x[0].clone(), x[1], x[2].clone(), x[3].clone()};
        AdamStep step = AdamStep.at(3, 1e-3, 0.1);
        for (int t = 0; t < 3; t++) {
          adam(scalar, step, x, n);
          adam(simd, step, y, n);
        }
        for (int a = 0; a < 4; a++) {
          assertArrayEquals(x[a], y[a], "n=" + n);
        }
      }
    }

    private void adam(Kernels kernels, AdamStep step, float[][] x, int n) {
      kernels.adam(
          step,
          MemorySegment.ofArray(x[0]),
          MemorySegment.ofArray(x[1]),
          MemorySegment.ofArray(x[2]),
          MemorySegment.ofArray(x[3]),
          3,
          n);
    }

    @Test
    void layerNorm() {
      for (int n = 1; n <= 70; n++) {
        float[] x = numbers(n + 3);
        float[] gain = numbers(n);
        float[] bias = numbers(n);
        float[] y = new float[n + 4];
        float[] z = new float[n + 4];
        scalar.layerNorm(x, 3, gain, bias, y, 1, n);
        simd.layerNorm(x, 3, gain, bias, z, 1, n);
        // of two numbers that are nearly equal only the difference counts: 1/√(variance + 1e-5) ≤
        // 316
        assertArrayEquals(y, z, 316 * tolerance(n), "n=" + n);
      }
    }

    @Test
    void scoresOfBytes() {
      for (int size = 1; size <= 70; size++) {
        int n = 1 + random.nextInt(300);
        ByteRows rows = new ByteRows(size, n);
        for (int row = 0; row < n; row++) {
          float[] x = numbers(size);
          if (row % 3 == 0) {
            Arrays.fill(x, row % 2 == 0 ? 1 : -1); // the largest sums that there can be
          }
          rows.set(row, x, 0);
        }
        float[] vector = numbers(size);
        if (size % 2 == 0) {
          Arrays.fill(vector, 1);
        }
        ByteQuery query = new ByteQuery(rows).set(vector);
        float[] expected = new float[rows.capacity()];
        float[] given = new float[rows.capacity()];
        scalar.scores(query, rows, 0, n, expected);
        simd.scores(query, rows, 0, n, given);
        for (int row = 0; row < n; row++) {
          assertEquals(expected[row], given[row], "size=" + size + " row=" + row);
          assertEquals(
              scalar.dot(vector, 0, rows.get(row), 0, size), given[row], 0.02f * (1 + size));
        }
      }
    }

    @Test
    void firstAbove() {
      for (int n = 0; n <= 70; n++) {
        float[] x = numbers(n);
        for (float threshold : new float[] {-2, 0.5f, 0.9f, 2}) {
          assertEquals(
              scalar.firstAbove(x, n / 3, n, threshold), simd.firstAbove(x, n / 3, n, threshold));
        }
      }
    }
  }

  @Nested
  @DisplayName("SIMD equals scalar for matrices of every shape:")
  class Shapes {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 9, 17, 31, 64, 65})
    void linear(int in) {
      for (int out : new int[] {1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65}) {
        Affine map = new Affine(out, in, numbers(out * in), numbers(out));
        for (int rows = 0; rows <= 51; rows++) {
          float[] x = numbers(rows * in + 2);
          float[] y = new float[rows * out + 3];
          float[] z = y.clone();
          scalar.linear(map, x, 2, rows, y, 1);
          simd.linear(map, x, 2, rows, z, 1);
          assertArrayEquals(y, z, tolerance(in), "out=" + out + " rows=" + rows);
        }
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 9, 16, 17, 31, 32, 64, 65, 128})
    void scores(int size) {
      float[] matrix = numbers(53 * size);
      float[] query = numbers(size);
      for (int rows = 0; rows <= 51; rows++) {
        float[] y = new float[rows];
        float[] z = new float[rows];
        scalar.scores(query, matrix, 2, rows, y);
        simd.scores(query, matrix, 2, rows, z);
        assertArrayEquals(y, z, tolerance(size), "rows=" + rows);
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 16, 17, 32, 64, 65, 128})
    @DisplayName("and a row's score is its dot product to the bit, wherever the row lies")
    void scoresAreDots(int size) {
      float[] matrix = numbers(31 * size);
      float[] query = numbers(size);
      float[] scores = new float[29];
      simd.scores(query, matrix, 2, 29, scores);
      for (int row = 0; row < scores.length; row++) {
        assertEquals(simd.dot(query, 0, matrix, (2 + row) * size, size), scores[row]);
      }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,3", "7,1", "8,2", "9,3", "17,1", "24,2", "31,1", "64,2", "64,1", "65,5"})
    void attention(int size, int heads) {
      AttentionShape shape = new AttentionShape(size, heads);
      float[] scratch = new float[simd.attentionScratch(shape, 51)];
      Arrays.fill(scratch, Float.NaN); // what an earlier pass left must not matter
      for (int keys = 1; keys <= 51; keys++) {
        for (int queries : new int[] {1, Math.min(2, keys), keys}) {
          float[] q = numbers(queries * size);
          float[] kv = numbers(keys * 2 * size);
          float[] y = new float[queries * size];
          float[] z = new float[queries * size];
          scalar.attention(shape, q, kv, queries, keys, new float[51], y);
          simd.attention(shape, q, kv, queries, keys, scratch, z);
          assertArrayEquals(y, z, 4e-6f, "keys=" + keys + " queries=" + queries);
        }
      }
    }
  }

  @Nested
  @DisplayName("The scalar twin gives what paper and pencil give:")
  class ByHand {
    @Test
    void dotOfThreeNumbers() {
      assertEquals(32, scalar.dot(new float[] {1, 2, 3}, 0, new float[] {4, 5, 6}, 0, 3));
    }

    @Test
    void linearOfTwoRows() {
      // W = [[1, 2], [3, 4], [5, 6]], b = [10, 20, 30]
      Affine map = new Affine(3, 2, new float[] {1, 2, 3, 4, 5, 6}, new float[] {10, 20, 30});
      float[] y = new float[6];
      scalar.linear(map, new float[] {1, 1, 2, -1}, 0, 2, y, 0);
      assertArrayEquals(new float[] {13, 27, 41, 10, 22, 34}, y);
    }

    @Test
    void softmaxOfLogarithms() {
      float[] x = {0, (float) Math.log(3), (float) Math.log(4)};
      scalar.softmax(x, 0, 3, 1);
      assertArrayEquals(new float[] {0.125f, 0.375f, 0.5f}, x, 1e-6f);
    }

    @Test
    void layerNormOfMinusOneAndOne() {
      float[] y = new float[2];
      scalar.layerNorm(new float[] {4, 6}, 0, new float[] {1, 2}, new float[] {0, 0.5f}, y, 0, 2);
      assertArrayEquals(new float[] {-1, 2.5f}, y, 1e-4f);
    }

    @Test
    void siluOfLogarithms() {
      // σ(ln 3) = 3/4
      float[] x = {0, (float) Math.log(3), (float) -Math.log(3)};
      scalar.silu(x, 0, 3);
      float log = (float) Math.log(3);
      assertArrayEquals(new float[] {0, 0.75f * log, -0.25f * log}, x, 1e-6f);
    }

    @Test
    void gruOfOneNumber() {
      // r = σ(0) = 1/2, z = σ(ln 3) = 3/4, n = tanh(0.1 + 1/2 · 0.2) = tanh(0.2)
      float[] a = {1, 0, 0.1f};
      float[] c = {-1, (float) Math.log(3), 0.2f};
      float[] h = {2};
      scalar.gru(a, 0, c, 0, h, 0, h, 0, 1);
      assertEquals(0.25f * Math.tanh(0.2) + 1.5f, h[0], 1e-6f);
    }

    @Test
    void attentionThatSeesOnlyThePast() {
      // one head of one number: the second query weighs e⁰ : e^ln3 = 1 : 3
      float[] q = {5, 1};
      float[] kv = {0, 10, (float) Math.log(3), 20};
      float[] out = new float[2];
      scalar.attention(new AttentionShape(1, 1), q, kv, 2, 2, new float[2], out);
      assertArrayEquals(new float[] {10, 17.5f}, out, 1e-5f);
    }
  }

  @Nested
  @DisplayName("Numbers that are not ordinary")
  class Extremes {
    @ParameterizedTest
    @ValueSource(ints = {3, 8, 19})
    @DisplayName("NaN in, NaN out, in both twins")
    void nan(int n) {
      for (Kernels kernels : new Kernels[] {scalar, simd}) {
        for (int at = 0; at < n; at++) {
          float[] x = numbers(n);
          x[at] = Float.NaN;
          assertTrue(Float.isNaN(kernels.dot(x, 0, numbers(n), 0, n)));
          float[] relu = x.clone();
          kernels.relu(relu, 0, n);
          assertTrue(Float.isNaN(relu[at]));
          float[] silu = x.clone();
          kernels.silu(silu, 0, n);
          assertTrue(Float.isNaN(silu[at]));
          kernels.softmax(x, 0, n, 1);
          assertTrue(Float.isNaN(x[0]) && Float.isNaN(x[n - 1]), kernels.description());
        }
      }
    }

    @Test
    @DisplayName("softmax survives scores of a thousand and of minus infinity")
    void largeScores() {
      for (Kernels kernels : new Kernels[] {scalar, simd}) {
        float[] x = new float[11];
        Arrays.fill(x, -1000);
        x[4] = 1000;
        x[10] = Float.NEGATIVE_INFINITY;
        kernels.softmax(x, 0, 11, 1);
        float[] expected = new float[11];
        expected[4] = 1;
        assertArrayEquals(expected, x, kernels.description());
      }
    }
  }

  @Test
  @DisplayName("Exponentials of far apart numbers stay finite, and NaN is told by the sum")
  void exponentialsAtTheEdge() {
    for (Kernels kernels : new Kernels[] {scalar, simd}) {
      float[] x = new float[40];
      Arrays.fill(x, -1e30f);
      x[17] = 5;
      MemorySegment segment = MemorySegment.ofArray(x);
      assertEquals(5, kernels.largest(segment, 0, 40));
      assertEquals(1, kernels.exponentials(segment, 0, 40, 5));
      assertEquals(1, x[17], 1e-6f);
      assertEquals(0, x[16], 1e-30f);
      x[3] = Float.NaN;
      assertTrue(Float.isNaN(kernels.exponentials(segment, 0, 40, 5)));
      assertEquals(Float.NEGATIVE_INFINITY, kernels.largest(segment, 0, 0));
    }
  }
}
