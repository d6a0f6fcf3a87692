package io.zhiyin.learning.train;

import io.zhiyin.kernel.vector.Kernels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.Tensor;

/// Σ_i P_vi E_i and Σ_v P_vi w_v H_v for P = softmax(H Eᵀ), tile by tile: one thread's part and the
/// memory that it keeps for it.
///
/// A tile of logits, up to 192 rows × 512 items, is made, exponentiated and multiplied by its items
/// while it lies in the second cache. As the largest logit of a row is known only in the end, each
/// tile is taken relative to the largest so far, and what was summed before is scaled when a larger
/// one is met. The exponentials are kept for the items' sums, which need the rows' totals first. So
/// no logit is computed twice, and each is written once and read once beyond the cache.
///
/// [Online normalizer calculation for softmax](https://arxiv.org/abs/1805.02867)
final class SoftmaxTiles implements AutoCloseable {
  private static final int TILE = 512;
  private static final int MOST_ROWS = 192;
  private static final int FEWEST_ROWS = 16;

  /// How many exponentials are kept, unless fewer than [#FEWEST_ROWS] rows had room.
  private static final int KEPT = 1 << 22;

  private final Kernels kernels = Kernels.active();
  private FloatPointer powers = new FloatPointer();
  private FloatPointer scaled = new FloatPointer();
  private float[] largest = new float[0];
  private double[] sums = new double[0];

  /// @param states H `[V, d]`
  /// @param table E `[n, d]`
  record Question(Tensor states, Tensor table, FullSoftmax.Wanted wanted) {
    float share(int row) {
      return wanted.shares()[row];
    }

    float[] discounts() {
      return wanted.discounts();
    }

    int items() {
      return Math.toIntExact(table.size(0));
    }

    int size() {
      return Math.toIntExact(table.size(1));
    }
  }

  /// @param hidden `[V, d]`, which is set to w_v Σ_i P_vi E_i
  /// @param items `[n, d]`, which is set to Σ_v P_vi w_v H_v
  /// @return Σ_v w_v log Σ_i exp(logit_vi)
  double of(Question question, Tensor hidden, Tensor items) {
    int all = question.wanted().targets().length;
    int most = Math.clamp(KEPT / question.items(), FEWEST_ROWS, MOST_ROWS);
    int chunks = Math.max(1, (all + most - 1) / most);
    double loss = 0;
    for (int c = 0; c < chunks; c++) {
      int first = all * c / chunks;
      int rows = all * (c + 1) / chunks - first;
      loss += new Chunk(question, first, rows, hidden, items).run(c == 0);
    }
    return loss;
  }

  @Override
  public void close() {
    powers.deallocate();
    scaled.deallocate();
  }

  /// Memory that outlives the scope of the step that first needs it.
  private static FloatPointer atLeast(FloatPointer pointer, long floats) {
    if (pointer.capacity() >= floats) {
      return pointer;
    }
    pointer.deallocate();
    FloatPointer larger = new FloatPointer(floats);
    larger.retainReference();
    return larger;
  }

  @SuppressWarnings("restricted") // the memory is that of a tensor or our own, and as long as said
  private static MemorySegment memory(FloatPointer pointer, long floats) {
    return MemorySegment.ofAddress(pointer.address()).reinterpret(floats * Float.BYTES);
  }

  /// Some rows against all items.
  private final class Chunk {
    private final Question question;
    private final int first;
    private final int rows;
    private final int n;
    private final int d;
    private final FloatPointer states;
    private final FloatPointer table;
    private final FloatPointer hidden;
    private final FloatPointer items;
    private final MemorySegment tile;
    private final MemorySegment sumsOfItems;
    private final MemorySegment discounts;

    /// The largest logit when the tile was made, `[tiles, rows]`.
    private final float[] shifts;

    Chunk(Question question, int first, int rows, Tensor hidden, Tensor items) {
      this.question = question;
      this.first = first;
      this.rows = rows;
      n = question.items();
      d = question.size();
      states = question.states().data_ptr_float().getPointer((long) first * d);
      table = question.table().data_ptr_float();
      this.hidden = hidden.data_ptr_float().getPointer((long) first * d);
      this.items = items.data_ptr_float();
      powers = atLeast(powers, (long) rows * n);
      scaled = atLeast(scaled, (long) rows * d);
      if (largest.length < rows) {
        largest = new float[rows];
        sums = new double[rows];
      }
      tile = memory(powers, (long) rows * n);
      sumsOfItems = memory(this.hidden, (long) rows * d);
      discounts = MemorySegment.ofArray(question.discounts());
      shifts = new float[(n + TILE - 1) / TILE * rows];
    }

