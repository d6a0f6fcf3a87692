package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.ItemOrder;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.RankedItems;
import java.util.Arrays;

/// For each item the items it leads to, best first, in flat arrays: those of the items that were
/// counted together lie together. Immutable.
final class NeighbourLists {
  private final Part[] parts;

  private NeighbourLists(Part[] parts) {
    this.parts = parts;
  }

  /// Makes a strength of a pair's sum; one that is not positive is dropped.
  @FunctionalInterface
  interface Strength {
    double of(int from, int to, double sum);
  }

  /// Takes the pairs out of their sums, part by part, so that both are never in memory as a whole.
  ///
  /// @param perItem how many neighbours of each item are kept
  static NeighbourLists of(PairSums pairs, int perItem, Strength strength) {
    Part[] parts = new Part[PairSums.PARTS];
    for (int part = 0; part < parts.length; part++) {
      parts[part] = Part.of(pairs, part, perItem, strength);
      pairs.drop(part);
    }
    return new NeighbourLists(parts);
  }

  /// The lists of the items of one part of the sums, by their places there.
  private record Part(int[] starts, int[] items, float[] strengths) {
    static Part of(PairSums pairs, int part, int perItem, Strength strength) {
      long[] keys = new long[pairs.size(part)];
      int[] bounds = new int[keys.length == 0 ? 1 : pairs.placeBound() + 1];
      pairs.forEach(part, (from, to, sum) -> bounds[PairSums.place(from) + 1]++);
      for (int place = 1; place < bounds.length; place++) {
        bounds[place] += bounds[place - 1];
      }
      int[] next = bounds.clone();
      pairs.forEach(
          part,
          (from, to, sum) ->
              keys[next[PairSums.place(from)]++] =
                  ItemOrder.key(to, (float) strength.of(from, to, sum)));
      return cut(bounds, keys, perItem);
    }

    private static Part cut(int[] bounds, long[] keys, int perItem) {
      int[] starts = new int[bounds.length];
      int[] items = new int[keys.length];
      float[] strengths = new float[keys.length];
      int size = 0;
      for (int from = 0; from + 1 < bounds.length; from++) {
        starts[from] = size;
        Arrays.sort(keys, bounds[from], bounds[from + 1]);
        int end = Math.min(bounds[from + 1], bounds[from] + perItem);
        for (int at = bounds[from]; at < end && ItemOrder.strength(keys[at]) > 0; at++) {
          items[size] = ItemOrder.item(keys[at]);
          strengths[size++] = ItemOrder.strength(keys[at]);
        }
      }
      starts[bounds.length - 1] = size;
      return new Part(starts, Arrays.copyOf(items, size), Arrays.copyOf(strengths, size));
    }

    int start(int item) {
      int place = PairSums.place(item);
      return place < starts.length ? starts[place] : items.length;
    }

    int end(int item) {
      int place = PairSums.place(item) + 1;
      return place < starts.length ? starts[place] : items.length;
    }
  }

  /// Where the item's list lies; for an item of which nothing is known, such as -1, it is empty.
  private Part part(int item) {
    return parts[PairSums.part(item)];
  }

  RankedItems best(int item, int k) {
    Part part = part(item);
    int start = part.start(item);
    int end = Math.min(part.end(item), start + k);
    return start >= end
        ? RankedItems.NONE
        : new RankedItems(
            Arrays.copyOfRange(part.items, start, end),
            Arrays.copyOfRange(part.strengths, start, end));
  }

  /// Adds the item's neighbours times `weight`.
  void addTo(int item, float weight, ItemScores scores) {
    Part part = part(item);
    int end = part.end(item);
    for (int at = part.start(item); at < end; at++) {
      scores.add(part.items[at], weight * part.strengths[at]);
    }
  }

  /// The same for some items only.
  ///
  /// @param sums by their numbers
  void addTo(int item, float weight, ItemSlots wanted, float[] sums) {
    Part part = part(item);
    int end = part.end(item);
    for (int at = part.start(item); at < end; at++) {
      int number = wanted.find(part.items[at]);
      if (number >= 0) {
        sums[number] += weight * part.strengths[at];
      }
    }
  }

  /// How many neighbours the item has.
  int count(int item) {
    Part part = part(item);
    return part.end(item) - part.start(item);
  }

  /// Has those of the wanted items that are the item's neighbours hear it.
  ///
  /// @param loudness how much louder it speaks than a strength says
  void speak(int item, float loudness, ItemSlots wanted, Loudest loudest) {
    Part part = part(item);
    int end = part.end(item);
    for (int at = part.start(item); at < end; at++) {
      int number = wanted.find(part.items[at]);
      if (number >= 0) {
        loudest.hear(number, item, loudness * part.strengths[at]);
      }
    }
  }

  /// How many neighbours are kept in all.
  int size() {
    return Arrays.stream(parts).mapToInt(part -> part.items.length).sum();
  }
}
