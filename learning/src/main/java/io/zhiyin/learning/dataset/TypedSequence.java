package io.zhiyin.learning.dataset;

import io.zhiyin.engine.model.EventTypes;
import io.zhiyin.engine.profile.History;
import java.util.Arrays;

/// One history as a model reads it: known items and types only, oldest first, each entry with what
/// is to be foretold after it.
///
/// @param items rows of items
/// @param types rows of event types
/// @param times milliseconds since 1970
/// @param targets the row that the next entry begins a run with, or -1 where nothing is asked
/// @param weights how much each target counts
public record TypedSequence(
    int[] items, byte[] types, long[] times, int[] targets, float[] weights) {

  public static TypedSequence of(History history, ItemRows rows, EventTypes types) {
    int n = history.size();
    Targets asked = Targets.of(history);
    float[] weightAt = new float[n];
    for (int t = 0; t < asked.size(); t++) {
      weightAt[asked.position(t)] = asked.weight(t);
    }
    int[] items = new int[n];
    byte[] kinds = new byte[n];
    long[] times = new long[n];
    int[] targets = new int[n];
    float[] weights = new float[n];
    int size = 0;
    for (int i = 0; i < n; i++) {
      int row = rows.row(history.item(i));
      int type = types.row(history.kindCode(i));
      if (row < 0 || type < 0) {
        continue;
      }
      if (size > 0 && weightAt[i] > 0) {
        targets[size - 1] = row;
        weights[size - 1] = weightAt[i];
      }
      items[size] = row;
      kinds[size] = (byte) type;
      times[size] = history.timeMillis(i);
      targets[size] = -1;
      size++;
    }
    return new TypedSequence(
        Arrays.copyOf(items, size),
        Arrays.copyOf(kinds, size),
        Arrays.copyOf(times, size),
        Arrays.copyOf(targets, size),
        Arrays.copyOf(weights, size));
  }

  public int size() {
    return items.length;
  }

  /// The entries from `from` to `to`.
  public TypedSequence part(int from, int to) {
    return new TypedSequence(
        Arrays.copyOfRange(items, from, to),
        Arrays.copyOfRange(types, from, to),
        Arrays.copyOfRange(times, from, to),
        Arrays.copyOfRange(targets, from, to),
        Arrays.copyOfRange(weights, from, to));
  }

  /// Whether anything is asked between the two positions.
  boolean asks(int from, int to) {
    for (int i = from; i < to; i++) {
      if (targets[i] >= 0) {
        return true;
      }
    }
    return false;
  }
}
