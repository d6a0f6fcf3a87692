package io.zhiyin.kernel.index;

import io.zhiyin.kernel.vector.Affine;
import io.zhiyin.kernel.vector.ByteRows;
import io.zhiyin.kernel.vector.FloatRows;
import io.zhiyin.kernel.vector.Kernels;
import io.zhiyin.kernel.vector.TopK;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Rows of a matrix put together by nearness, so that a search reads only the groups that promise
/// most ([inverted file](https://doi.org/10.1109/TPAMI.2010.57), for inner products as in [Auvolat
/// et al.](https://arxiv.org/abs/1507.05910)).
///
/// About 2 √n groups by [k-means](https://doi.org/10.1109/TIT.1982.1056489) on a sample. What a
/// group promises to a query q is what the best of its n rows would score if they lay around their
/// centre μ as noise of standard deviation s in every direction: q·μ + |q| · s · √(2 ln n).
///
/// Immutable, any number of threads. Rows that came after, and those that changed since, are the
/// business of [ClusteredIndex].
public final class Clusters {
  private static final int LEAST = 16;
  private static final int MOST = 2048;
  private static final int ROUNDS = 8;
  private static final int SAMPLED_PER_CLUSTER = 64;

  /// Rows compared with all centres at a time.
  private static final int TOGETHER = 64;

  private static final int NOWHERE = -1;

  /// By how many standard errors what some queries find must be above what is wanted.
  private static final double ERRORS = 2;

  private final int size;
  private final int rows;
  private final float[] centres;
  private final float[] spreads;

  /// Where each group begins among the places, a whole number of panels each, `[groups + 1]`.
  private final int[] starts;

  /// Places that hold a row, in each group.
  private final int[] counts;

  /// The row at each place; [#NOWHERE] where a panel is not full.
  private final int[] order;

  private final int[] groupOf;
  private final ByteRows bytes;

  /// Groups rows 0 … `rows` − 1 of a matrix: some seconds for a million, in the calling thread.
  ///
  /// @param vectors not kept
  /// @param has the rows to group; others are never found, nor are rows that are not finite
  public static Clusters of(int rows, FloatRows vectors, IntPredicate has) {
    return of(Kernels.active(), rows, vectors, has);
  }

  private static Clusters of(Kernels kernels, int rows, FloatRows vectors, IntPredicate has) {
    int[] grouped = grouped(rows, vectors, has);
    int wanted = Math.clamp(Math.round(2 * Math.sqrt(grouped.length)), LEAST, MOST);
    int groups = Math.min(wanted, grouped.length);
    float[] centres = groups == 0 ? new float[0] : centres(kernels, groups, grouped, vectors);
    int[] nearest = nearest(kernels, centres, grouped, vectors);
    int[] groupOf = new int[rows];
    Arrays.fill(groupOf, NOWHERE);
    for (int i = 0; i < grouped.length; i++) {
      groupOf[grouped[i]] = nearest[i];
    }
    return new Clusters(centres, groupOf, vectors);
  }

  /// Groups that were made before, of rows as they are now.
  ///
  /// @param centres `[groups, size]`; kept, not copied
  /// @param groupOf the group of each row, less than 0 for a row that is in none; kept, not copied
  /// @param vectors not kept
  /// @throws IllegalArgumentException when a row is of a group that there is not
  public Clusters(float[] centres, int[] groupOf, FloatRows vectors) {
    size = vectors.size();
    this.rows = groupOf.length;
    this.centres = centres;
    this.groupOf = groupOf;
    int groups = centres.length / size;
    counts = new int[groups];
    for (int group : groupOf) {
      if (group >= groups) {
        throw new IllegalArgumentException("a row is of group %d of %d".formatted(group, groups));
      }
      if (group >= 0) {
        counts[group]++;
      }
    }
    starts = starts(counts, ByteRows.panel());
    order = new int[starts[groups]];
    Arrays.fill(order, NOWHERE);
    bytes = new ByteRows(size, order.length);
    int[] next = Arrays.copyOf(starts, groups);
    for (int row = 0; row < rows; row++) {
      if (groupOf[row] >= 0) {
        int place = next[groupOf[row]]++;
        order[place] = row;
        bytes.set(place, vectors.block(row), vectors.at(row));
      }
    }
    spreads = spreads(vectors);
  }

