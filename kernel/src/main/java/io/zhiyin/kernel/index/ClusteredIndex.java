package io.zhiyin.kernel.index;

import io.zhiyin.kernel.vector.ByteQuery;
import io.zhiyin.kernel.vector.ByteRows;
import io.zhiyin.kernel.vector.FloatRows;
import io.zhiyin.kernel.vector.Kernels;
import io.zhiyin.kernel.vector.TopK;
import java.util.BitSet;
import java.util.function.IntPredicate;

/// Reads the most promising groups of [Clusters] only, in small whole numbers, and scores the best
/// of what it read in float32. A row is missed when its group promised less than those that were
/// read; how often that is was measured when the share to read was chosen ([Clusters#shareToRead]).
/// The scores of what is found are exact.
///
/// Rows past those that were grouped, and those that changed since, are always read, so that
/// nothing new has to wait for groups to be made anew.
///
/// Immutable, any number of threads.
public final class ClusteredIndex implements VectorIndex {
  /// Where more than this share would have to be read, everything is.
  private static final double WHOLE = 0.5;

  /// So many times the share to read, and so many groups more, are put in order, as groups are not
  /// all of one size. The others would be put in order for nothing.
  private static final double SPARE = 1.5;

  private static final int SPARE_GROUPS = 8;

  private final Kernels kernels;
  private final Clusters clusters;
  private final double share;
  private final int k;
  private final BitSet changed;
  private final QuantisedIndex all;
  private final int rows;
  private final FloatRows vectors;

  /// @param share of the grouped rows to read when `k` are asked for; for more, more in proportion
  /// @param changed rows that are no longer as they were when they were grouped; kept, not copied
  /// @param bytes the vectors rounded, row by row; kept, not copied
  /// @param vectors the vectors; kept, not copied
  public ClusteredIndex(
      Clusters clusters,
      double share,
      int k,
      BitSet changed,
      int rows,
      ByteRows bytes,
      FloatRows vectors) {
    this(Kernels.active(), clusters, share, k, changed, rows, bytes, vectors);
  }

  public ClusteredIndex(
      Kernels kernels,
      Clusters clusters,
      double share,
      int k,
      BitSet changed,
      int rows,
      ByteRows bytes,
      FloatRows vectors) {
    if (clusters.rows() > rows || clusters.size() != bytes.size() || k < 1) {
      throw new IllegalArgumentException(
          "groups of %d rows of %d numbers are not of these %d rows of %d"
              .formatted(clusters.rows(), clusters.size(), rows, bytes.size()));
    }
    this.kernels = kernels;
    this.clusters = clusters;
    this.share = share;
    this.k = k;
    this.changed = changed;
    this.rows = rows;
    this.vectors = vectors;
    all = new QuantisedIndex(kernels, rows, bytes, vectors);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int size() {
    return clusters.size();
  }

  @Override
  public void search(float[] query, int k, IntPredicate filter, TopK best, SearchRoom room) {
    double toRead = share * Math.max(1, (double) k / this.k);
    if (toRead > WHOLE || clusters.groups() == 0) {
      all.search(query, k, filter, best, room);
      return;
    }
    ByteQuery rounded = room.query(clusters.rounded(), query);
    TopK candidates = room.candidates(QuantisedIndex.candidates(k));
    all.collect(clusters.rows(), rounded, filter, room.scores(), candidates);
    for (int row = changed.nextSetBit(0); row >= 0; row = changed.nextSetBit(row + 1)) {
      if (row < clusters.rows() && filter.test(row)) {
        candidates.offer(row, kernels.dot(query, 0, vectors.block(row), vectors.at(row), size()));
      }
    }
    double some = toRead * clusters.groups() * SPARE + SPARE_GROUPS;
    readGroups(query, rounded, toRead * clusters.rows(), (int) some, filter, room, candidates);
    all.scoreAgain(query, k, candidates, room.scores(), best);
  }

  /// Reads the most promising groups until so many rows were read.
  ///
  /// @param some how many of the groups are put in order at first; all, where these do not do
  private void readGroups(
      float[] query,
      ByteQuery rounded,
      double toRead,
      int some,
      IntPredicate filter,
      SearchRoom room,
      TopK candidates) {
    int all = clusters.groups();
    float[] scores = room.groupScores(all);
    clusters.score(kernels, query, scores);
    boolean whole = some >= all;
    TopK groups = clusters.promising(scores, room.groups(Math.min(some, all)));
    int begun = 0;
    int read = 0;
    while (read < toRead) {
      if (begun < groups.size()) {
        int group = groups.row(begun++);
        readGroup(group, rounded, filter, room.scores(), candidates);
        read += clusters.count(group);
      } else if (whole) {
        return;
      } else {
        whole = true;
        groups = clusters.promising(scores, room.groups(all)); // the first are the same
      }
    }
  }

  private void readGroup(
      int group, ByteQuery query, IntPredicate filter, float[] scores, TopK candidates) {
    int end = clusters.start(group) + clusters.count(group);
    ByteRows rounded = clusters.rounded();
    for (int first = clusters.start(group), length; first < end; first += length) {
      length = Math.min(ExactIndex.AT_A_TIME, Math.min(end - first, rounded.together(first)));
      kernels.scores(query, rounded, first, length, scores);
      int i = 0;
      while (i < length) {
        if (candidates.isFull()) {
          i = kernels.firstAbove(scores, i, length, candidates.threshold());
          if (i == length) {
            break;
          }
        }
        int row = clusters.row(first + i);
        if (!changed.get(row) && filter.test(row)) {
          candidates.offer(row, scores[i]);
        }
        i++;
      }
    }
  }
}
