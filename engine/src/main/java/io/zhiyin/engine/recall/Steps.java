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

  /// The newest `n` items, each once, at the step where it was met last. What came before them is
  /// not looked at.
  static Steps newestItems(History history, KindWeights kinds, int n) {
    Steps newest = new Steps(Math.min(n, history.size()));
    int item = -1; // of the run that is gone through, from its newest event to its oldest
    int at = -1; // its step; none where the item was met later too
    for (int i = history.size() - 1; i >= 0; i--) {
      float strength = kinds.of(history.kindCode(i));
      if (history.item(i) < 0 || !(strength > 0)) {
        continue;
      }
      if (history.item(i) == item) {
        if (at >= 0) {
          newest.strengths[at] = Math.max(newest.strengths[at], strength);
        }
        continue;
      }
      if (newest.size == newest.items.length) {
        break;
      }
      item = history.item(i);
      at = newest.has(item) ? -1 : newest.size;
      if (at >= 0) {
        newest.append(item, strength, history.timeMillis(i));
      }
    }
    newest.turnRound();
    return newest;
  }

  private boolean has(int item) {
    for (int i = 0; i < size; i++) {
      if (items[i] == item) {
        return true;
      }
    }
    return false;
  }

  private void turnRound() {
    for (int i = 0, j = size - 1; i < j; i++, j--) {
      int item = items[i];
      float strength = strengths[i];
      long time = times[i];
      items[i] = items[j];
      strengths[i] = strengths[j];
      times[i] = times[j];
      items[j] = item;
      strengths[j] = strength;
      times[j] = time;
    }
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