  private static int[] grouped(int rows, FloatRows vectors, IntPredicate has) {
    int[] grouped = new int[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      if (has.test(row) && isFinite(vectors.block(row), vectors.at(row), vectors.size())) {
        grouped[count++] = row;
      }
    }
    return Arrays.copyOf(grouped, count);
  }

  private static boolean isFinite(float[] vectors, int from, int size) {
    for (int i = from; i < from + size; i++) {
      if (!Float.isFinite(vectors[i])) {
        return false;
      }
    }
    return true;
  }

  /// k-means from random rows, on a sample.
  private static float[] centres(Kernels kernels, int groups, int[] grouped, FloatRows vectors) {
    int size = vectors.size();
    int[] sample = sample(grouped, groups * SAMPLED_PER_CLUSTER);
    float[] centres = new float[groups * size];
    for (int group = 0; group < groups; group++) {
      int row = sample[group];
      System.arraycopy(vectors.block(row), vectors.at(row), centres, group * size, size);
    }
    for (int round = 0; round < ROUNDS; round++) {
      int[] nearest = nearest(kernels, centres, sample, vectors);
      float[] sums = new float[groups * size];
      int[] members = new int[groups];
      for (int i = 0; i < sample.length; i++) {
        int row = sample[i];
        kernels.add(vectors.block(row), vectors.at(row), sums, nearest[i] * size, size);
        members[nearest[i]]++;
      }
      for (int group = 0; group < groups; group++) {
        for (int i = 0; i < size && members[group] > 0; i++) {
          centres[group * size + i] = sums[group * size + i] / members[group];
        }
      }
    }
    return centres;
  }

  private static int[] sample(int[] grouped, int count) {
    int[] sample = grouped.clone();
    SplittableRandom random = new SplittableRandom(1);
    int kept = Math.min(count, sample.length);
    for (int i = 0; i < kept; i++) {
      int other = random.nextInt(i, sample.length);
      int row = sample[other];
      sample[other] = sample[i];
      sample[i] = row;
    }
    return Arrays.copyOf(sample, kept);
  }

  /// The nearest centre μ of each of those rows x: the largest x·μ − |μ|²/2.
  private static int[] nearest(Kernels kernels, float[] centres, int[] which, FloatRows vectors) {
    int size = vectors.size();
    int groups = centres.length / size;
    int[] nearest = new int[which.length];
    if (groups == 0) {
      return nearest;
    }
    float[] halves = new float[groups];
    for (int group = 0; group < groups; group++) {
      halves[group] = -kernels.dot(centres, group * size, centres, group * size, size) / 2;
    }
    Affine map = new Affine(groups, size, centres.clone(), halves);
    float[] x = new float[TOGETHER * size];
    float[] y = new float[TOGETHER * groups];
    for (int from = 0; from < which.length; from += TOGETHER) {
      int together = Math.min(TOGETHER, which.length - from);
      for (int i = 0; i < together; i++) {
        int row = which[from + i];
        System.arraycopy(vectors.block(row), vectors.at(row), x, i * size, size);
      }
      kernels.linear(map, x, 0, together, y, 0);
      for (int i = 0; i < together; i++) {
        nearest[from + i] = largest(kernels, y, i * groups, groups);
      }
    }
    return nearest;
  }

  private static int largest(Kernels kernels, float[] y, int from, int length) {
    int best = from;
    int end = from + length;
    int i = from;
    while ((i = kernels.firstAbove(y, i, end, y[best])) < end) {
      best = i;
    }
    return best - from;
  }

  private static int[] starts(int[] counts, int panel) {
    int[] starts = new int[counts.length + 1];
    for (int group = 0; group < counts.length; group++) {
      int panels = Math.ceilDiv(counts[group], panel);
      starts[group + 1] = Math.addExact(starts[group], Math.multiplyExact(panels, panel));
    }
    return starts;
  }

  /// s · √(2 ln n) of each group.
  private float[] spreads(FloatRows vectors) {
    double[] squares = new double[counts.length];
    for (int row = 0; row < rows; row++) {
      int group = groupOf[row];
      float[] numbers = vectors.block(row);
      int at = vectors.at(row);
      for (int j = 0; group >= 0 && j < size; j++) {
        double off = numbers[at + j] - centres[group * size + j];
        squares[group] += off * off;
      }
    }
    float[] spreads = new float[counts.length];
    for (int group = 0; group < counts.length; group++) {
      double deviation = Math.sqrt(squares[group] / Math.max(1, counts[group]) / size);
      spreads[group] = (float) (deviation * Math.sqrt(2 * Math.log(Math.max(1, counts[group]))));
    }
    return spreads;
  }

