package io.zhiyin.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// The reference: plain loops in the order of the formula.
public final class ScalarKernels implements Kernels {
  static final float EPSILON = 1e-5f;

  ScalarKernels() {}

  @Override
  public String description() {
    return "scalar";
  }

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    float sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[aFrom + i] * b[bFrom + i];
    }
    return sum;
  }

  @Override
  public void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int length) {
    for (int i = 0; i < length; i++) {
      y[yFrom + i] += alpha * x[xFrom + i];
    }
  }

  @Override
  public void add(float[] x, int xFrom, float[] y, int yFrom, int length) {
    for (int i = 0; i < length; i++) {
      y[yFrom + i] += x[xFrom + i];
    }
  }

  @Override
  public void relu(float[] x, int from, int length) {
    for (int i = from; i < from + length; i++) {
      x[i] = x[i] < 0 ? 0 : x[i];
    }
  }

  @Override
  public void silu(float[] x, int from, int length) {
    for (int i = from; i < from + length; i++) {
      x[i] *= sigmoid(x[i]);
    }
  }

  @Override
  public void multiply(float[] x, int xFrom, float[] y, int yFrom, int length) {
    for (int i = 0; i < length; i++) {
      y[yFrom + i] *= x[xFrom + i];
    }
  }

  @Override
  public void gru(
      float[] a,
      int aFrom,
      float[] c,
      int cFrom,
      float[] h,
      int hFrom,
      float[] y,
      int yFrom,
      int size) {
    for (int i = 0; i < size; i++) {
      float r = sigmoid(a[aFrom + i] + c[cFrom + i]);
      float z = sigmoid(a[aFrom + size + i] + c[cFrom + size + i]);
      float n = (float) Math.tanh(a[aFrom + 2 * size + i] + r * c[cFrom + 2 * size + i]);
      y[yFrom + i] = (1 - z) * n + z * h[hFrom + i];
    }
  }

  private static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }

  @Override
  public void softmax(float[] x, int from, int length, float scale) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + length; i++) {
      max = Math.max(max, x[i]);
    }
    float sum = 0;
    for (int i = from; i < from + length; i++) {
      x[i] = (float) Math.exp((x[i] - max) * scale);
      sum += x[i];
    }
    for (int i = from; i < from + length; i++) {
      x[i] /= sum;
    }
  }

  @Override
  public void layerNorm(
      float[] x, int xFrom, float[] gain, float[] bias, float[] y, int yFrom, int size) {
    float mean = 0;
    for (int i = 0; i < size; i++) {
      mean += x[xFrom + i];
    }
    mean /= size;
    float variance = 0;
    for (int i = 0; i < size; i++) {
      float difference = x[xFrom + i] - mean;
      variance += difference * difference;
    }
    float inverse = (float) (1 / Math.sqrt(variance / size + EPSILON));
    for (int i = 0; i < size; i++) {
      y[yFrom + i] = (x[xFrom + i] - mean) * inverse * gain[i] + bias[i];
    }
  }

  @Override
  public void linear(Affine map, float[] x, int xFrom, int rows, float[] y, int yFrom) {
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < map.out(); o++) {
        y[yFrom + r * map.out() + o] =
            map.bias()[o] + dot(x, xFrom + r * map.in(), map.weight(), o * map.in(), map.in());
      }
    }
  }

  @Override
  public void attention(
      AttentionShape shape,
      float[] q,
      float[] kv,
      int queries,
      int keys,
      float[] scratch,
      float[] out) {
    int size = shape.size();
    int head = shape.headSize();
    Arrays.fill(out, 0, queries * size, 0);
    for (int t = 0; t < queries; t++) {
      int seen = keys - queries + t + 1;
      for (int h = 0; h < size; h += head) {
        // s_j = q · k_j for the keys seen
        for (int j = 0; j < seen; j++) {
          scratch[j] = dot(q, t * size + h, kv, j * 2 * size + h, head);
        }
        softmax(scratch, 0, seen, shape.scale());
        // out = Σ p_j v_j
        for (int j = 0; j < seen; j++) {
          axpy(scratch[j], kv, (j * 2 + 1) * size + h, out, t * size + h, head);
        }
      }
    }
  }

  @Override
  public int attentionScratch(AttentionShape shape, int keys) {
    return keys;
  }

  @Override
  public void scores(float[] query, float[] matrix, int firstRow, int rows, float[] out) {
    for (int r = 0; r < rows; r++) {
      out[r] = dot(query, 0, matrix, (firstRow + r) * query.length, query.length);
    }
  }

  @Override
  public void scores(ByteQuery query, ByteRows rows, int firstRow, int count, float[] out) {
    byte[] numbers = rows.numbers(firstRow);
    float[] scales = rows.scales(firstRow);
    int first = rows.inBlock(firstRow);
    for (int r = 0; r < count; r++) {
      int at = rows.at(firstRow + r, 0);
      int sum = 0;
      for (int i = 0; i < query.numbers.length; i += query.width) {
        sum += query.numbers[i] * numbers[at + i];
      }
      out[r] = sum * (scales[first + r] * query.scale);
    }
  }

  @Override
  public int firstAbove(float[] values, int from, int to, float threshold) {
    int i = from;
    while (i < to && !(values[i] > threshold)) {
      i++;
    }
    return i;
  }

  @Override
  public int treeRows() {
    return 1;
  }

  @Override
  public void trees(
      LeafMasks trees,
      int from,
      int to,
      float[] columns,
      int[] left,
      double[] sums,
      int first,
      int count) {
    for (int tree = from; tree < to; tree++) {
      left[0] = -1;
      for (int node = trees.starts[tree]; node < trees.starts[tree + 1]; node++) {
        left[0] &= columns[trees.asks[node]] > trees.bars[node] ? trees.masks[node] : -1;
      }
      int leaf = trees.firstLeaves[tree] + Integer.numberOfTrailingZeros(left[0]);
      sums[first] += trees.leaves[leaf];
    }
  }

  @Override
  public float largest(MemorySegment x, long from, int length) {
    float largest = Float.NEGATIVE_INFINITY;
    for (long i = from; i < from + length; i++) {
      float value = x.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      largest = value > largest ? value : largest;
    }
    return largest;
  }

  @Override
  public float exponentials(MemorySegment x, long from, int length, float shift) {
    float sum = 0;
    for (long i = from; i < from + length; i++) {
      float value = x.getAtIndex(ValueLayout.JAVA_FLOAT, i) - shift;
      value = (float) Math.exp(value < -87 ? -87 : value);
      x.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
      sum += value;
    }
    return sum;
  }

  @Override
  public void adam(
      AdamStep step,
      MemorySegment weights,
      MemorySegment gradients,
      MemorySegment means,
      MemorySegment squares,
      long from,
      long length) {
    Adam.one(step, weights, gradients, means, squares, from, length);
  }
}
