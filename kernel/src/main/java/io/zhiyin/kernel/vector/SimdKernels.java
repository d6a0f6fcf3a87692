package io.zhiyin.kernel.vector;

import java.lang.foreign.MemorySegment;

/// The kernels on `jdk.incubator.vector`, in the shape that this processor prefers.
public final class SimdKernels implements Kernels {
  SimdKernels() {}

  @Override
  public String description() {
    return "simd (" + Simd.LANES + " float lanes)";
  }

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    return Lines.dot(a, aFrom, b, bFrom, length);
  }

  @Override
  public void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int length) {
    Lines.axpy(alpha, x, xFrom, y, yFrom, length);
  }

  @Override
  public void add(float[] x, int xFrom, float[] y, int yFrom, int length) {
    Lines.add(x, xFrom, y, yFrom, length);
  }

  @Override
  public void relu(float[] x, int from, int length) {
    Lines.relu(x, from, length);
  }

  @Override
  public void silu(float[] x, int from, int length) {
    Gates.silu(x, from, length);
  }

  @Override
  public void multiply(float[] x, int xFrom, float[] y, int yFrom, int length) {
    Lines.multiply(x, xFrom, y, yFrom, length);
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
    Gates.gru(a, aFrom, c, cFrom, h, hFrom, y, yFrom, size);
  }

  @Override
  public void softmax(float[] x, int from, int length, float scale) {
    Softmax.inPlace(x, from, length, scale);
  }

  @Override
  public void layerNorm(
      float[] x, int xFrom, float[] gain, float[] bias, float[] y, int yFrom, int size) {
    Lines.layerNorm(x, xFrom, gain, bias, y, yFrom, size);
  }

  @Override
  public void linear(Affine map, float[] x, int xFrom, int rows, float[] y, int yFrom) {
    Matrices.linear(map, x, xFrom, rows, y, yFrom);
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
    if (queries == keys) {
      Attention.causal(shape, q, kv, keys, scratch, out);
    } else {
      for (int t = 0; t < queries; t++) {
        Attention.last(shape, q, t * shape.size(), kv, keys - queries + t + 1, scratch, out);
      }
    }
  }

  @Override
  public int attentionScratch(AttentionShape shape, int keys) {
    return Attention.scratch(shape, keys);
  }

  @Override
  public void scores(float[] query, float[] matrix, int firstRow, int rows, float[] out) {
    Scan.scores(query, matrix, firstRow, rows, out);
  }

  @Override
  public void scores(ByteQuery query, ByteRows rows, int firstRow, int count, float[] out) {
    Bytes.scores(query, rows, firstRow, count, out);
  }

  @Override
  public int firstAbove(float[] values, int from, int to, float threshold) {
    return Lines.firstAbove(values, from, to, threshold);
  }

  @Override
  public int treeRows() {
    return Simd.PANEL;
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
    Exits.trees(trees, from, to, columns, left, sums, first, count);
  }

  @Override
  public float largest(MemorySegment x, long from, int length) {
    return Exponentials.largest(x, from, length);
  }

  @Override
  public float exponentials(MemorySegment x, long from, int length, float shift) {
    return Exponentials.exponentials(x, from, length, shift);
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
    Adam.step(step, weights, gradients, means, squares, from, length);
  }
}
