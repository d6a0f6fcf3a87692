package io.zhiyin.kernel.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.kernel.vector.AttentionShape;
import io.zhiyin.kernel.vector.Kernels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionWeightsTest {
  private static EventWindow window(SequenceEncoder encoder, int length) {
    SplittableRandom random = new SplittableRandom(length);
    EventWindow window = encoder.newWindow();
    for (int j = 0; j < length; j++) {
      window.add(random.nextInt(encoder.items().rows()), random.nextInt(4), random.nextInt(6));
    }
    return window;
  }

  /// The first layer in plain double arithmetic, straight from the tensors.
  private static double[][] plain(Safetensors t, SequenceConfig c, EventWindow window) {
    int d = c.embeddingSize();
    int n = window.length();
    double[][] a = new double[n][];
    for (int j = 0; j < n; j++) {
      double[] x = new double[d];
      for (int i = 0; i < d; i++) {
        x[i] =
            t.floats("item.weight", 40, d)[window.rows[j] * d + i]
                + t.floats("type.weight", 4, d)[window.types[j] * d + i]
                + t.floats("gap.weight", 6, d)[window.gaps[j] * d + i]
                + t.floats("position.weight", c.maxLength(), d)[j * d + i];
      }
      a[j] = normed(t, "blocks.0.norm1", x);
    }
    AttentionShape shape = c.attention();
    double[][] weights = new double[shape.heads()][n];
    for (int head = 0; head < shape.heads(); head++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        double dot = 0;
        for (int i = head * shape.headSize(); i < (head + 1) * shape.headSize(); i++) {
          dot += linear(t, a[n - 1], i, d) * linear(t, a[j], d + i, d);
        }
        weights[head][j] = Math.exp(dot / Math.sqrt(shape.headSize()));
        sum += weights[head][j];
      }
      for (int j = 0; j < n; j++) {
        weights[head][j] /= sum;
      }
    }
    return weights;
  }

  private static double linear(Safetensors t, double[] x, int row, int d) {
    float[] weight = t.floats("blocks.0.attention.qkv.weight", 3 * d, d);
    double sum = t.floats("blocks.0.attention.qkv.bias", 3 * d)[row];
    for (int i = 0; i < d; i++) {
      sum += weight[row * d + i] * x[i];
    }
    return sum;
  }

  private static double[] normed(Safetensors t, String name, double[] x) {
    double mean = 0;
    double square = 0;
    for (double value : x) {
      mean += value / x.length;
    }
    for (double value : x) {
      square += (value - mean) * (value - mean) / x.length;
    }
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] =
          (x[i] - mean) / Math.sqrt(square + 1e-5) * t.floats(name + ".weight", x.length)[i]
              + t.floats(name + ".bias", x.length)[i];
    }
    return out;
  }

  @ParameterizedTest(name = "of d={0}, {1} heads, length {2}")
  @CsvSource({"8,2,1", "8,2,7", "9,3,12", "24,2,20"})
  void areThoseOfAPlainComputation(int d, int heads, int length) {
    SequenceConfig config = new SequenceConfig(Architecture.SASREC, d, heads, 2, 2 * d, 20, 4, 6);
    Safetensors tensors = RandomWeights.of(config, 40, d);
    SequenceEncoder encoder = SequenceEncoder.load(tensors, config);
    EventWindow window = window(encoder, length);
    float[] all = encoder.attention(window, encoder.newWorkspace()).orElseThrow();
    assertEquals(2 * heads * length, all.length);
    double[][] plain = plain(tensors, config, window);
    for (int head = 0; head < heads; head++) {
      for (int j = 0; j < length; j++) {
        assertEquals(plain[head][j], all[head * length + j], 2e-5, "head " + head + ", event " + j);
      }
    }
  }

  @Test
  void addUpToOneInEachRow() {
    SequenceConfig config = new SequenceConfig(Architecture.SASREC, 16, 4, 3, 32, 30, 4, 6);
    SequenceEncoder encoder = SequenceEncoder.load(RandomWeights.of(config, 40, 3), config);
    float[] all = encoder.attention(window(encoder, 30), encoder.newWorkspace()).orElseThrow();
    for (int row = 0; row < 12; row++) {
      float sum = 0;
      for (int j = 0; j < 30; j++) {
        assertTrue(all[row * 30 + j] >= 0);
        sum += all[row * 30 + j];
      }
      assertEquals(1, sum, 1e-5);
    }
  }

  @Test
  void areThoseByWhichTheLastLayerMixes() {
    SequenceConfig config = new SequenceConfig(Architecture.SASREC, 8, 2, 2, 16, 10, 4, 6);
    SequenceEncoder encoder = SequenceEncoder.load(RandomWeights.of(config, 40, 5), config);
    EventWindow window = window(encoder, 10);
    Workspace w = encoder.newWorkspace(Kernels.scalar());
    float[] all = encoder.attention(window, w).orElseThrow();
    float[] mixed = new float[8];
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 10; j++) {
        mixed[i] += all[(2 + i / 4) * 10 + j] * w.kv[j * 16 + 8 + i];
      }
    }
    assertArrayEquals(mixed, java.util.Arrays.copyOf(w.mixed, 8), 1e-5f);
  }

  /// The last layer's weights mix its values to what the layer mixed, before its second norm.
  @Test
  void ofGatedAttentionStandEachByItself() {
    SequenceConfig config = new SequenceConfig(Architecture.HSTU, 8, 2, 2, 16, 10, 4, 6);
    Safetensors tensors = RandomWeights.of(config, 40, 5);
    SequenceEncoder encoder = SequenceEncoder.load(tensors, config);
    EventWindow window = window(encoder, 10);
    Workspace w = encoder.newWorkspace(Kernels.scalar());
    float[] all = encoder.attention(window, w).orElseThrow();
    assertEquals(2 * 2 * 10, all.length);
    double[] mixed = new double[8];
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 10; j++) {
        mixed[i] += all[(2 + i / 4) * 10 + j] * w.kv[j * 16 + 8 + i];
      }
    }
    double[] normed = normed(tensors, "blocks.1.norm2", mixed);
    for (int i = 0; i < 8; i++) {
      assertEquals(normed[i] * w.gates[i], w.mixed[i], 1e-4, "dimension " + i);
    }
    float[] plain = new float[8];
    encoder.encode(window, encoder.newWorkspace(Kernels.scalar()), plain);
    float[] looked = new float[8];
    encoder.encode(window, w, looked);
    assertArrayEquals(plain, looked, "looking changes nothing");
  }

  @Test
  void areOfNoRecurrentNetwork() {
    SequenceConfig config = new SequenceConfig(Architecture.GRU4REC, 8, 2, 2, 16, 10, 4, 6);
    SequenceEncoder encoder = SequenceEncoder.load(RandomWeights.of(config, 40, 5), config);
    assertTrue(encoder.attention(window(encoder, 3), encoder.newWorkspace()).isEmpty());
  }
}
