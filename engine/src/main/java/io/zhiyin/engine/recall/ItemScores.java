package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.ItemOrder;
import io.zhiyin.engine.pipeline.CandidateSource;
import java.util.Arrays;

/// Sums of evidence by item for one request: a small open-addressing table, which may be used again
/// by the next. Not for several threads.
public final class ItemScores {
  private static final int LEAST = 1 << 6;

  /// What a shopper of very many items needs is not kept.
  private static final int MOST_KEPT = 1 << 16;

  private int[] items;
  private float[] scores;

  /// How many slots there are; those beyond them are of a larger table before, and empty.
  private int slots;

  private int size;
  private double power = 1;

  /// Of the items offered, kept for the next time.
  private long[] keys = {};

  public ItemScores() {
    this(1 << 10);
  }

  /// With room for so many items from the start.
  static ItemScores expecting(int items) {
    return new ItemScores(slotsFor(items));
  }

  private static int slotsFor(int items) {
    int slots = LEAST;
    while (slots < 2 * items) {
      slots *= 2;
    }
    return slots;
  }

  private ItemScores(int slots) {
    makeRoom(slots);
  }

  private void makeRoom(int slots) {
    items = new int[slots];
    scores = new float[slots];
    Arrays.fill(items, -1);
    this.slots = slots;
  }

  /// Makes room for so many items while there are none yet, and for no more, as few are gone
  /// through sooner than many.
  ItemScores expect(int count) {
    int wanted = slotsFor(count);
    if (wanted > items.length) {
      makeRoom(wanted);
    }
    slots = wanted;
    return this;
  }

  /// Forgets all.
  void clear() {
    if (items.length > MOST_KEPT) {
      makeRoom(LEAST);
      keys = new long[0];
    }
    Arrays.fill(items, 0, slots, -1);
    Arrays.fill(scores, 0, slots, 0);
    Arrays.fill(keys, 0, Math.min(size, keys.length), 0);
    size = 0;
    power = 1;
  }

  /// @param item 0 or more
  public void add(int item, float score) {
    if (2 * size >= slots) {
      grow();
    }
    int slot = slot(item);
    if (items[slot] < 0) {
      items[slot] = item;
      size++;
    }
    scores[slot] += score;
  }

  /// The item's sum, or 0.
  public float get(int item) {
    int slot = slot(item);
    return items[slot] < 0 ? 0 : bent(scores[slot]);
  }

  /// How many items have a sum.
  public int size() {
    return size;
  }

  /// From now on every sum is read as raised to the power; sums are 0 or more. Nothing is added
  /// after this. Most sums are never read, so each is raised when it is.
  void bend(double power) {
    this.power = power;
  }

  private float bent(float sum) {
    return bent(sum, power);
  }

  static float bent(float sum, double power) {
    return power == 1 ? sum : (float) Math.pow(sum, power);
  }

  private int slot(int item) {
    int h = item * 0x9e3779b9;
    int mask = slots - 1;
    int slot = (h ^ (h >>> 15)) & mask;
    while (items[slot] >= 0 && items[slot] != item) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    ItemScores wider = new ItemScores(slots * 2);
    forEachSum(wider::add);
    items = wider.items;
    scores = wider.scores;
    slots = wider.slots;
  }

  /// Receives each item with its sum.
  @FunctionalInterface
  public interface Visitor {
    void visit(int item, float score);
  }

  /// Visits all items, in no meaningful order.
  public void forEach(Visitor visitor) {
    forEachSum((item, sum) -> visitor.visit(item, bent(sum)));
  }

  private void forEachSum(Visitor visitor) {
    for (int i = 0; i < slots; i++) {
      if (items[i] >= 0) {
        visitor.visit(items[i], scores[i]);
      }
    }
  }

  /// The sums of some items, NaN where there is none or none that is positive.
  float[] strengths(int[] wanted) {
    return Strengths.positive(wanted, this::get);
  }

  /// Offers items with a positive sum, best first, until `limit` of them were kept.
  public void offerTo(int limit, CandidateSource.Sink sink) {
    if (keys.length < size) {
      keys = new long[slots / 2];
    }
    int n = 0;
    for (int i = 0; i < slots; i++) {
      if (items[i] >= 0 && scores[i] > 0) {
        keys[n++] = ItemOrder.key(items[i], scores[i]);
      }
    }
    int ordered = 0;
    int kept = 0;
    // most of it is never looked at, so a little more than is wanted is put in order at a time
    for (int i = 0; i < n && kept < limit; i++) {
      if (i == ordered) {
        ordered = Math.min(n, 2 * (ordered + limit) + 32);
        Smallest.first(keys, n, i, ordered);
      }
      if (sink.offer(ItemOrder.item(keys[i]), bent(ItemOrder.strength(keys[i])))) {
        kept++;
      }
    }
  }
}
