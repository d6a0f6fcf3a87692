package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.RankedItems;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.profile.History;
import java.time.Duration;
import java.time.Instant;

/// How much everybody does with an item: the sum over all events of the kind's weight, halved every
/// [#HALF_LIFE]. Immutable; the same for any order of the histories.
public final class Popularity {
  static final Duration HALF_LIFE = Duration.ofDays(30);

  private final RankedList list;

  private Popularity(RankedList list) {
    this.list = list;
  }

  public static Popularity fit(Iterable<History> histories, Instant now) {
    return fit(histories, now, KindWeights.RETAIL, HALF_LIFE);
  }

  /// @param now events are aged by it; later ones count in full
  public static Popularity fit(
      Iterable<History> histories, Instant now, KindWeights kinds, Duration halfLife) {
    Decay decay = new Decay(0, halfLife, 0);
    ItemSums sums = new ItemSums();
    for (History history : histories) {
      for (int i = 0; i < history.size(); i++) {
        if (history.item(i) >= 0) {
          double age = decay.overTime(now.toEpochMilli() - history.timeMillis(i));
          sums.add(history.item(i), age * kinds.of(history.kindCode(i)));
        }
      }
    }
    float[] strengths = new float[sums.bound()];
    for (int item = 0; item < strengths.length; item++) {
      strengths[item] = (float) sums.sum(item);
    }
    return new Popularity(new RankedList(strengths));
  }

  /// The decayed sum of an item; 0 for one that nobody touched.
  public float strength(int item) {
    return list.strength(item);
  }

  public RankedItems top(int k) {
    return list.top(k);
  }

  /// Offers items, most popular first, until `limit` were kept.
  public void offerTo(int limit, CandidateSource.Sink sink) {
    list.offerTo(limit, sink);
  }

  /// How many items anybody touched.
  public int size() {
    return list.size();
  }
}
