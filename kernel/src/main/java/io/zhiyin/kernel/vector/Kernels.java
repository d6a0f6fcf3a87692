package io.zhiyin.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// The inner loops that everything numeric is made of. No call allocates, none keeps its arguments,
/// and every one may be used from any number of threads.
///
/// Two twins implement it: [ScalarKernels], plain loops that are the reference, and [SimdKernels]
/// on the Vector API. They agree to a few units in the last place times the length, not bit for
/// bit, because they add in another order.
public sealed interface Kernels permits ScalarKernels, SimdKernels {
  /// The fastest twin that this process can use, chosen once and logged with the reason.
  static Kernels active() {
    return Choice.ACTIVE;
  }

  /// The reference.
  static Kernels scalar() {
    return Choice.SCALAR;
  }

  /// The Vector API twin, where this process has one (even when it is switched off).
  static Optional<Kernels> simd() {
    return Choice.SIMD;
  }

  /// What runs, for logs and benchmarks, such as `simd (8 float lanes)`.
  String description();

  /// Σ a[i]·b[i]
  float dot(float[] a, int aFrom, float[] b, int bFrom, int length);

  /// y[i] += alpha · x[i]
  void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int length);

  /// y[i] += x[i]
  void add(float[] x, int xFrom, float[] y, int yFrom, int length);

  /// x[i] = max(x[i], 0); NaN stays NaN.
  void relu(float[] x, int from, int length);

  /// x[i] = x[i] · σ(x[i]), with σ(x) = 1 / (1 + e⁻ˣ).
  void silu(float[] x, int from, int length);

  /// y[i] *= x[i]
  void multiply(float[] x, int xFrom, float[] y, int yFrom, int length);

  /// One step of a gated recurrent unit of `size` numbers, h → y:
  ///
  ///     r = σ(a_r + c_r)     z = σ(a_z + c_z)     n = tanh(a_n + r · c_n)     y = (1 − z) n + z h
  ///
  /// where a, what the input says, and c, what the state says, are `[3, size]` in the order r, z, n.
  /// c is overwritten; y may be at h's place.
  void gru(
      float[] a,
      int aFrom,
      float[] c,
      int cFrom,
      float[] h,
      int hFrom,
      float[] y,
      int yFrom,
      int size);

  /// x = softmax(scale · x), in place, for a positive scale.
  void softmax(float[] x, int from, int length, float scale);

  /// y = (x − mean) / √(variance + 1e-5) · gain + bias, over one row.
  void layerNorm(float[] x, int xFrom, float[] gain, float[] bias, float[] y, int yFrom, int size);

  /// y[r, :] = W x[r, :] + b for each of `rows` rows; x is `[rows, in]`, y is `[rows, out]`.
  void linear(Affine map, float[] x, int xFrom, int rows, float[] y, int yFrom);

  /// Causal attention of several heads: query `t` (the last `queries` of `keys` positions) sees the
  /// keys up to its own position.
  ///
  /// Shapes: q and out `[queries, size]`, kv `[keys, 2·size]` with all keys before all values in
  /// each row; `scratch` has at least [#attentionScratch] floats.
  void attention(
      AttentionShape shape,
      float[] q,
      float[] kv,
      int queries,
      int keys,
      float[] scratch,
      float[] out);

  /// How many floats of scratch [#attention] needs for up to `keys` positions.
  int attentionScratch(AttentionShape shape, int keys);

  /// out[i] = Σ query[j] · matrix[firstRow + i, j] for `rows` rows of a row-major matrix.
  void scores(float[] query, float[] matrix, int firstRow, int rows, float[] out);

  /// The same of rounded numbers for `count` rows from the first of a panel on, which [lie
  /// together][ByteRows#together]: whole sums, so that the twins agree to the bit. `out` has room
  /// for whole panels.
  void scores(ByteQuery query, ByteRows rows, int firstRow, int count, float[] out);

  /// The first index in `[from, to)` whose value is above the threshold, or `to`. NaN is not above.
  int firstAbove(float[] values, int from, int to, float threshold);

  /// How many rows [#trees] takes at a time; 1 where a row is better walked by itself.
  int treeRows();

  /// Adds what the trees `from` (inclusive) to `to` (exclusive) say of the rows of a block, tree
  /// after tree, so that the twins agree to the bit.
  ///
  /// @param columns `[features, treeRows()]`, feature by feature; finite
  /// @param left room for `treeRows()` numbers
  /// @param sums by row, of which the block's first is `first`
  /// @param count rows in the block, at most `treeRows()`
  void trees(
      LeafMasks trees,
      int from,
      int to,
      float[] columns,
      int[] left,
      double[] sums,
      int first,
      int count);

  /// The largest of `length` floats of a segment, counted in floats; NaN is larger than nothing,
  /// and of nothing the largest is −∞.
  float largest(MemorySegment x, long from, int length);

  /// x = exp(x − shift) in place over `length` floats of a segment, counted in floats, for a shift
  /// that no value exceeds by more than 80; differences below −87 are taken as −87.
  ///
  /// @return the sum of what was written; NaN where a value is
  float exponentials(MemorySegment x, long from, int length, float shift);

  /// One step of AdamW in place over `length` floats of each segment, counted in floats; the twins
  /// agree to the bit.
  void adam(
      AdamStep step,
      MemorySegment weights,
      MemorySegment gradients,
      MemorySegment means,
      MemorySegment squares,
      long from,
      long length);
}
