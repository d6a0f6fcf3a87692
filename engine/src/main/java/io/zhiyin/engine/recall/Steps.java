package io.zhiyin.engine.recall;

import io.zhiyin.engine.profile.History;

/// A history as a walk from item to item: a run of events with one item is one step with its
/// strongest event, and events that prove no interest are left out. Oldest first.
final class Steps {
  private final int[] items;
  private final float[] strengths;
  private final long[] times;
  private int size;

  private Steps(int capacity) {
    items = new int[capacity];
    strengths = new float[capacity];
    times = new long[capacity];
  }

  static Steps of(History history, KindWeights kinds) {
    Steps steps = new Steps(history.size());
    for (int i = 0; i < history.size(); i++) {
      float strength = kinds.of(history.kindCode(i));
      if (history.item(i) >= 0 && strength > 0) {
        steps.add(history.item(i), strength, history.timeMillis(i));
      }
    }
    return steps;
  }

  /// The newest `n` items, each once, at the step where it was met last.
  static Steps newestItems(History history, KindWeights kinds, int n) {
    Steps all = of(history, kinds);
    int[] kept = new int[Math.min(n, all.size)];
    int count = 0;
    for (int i = all.size - 1; i >= 0 && count < kept.length; i--) {
      if (!all.meetsAgain(kept, count, all.items[i])) {
        kept[count++] = i;
      }
    }
    Steps newest = new Steps(count);
    for (int i = count - 1; i >= 0; i--) {
      newest.append(all.items[kept[i]], all.strengths[kept[i]], all.times[kept[i]]);
    }
    return newest;
  }

  private boolean meetsAgain(int[] kept, int count, int item) {
    for (int i = 0; i < count; i++) {
      if (items[kept[i]] == item) {
        return true;
      }
    }
    return false;
  }

  private void add(int item, float strength, long time) {
    if (size > 0 && items[size - 1] == item) {
      strengths[size - 1] = Math.max(strengths[size - 1], strength);
      times[size - 1] = time;
    } else {
      append(item, strength, time);
    }
  }

  private void append(int item, float strength, long time) {
    items[size] = item;
    strengths[size] = strength;
    times[size++] = time;
  }

  int size() {
    return size;
  }

  int item(int i) {
    return items[i];
  }

  float strength(int i) {
    return strengths[i];
  }

  long timeMillis(int i) {
    return times[i];
  }
}
