package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.ItemOrder;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.RankedItems;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.profile.History;
import io.zhiyin.kernel.pool.Pool;
import java.time.Duration;
import java.util.Arrays;

/// What is bought together: purchases of one order, and at half weight purchases of one shopper
/// within [#SESSION].
///
/// The strength of a pair is the cosine of the two items' baskets, `n(a,b) / √(n(a)·n(b))`, pulled
/// towards 0 while the count is small. Immutable; the same for any order of the histories.
public final class BasketIndex {
  static final Duration SESSION = Duration.ofMinutes(30);
  private static final int PER_ITEM = 200;
  private static final int MAX_PAIRS = 12 << 20;

  /// In a larger basket each item is paired with this many others, by hash: a wholesaler's order
  /// must not cost the square of its length.
  private static final int PARTNERS = 40;

  private static final double SHRINK = 1;
  private static final double SAME_SESSION = 0.5;

  private final NeighbourLists lists;
  private final Pool<ItemScores> tables = new Pool<>(ItemScores::new, ItemScores::clear);

  private BasketIndex(NeighbourLists lists) {
    this.lists = lists;
  }

  public static BasketIndex fit(Iterable<History> histories) {
    ItemSums baskets = new ItemSums();
    try (PairSums pairs = new PairSums(MAX_PAIRS)) {
      for (History history : histories) {
        fold(purchases(history), pairs, baskets);
      }
      return new BasketIndex(
          NeighbourLists.of(
              pairs,
              PER_ITEM,
              (a, b, sum) ->
                  sum / Math.sqrt(baskets.sum(a) * baskets.sum(b)) * (sum / (sum + SHRINK))));
    }
  }

  private static History purchases(History history) {
    byte code = EventKind.PURCHASE_COMPLETE.code();
    return history.where(i -> history.kindCode(i) == code && history.item(i) >= 0);
  }

  private static void fold(History purchases, PairSums pairs, ItemSums baskets) {
    int start = 0;
    for (int i = 1; i <= purchases.size(); i++) {
      boolean ends =
          i == purchases.size()
              || purchases.timeMillis(i) - purchases.timeMillis(i - 1) > SESSION.toMillis();
      if (ends) {
        foldSession(purchases.slice(start, i), pairs, baskets);
        start = i;
      }
    }
  }

  private static void foldSession(History session, PairSums pairs, ItemSums baskets) {
    int[] all = distinct(session, 0, session.size());
    Arrays.stream(all).forEach(item -> baskets.add(item, 1));
    pair(all, SAME_SESSION, pairs);
    int start = 0;
    for (int i = 1; i <= session.size(); i++) {
      if (i == session.size() || session.basket(i) != session.basket(start)) {
        pair(distinct(session, start, i), 1 - SAME_SESSION, pairs);
        start = i;
      }
    }
  }

  /// The items in the order of their hashes, each once.
  private static int[] distinct(History history, int from, int to) {
    long[] keys = new long[to - from];
    for (int i = from; i < to; i++) {
      keys[i - from] = ItemOrder.key(history.item(i), 0);
    }
    return Arrays.stream(keys).sorted().distinct().mapToInt(ItemOrder::item).toArray();
  }

  private static void pair(int[] items, double weight, PairSums pairs) {
    int n = items.length;
    int partners = Math.min(n - 1, PARTNERS);
    for (int i = 0; i < n; i++) {
      for (int d = 1; d <= partners; d++) {
        pairs.add(items[i], items[(i + d) % n], weight);
      }
    }
  }

  /// What is bought together with the item, best first.
  public RankedItems neighbours(int item, int k) {
    return lists.best(item, k);
  }

  /// The evidence that some items, such as a cart's, give for others. They are not left out.
  public ItemScores score(int[] items) {
    int found = 0;
    for (int item : items) {
      found += lists.count(item);
    }
    ItemScores scores = tables.take().expect(found);
    for (int item : items) {
      lists.addTo(item, 1, scores);
    }
    return scores;
  }

  /// Where sums may go back to once nobody reads them any more.
  Pool<ItemScores> tables() {
    return tables;
  }

  /// Offers what is bought together with the items, best first, until `limit` were kept.
  public void score(int[] items, int limit, CandidateSource.Sink sink) {
    ItemScores sums = score(items);
    sums.offerTo(limit, sink);
    tables.giveBack(sums);
  }

  /// Which of those in the basket speaks loudest for each of the items, or [Vocabulary#UNKNOWN].
  int[] because(int[] basket, int[] items) {
    ItemSlots wanted = ItemSlots.of(items);
    Loudest loudest = new Loudest(items.length);
    for (int from : basket) {
      lists.speak(from, 1, wanted, loudest);
    }
    return loudest.speakers();
  }

  /// How many pairs are kept.
  public int size() {
    return lists.size();
  }
}
