package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.RankedItems;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.profile.History;
import io.zhiyin.kernel.pool.Pool;
import java.time.Instant;
import java.util.Arrays;

/// Where shoppers go from an item: counted transitions within a window of steps.
///
/// The sum of a pair is over all shoppers' walks `Σ kind(from) · kind(to) · distance · age`,
/// divided by powers of both items' sums so that what everybody buys is not everybody's neighbour.
/// Immutable; the same for any order of the histories.
public final class TransitionIndex {
  private static final int MAX_PAIRS = 12 << 20;
  private static final double SMOOTHING = 1;

  private final TransitionSettings settings;
  private final KindWeights kinds;
  private final NeighbourLists lists;
  private final Pool<ItemScores> tables = new Pool<>(ItemScores::new, ItemScores::clear);

  private TransitionIndex(TransitionSettings settings, KindWeights kinds, NeighbourLists lists) {
    this.settings = settings;
    this.kinds = kinds;
    this.lists = lists;
  }

  public static TransitionIndex fit(Iterable<History> histories, Instant now) {
    return fit(histories, now, KindWeights.RETAIL, TransitionSettings.DEFAULT);
  }

  /// @param now transitions are aged by it
  public static TransitionIndex fit(
      Iterable<History> histories, Instant now, KindWeights kinds, TransitionSettings settings) {
    try (PairSums pairs = new PairSums(MAX_PAIRS)) {
      return fit(histories, now, kinds, settings, pairs);
    }
  }

  private static TransitionIndex fit(
      Iterable<History> histories,
      Instant now,
      KindWeights kinds,
      TransitionSettings settings,
      PairSums pairs) {
    ItemSums mass = new ItemSums();
    double[] bySteps = new double[settings.window() + 1];
    Arrays.setAll(bySteps, settings.distance()::overSteps);
    for (History history : histories) {
      Steps steps = Steps.of(history, kinds);
      for (int to = 0; to < steps.size(); to++) {
        double age = settings.age().overTime(now.toEpochMilli() - steps.timeMillis(to));
        mass.add(steps.item(to), age * steps.strength(to));
        count(steps, to, age, settings, bySteps, pairs);
      }
    }
    double[] fromDamping = mass.map(sum -> Math.pow(sum + SMOOTHING, settings.fromDamping()));
    double[] toDamping = mass.map(sum -> Math.pow(sum + SMOOTHING, settings.toDamping()));
    NeighbourLists lists =
        NeighbourLists.of(
            pairs, settings.perItem(), (from, to, sum) -> sum / fromDamping[from] / toDamping[to]);
    return new TransitionIndex(settings, kinds, lists);
  }

  private static void count(
      Steps steps,
      int to,
      double age,
      TransitionSettings settings,
      double[] bySteps,
      PairSums pairs) {
    for (int from = Math.max(0, to - settings.window()); from < to; from++) {
      int first = steps.item(from);
      int second = steps.item(to);
      if (first != second) {
        long gap = steps.timeMillis(to) - steps.timeMillis(from);
        double closeness = age * (bySteps[to - from] * settings.distance().overTime(gap));
        double strength = Math.sqrt(steps.strength(from) * steps.strength(to));
        pairs.add(first, second, closeness * strength);
        pairs.add(second, first, closeness * strength * settings.backward());
      }
    }
  }

  /// The items that shoppers go to from this one, best first.
  public RankedItems neighbours(int item, int k) {
    return lists.best(item, k);
  }

  /// The evidence that a shopper's last items give for others: the sum over the last items of the
  /// transition's strength, fading from the newest item to the oldest, and bent by the settings'
  /// power.
  public ItemScores score(History history) {
    return score(speakers(history));
  }

  /// The items that speak, and how loud.
  LastItems speakers(History history) {
    return LastItems.of(history, kinds, settings.lastItems(), settings.recency());
  }

  ItemScores score(LastItems last) {
    int[] found = {0};
    last.forEach((item, _) -> found[0] += lists.count(item));
    ItemScores scores = tables.take().expect(found[0]);
    last.forEach((item, weight) -> lists.addTo(item, weight, scores));
    scores.bend(settings.power());
    return scores;
  }

  /// Where sums may go back to once nobody reads them any more.
  Pool<ItemScores> tables() {
    return tables;
  }

  /// The same of some items only, for fewer or more of the last items, and with another fading.
  ///
  /// @param lastItems how many items speak; 1 for the newest alone
  /// @param wanted the items asked for, by their numbers
  /// @return by number; 0 without evidence
  public float[] score(History history, int lastItems, Decay recency, ItemSlots wanted) {
    float[] sums = new float[wanted.size()];
    LastItems.forEach(
        history,
        kinds,
        lastItems,
        recency,
        (item, weight) -> lists.addTo(item, weight, wanted, sums));
    for (int i = 0; i < sums.length; i++) {
      sums[i] = ItemScores.bent(sums[i], settings.power());
    }
    return sums;
  }

  /// Offers the items with most evidence, best first, until `limit` were kept.
  public void score(History history, int limit, CandidateSource.Sink sink) {
    ItemScores sums = score(history);
    sums.offerTo(limit, sink);
    tables.giveBack(sums);
  }

  /// Which of the speakers is loudest for each of the items, or [Vocabulary#UNKNOWN].
  int[] because(LastItems speakers, int[] items) {
    ItemSlots wanted = ItemSlots.of(items);
    Loudest loudest = new Loudest(items.length);
    speakers.forEach((from, weight) -> lists.speak(from, weight, wanted, loudest));
    return loudest.speakers();
  }

  /// How many pairs are kept.
  public int size() {
    return lists.size();
  }
}