    double run(boolean firstOfItems) {
      Arrays.fill(largest, 0, rows, Float.NEGATIVE_INFINITY);
      Arrays.fill(sums, 0, rows, 0);
      for (int from = 0; from < n; from += TILE) {
        towardsHidden(from, Math.min(TILE, n - from));
      }
      for (int from = 0; from < n; from += TILE) {
        towardsItems(from, Math.min(TILE, n - from), firstOfItems);
      }
      return finish();
    }

    /// Where the exponentials of a tile begin, in floats.
    private long place(int from) {
      return (long) from * rows;
    }

    private void towardsHidden(int from, int width) {
      FloatPointer own = powers.getPointer(place(from));
      FloatPointer rowsOfTable = table.getPointer((long) from * d);
      boolean discounted = question.discounts().length > 0;
      if (discounted) {
        for (int v = 0; v < rows; v++) {
          MemorySegment.copy(
              discounts,
              (long) from * Float.BYTES,
              tile,
              (place(from) + (long) v * width) * Float.BYTES,
              (long) width * Float.BYTES);
        }
      }
      // logits = H Eᵀ − discounts
      openblas.cblas_sgemm(
          openblas.CblasRowMajor,
          openblas.CblasNoTrans,
          openblas.CblasTrans,
          rows,
          width,
          d,
          1,
          states,
          d,
          rowsOfTable,
          d,
          discounted ? -1 : 0,
          own,
          width);
      for (int v = 0; v < rows; v++) {
        exponentiate(v, from, width);
      }
      // Σ_i exp(logit_i − largest) E_i
      openblas.cblas_sgemm(
          openblas.CblasRowMajor,
          openblas.CblasNoTrans,
          openblas.CblasNoTrans,
          rows,
          d,
          width,
          1,
          own,
          width,
          rowsOfTable,
          d,
          from == 0 ? 0 : 1,
          hidden,
          d);
    }

    private void exponentiate(int v, int from, int width) {
      long at = place(from) + (long) v * width;
      float here = kernels.largest(tile, at, width);
      if (here > largest[v]) {
        float factor = (float) Math.exp(largest[v] - here);
        sums[v] *= factor;
        if (from > 0) {
          scale(v, factor);
        }
        largest[v] = here;
      }
      shifts[from / TILE * rows + v] = largest[v];
      sums[v] += kernels.exponentials(tile, at, width, largest[v]);
    }

    private void scale(int v, float factor) {
      for (long i = (long) v * d; i < (long) (v + 1) * d; i++) {
        sumsOfItems.setAtIndex(
            ValueLayout.JAVA_FLOAT, i, factor * sumsOfItems.getAtIndex(ValueLayout.JAVA_FLOAT, i));
      }
    }

    private void towardsItems(int from, int width, boolean firstOfItems) {
      MemorySegment source = memory(states, (long) rows * d);
      MemorySegment target = memory(scaled, (long) rows * d);
      for (int v = 0; v < rows; v++) {
        float factor =
            (float)
                (question.share(first + v)
                    * Math.exp(shifts[from / TILE * rows + v] - largest[v])
                    / sums[v]);
        for (long i = (long) v * d; i < (long) (v + 1) * d; i++) {
          target.setAtIndex(
              ValueLayout.JAVA_FLOAT, i, factor * source.getAtIndex(ValueLayout.JAVA_FLOAT, i));
        }
      }
      openblas.cblas_sgemm(
          openblas.CblasRowMajor,
          openblas.CblasTrans,
          openblas.CblasNoTrans,
          width,
          d,
          rows,
          1,
          powers.getPointer(place(from)),
          width,
          scaled,
          d,
          firstOfItems ? 0 : 1,
          items.getPointer((long) from * d),
          d);
    }

    private double finish() {
      double loss = 0;
      for (int v = 0; v < rows; v++) {
        float share = question.share(first + v);
        scale(v, (float) (share / sums[v]));
        loss += share * (largest[v] + Math.log(sums[v]));
      }
      return loss;
    }
  }
}