  /// How many of the matrix's rows were looked at; those from here on came later.
  public int rows() {
    return rows;
  }

  public int size() {
    return size;
  }

  /// The middle of each group, `[groups, size]`; not to be written to.
  public float[] centres() {
    return centres;
  }

  /// The group of a row, less than 0 where it is in none.
  public int groupOf(int row) {
    return groupOf[row];
  }

  /// How many groups there are.
  public int groups() {
    return counts.length;
  }

  /// Bytes of memory that all of it takes, about.
  public long bytes() {
    return (long) order.length * (bytes.bytesPerRow() + Integer.BYTES)
        + (long) rows * Integer.BYTES
        + (long) centres.length * Float.BYTES;
  }

  /// What each group promises: the score of its middle, and how much more the best of its rows are
  /// likely to have.
  void score(Kernels kernels, float[] query, float[] scores) {
    float length = (float) Math.sqrt(kernels.dot(query, 0, query, 0, size));
    kernels.scores(query, centres, 0, counts.length, scores);
    for (int group = 0; group < counts.length; group++) {
      scores[group] += length * spreads[group];
    }
  }

  /// The most promising groups, best first, as many as are asked for.
  ///
  /// @param scores by [#score]
  TopK promising(float[] scores, TopK groups) {
    for (int group = 0; group < counts.length; group++) {
      groups.offer(group, scores[group]);
    }
    return groups.sort();
  }

  int start(int group) {
    return starts[group];
  }

  int count(int group) {
    return counts[group];
  }

  /// The row at a place, or less than 0 where there is none.
  int row(int place) {
    return order[place];
  }

  ByteRows rounded() {
    return bytes;
  }

  /// The share of rows that must be read so that of the best k so large a share is found for others
  /// who are like those queries: the least at which the mean of these is above it by [#ERRORS]
  /// standard errors, because what one query finds goes together, and a mean of a hundred is a few
  /// in a thousand off. 1 when there are no queries, and about what the share wanted is when
  /// nearness says nothing. Goes over all rows for each query.
  ///
  /// @param index of the same rows
  public double shareToRead(VectorIndex index, List<float[]> queries, int k, double recall) {
    int total = Arrays.stream(counts).sum();
    List<int[]> needed = new ArrayList<>();
    TopK best = new TopK(k);
    TopK groups = new TopK(counts.length);
    float[] scores = new float[counts.length];
    int[] before = new int[counts.length];
    for (float[] query : queries) {
      index.search(query, k, row -> row < rows && groupOf[row] != NOWHERE, best);
      score(Kernels.active(), query, scores);
      promising(scores, groups.reset(counts.length));
      int read = 0;
      for (int i = 0; i < groups.size(); i++) {
        read += counts[groups.row(i)];
        before[groups.row(i)] = read;
      }
      if (best.size() > 0) {
        needed.add(
            IntStream.range(0, best.size()).map(i -> before[groupOf[best.row(i)]]).toArray());
      }
    }
    int[] shares = needed.stream().flatMapToInt(Arrays::stream).sorted().distinct().toArray();
    int low = 0;
    int high = shares.length - 1; // where all is found
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (surelyFound(needed, shares[middle]) >= recall) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return shares.length == 0 ? 1 : (double) shares[high] / total;
  }

  /// The mean share that is found by reading so many rows, less its standard errors.
  ///
  /// @param needed for each query how many rows must be read to find each of its best
  private static double surelyFound(List<int[]> needed, int read) {
    double sum = 0;
    double squares = 0;
    for (int[] one : needed) {
      double found = (double) Arrays.stream(one).filter(rows -> rows <= read).count() / one.length;
      sum += found;
      squares += found * found;
    }
    int n = needed.size();
    double mean = sum / n;
    double variance = Math.max(0, squares / n - mean * mean);
    return mean - ERRORS * Math.sqrt(variance / Math.max(1, n - 1));
  }
}
