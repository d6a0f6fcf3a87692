package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.ItemOrder;
import io.zhiyin.engine.pipeline.CandidateSource;
import java.util.Arrays;

/// Sums of evidence by item for one request: a small open-addressing table. Not for several
/// threads.
public final class ItemScores {
  private int[] items;
  private float[] scores;
  private int size;
  private double power = 1;

  public ItemScores() {
    this(1 << 10);
  }

  /// With room for so many items from the start.
  static ItemScores expecting(int items) {
    int slots = 1 << 6;
    while (slots < 2 * items) {
      slots *= 2;
    }
    return new ItemScores(slots);
  }

  private ItemScores(int capacity) {
    items = new int[capacity];
    scores = new float[capacity];
    Arrays.fill(items, -1);
  }

  /// @param item 0 or more
  public void add(int item, float score) {
    if (2 * size >= items.length) {
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
    int mask = items.length - 1;
    int slot = (h ^ (h >>> 15)) & mask;
    while (items[slot] >= 0 && items[slot] != item) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    ItemScores wider = new ItemScores(items.length * 2);
    for (int i = 0; i < items.length; i++) {
      if (items[i] >= 0) {
        wider.add(items[i], scores[i]);
      }
    }
    items = wider.items;
    scores = wider.scores;
  }

  /// Receives each item with its sum.
  @FunctionalInterface
  public interface Visitor {
    void visit(int item, float score);
  }

  /// Visits all items, in no meaningful order.
  public void forEach(Visitor visitor) {
    for (int i = 0; i < items.length; i++) {
      if (items[i] >= 0) {
        visitor.visit(items[i], bent(scores[i]));
      }
    }
  }

  /// The sums of some items, NaN where there is none or none that is positive.
  float[] strengths(int[] wanted) {
    return Strengths.positive(wanted, this::get);
  }

  /// Offers items with a positive sum, best first, until `limit` of them were kept.
  public void offerTo(int limit, CandidateSource.Sink sink) {
    long[] keys = new long[size];
    int n = 0;
    for (int i = 0; i < items.length; i++) {
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
