package io.zhiyin.engine.rank;

import java.util.Arrays;

/// Room to score the candidates of one request at a time: each array has room for as many as were
/// asked for, or more.
public final class RankRoom {
  /// What very many candidates need is not kept.
  private static final int MOST_KEPT = 1 << 12;

  private double[] sums = {};
  private double[] part = {};
  private double[] scores = {};
  private double[] sorted = {};
  private float[] rows = {};
  private long[] keys = {};

  /// What all evidence gives each candidate: zero yet.
  double[] sums(int n) {
    sums = sums.length < n ? new double[n] : sums;
    Arrays.fill(sums, 0, n, 0);
    return sums;
  }

  /// What one kind of evidence gives each.
  double[] part(int n) {
    part = part.length < n ? new double[n] : part;
    return part;
  }

  /// The scores that come out.
  double[] scores(int n) {
    scores = scores.length < n ? new double[n] : scores;
    return scores;
  }

  /// For numbers to be put in order.
  double[] sorted(int n) {
    sorted = sorted.length < n ? new double[n] : sorted;
    return sorted;
  }

  /// The features of those that get a second look: zero yet.
  float[] rows(int n) {
    int wanted = n * RankFeature.COUNT;
    rows = rows.length < wanted ? new float[wanted] : rows;
    Arrays.fill(rows, 0, wanted, 0);
    return rows;
  }

  /// For candidates to be put in order by.
  public long[] keys(int n) {
    keys = keys.length < n ? new long[n] : keys;
    return keys;
  }

  /// Forgets all.
  public void clear() {
    sums = cleared(sums);
    part = cleared(part);
    scores = cleared(scores);
    sorted = cleared(sorted);
    if (rows.length > MOST_KEPT * RankFeature.COUNT) {
      rows = new float[0];
    }
    Arrays.fill(rows, 0);
    if (keys.length > MOST_KEPT) {
      keys = new long[0];
    }
    Arrays.fill(keys, 0);
  }

  private static double[] cleared(double[] numbers) {
    if (numbers.length > MOST_KEPT) {
      return new double[0];
    }
    Arrays.fill(numbers, 0);
    return numbers;
  }
}
