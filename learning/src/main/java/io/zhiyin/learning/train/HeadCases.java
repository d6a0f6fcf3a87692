package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Head;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.engine.rank.RankFeature;
import io.zhiyin.engine.rank.RankFeatures;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.recommend.Snapshot;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.Splits;
import io.zhiyin.learning.dataset.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The newest choices of all shoppers with what followed on them: what heads learn from.
///
/// Out of time: everything is counted from what was before the first of these choices. Which
/// features say something of the item itself and not of its place among candidates is known
/// beforehand: only these are read, of the chosen item alone. The sequence model has learned these
/// choices, weighed by what followed on them, so its word is left out.
///
/// @param cases the choices
/// @param followed by case, what followed
/// @param rows `[cases, RankFeature.COUNT]`
record HeadCases(List<Case> cases, List<Set<Head>> followed, float[] rows) {
  /// What share of all choices is before those that are looked at.
  private static final double COUNTED = 0.8;

  private static final long WINDOW_MILLIS = Duration.ofHours(Heads.WINDOW_HOURS).toMillis();

  /// What depends on the sequence model or on the other candidates.
  private static final Set<RankFeature> UNTOLD =
      EnumSet.copyOf(
          Arrays.stream(RankFeature.values())
              .filter(f -> f == RankFeature.SEQUENCE || f.name().endsWith("_GAP"))
              .toList());

  /// @param most how many choices are looked at
  static HeadCases of(Catalog catalog, List<History> histories, int most) {
    long moment = Splits.moment(histories, COUNTED);
    long end =
        histories.stream()
            .filter(history -> history.size() > 0)
            .mapToLong(history -> history.timeMillis(history.size() - 1))
            .max()
            .orElse(0);
    List<Case> all = choices(histories, moment, end - WINDOW_MILLIS);
    int n = Math.min(most, all.size());
    List<Case> some =
        IntStream.range(0, n).mapToObj(i -> all.get((int) ((long) i * all.size() / n))).toList();
    RecallIndexes counted = before(catalog, histories, moment);
    float[] rows = new float[n * RankFeature.COUNT];
    Evidences evidences =
        new Evidences(catalog, Snapshot.of(counted, BlendWeights.DEFAULT).sources(), 1);
    RankFeatures features = new RankFeatures(counted);
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              float[] row = row(evidences, features, some.get(i));
              System.arraycopy(row, 0, rows, i * RankFeature.COUNT, RankFeature.COUNT);
            });
    return new HeadCases(
        some, some.stream().map(c -> followed(histories.get(c.user()), c)).toList(), rows);
  }

  /// Choices after the moment on which everything that followed is known already.
  private static List<Case> choices(List<History> histories, long from, long to) {
    List<Case> cases = new ArrayList<>();
    for (int user = 0; user < histories.size(); user++) {
      History history = histories.get(user);
      Targets targets = Targets.of(history);
      for (int t = 0; t < targets.size(); t++) {
        int at = targets.position(t);
        long time = history.timeMillis(at);
        if (at > 0 && time >= from && time <= to) {
          cases.add(new Case(user, history.slice(0, at), history.item(at), time));
        }
      }
    }
    return cases;
  }

  private static RecallIndexes before(Catalog catalog, List<History> histories, long moment) {
    List<History> earlier =
        histories.stream()
            .map(
                history -> {
                  int until = 0;
                  while (until < history.size() && history.timeMillis(until) < moment) {
                    until++;
                  }
                  return history.slice(0, until);
                })
            .filter(history -> history.size() > 0)
            .toList();
    return RecallIndexes.fit(catalog, earlier, Instant.ofEpochMilli(moment));
  }

  private static float[] row(Evidences evidences, RankFeatures features, Case choice) {
    Query query = evidences.query(choice);
    int[] items = {choice.target()};
    float[] @Nullable [] strengths = new float[Evidence.COUNT][];
    for (CandidateSource source : evidences.sources()) {
      strengths[source.evidence().ordinal()] = source.measure(query, items);
    }
    float[] row = features.read(query, items, strengths, new double[1], new int[1]);
    for (RankFeature feature : UNTOLD) {
      row[feature.ordinal()] = 0;
    }
    return row;
  }

  /// What the shopper did with the chosen item, from the choice on until the window closed.
  static Set<Head> followed(History history, Case choice) {
    Set<Head> followed = EnumSet.noneOf(Head.class);
    long until = choice.timeMillis() + WINDOW_MILLIS;
    for (int i = choice.before().size();
        i < history.size() && history.timeMillis(i) <= until;
        i++) {
      if (history.item(i) == choice.target()) {
        for (Head head : Head.values()) {
          if (head.kind() == history.kind(i)) {
            followed.add(head);
          }
        }
      }
    }
    return followed;
  }

  int size() {
    return cases.size();
  }

  /// How many choices that followed on.
  int positives(Head head) {
    return (int) followed.stream().filter(did -> did.contains(head)).count();
  }

  /// The rows of some cases, with whether that followed.
  BoostedTrees.Rows rows(Head head, int[] some) {
    float[] matrix = rowsOf(some);
    float[] answers = new float[some.length];
    float[] weights = new float[some.length];
    Arrays.fill(weights, 1);
    for (int i = 0; i < some.length; i++) {
      answers[i] = followed.get(some[i]).contains(head) ? 1 : 0;
    }
    return new BoostedTrees.Rows(matrix, RankFeature.COUNT, answers, weights);
  }

  private float[] rowsOf(int[] some) {
    float[] matrix = new float[some.length * RankFeature.COUNT];
    for (int i = 0; i < some.length; i++) {
      System.arraycopy(
          rows, some[i] * RankFeature.COUNT, matrix, i * RankFeature.COUNT, RankFeature.COUNT);
    }
    return matrix;
  }
}
