package io.zhiyin.engine.recall;

import java.util.Arrays;

/// Puts the smallest keys of an array in order without ordering the others: quickselect ([Hoare
/// 1961](https://doi.org/10.1145/366622.366647)), then a sort of what was selected.
final class Smallest {
  private Smallest() {}

  /// Orders the places `from` to `to` (exclusive) of what `keys[from … size)` would be when sorted;
  /// the larger keys follow in no order.
  static void first(long[] keys, int size, int from, int to) {
    int low = from;
    int high = size - 1;
    while (low < high && to < size) {
      long pivot = median(keys[low], keys[(low + high) >>> 1], keys[high]);
      int left = low;
      int right = high;
      while (left <= right) {
        while (keys[left] < pivot) {
          left++;
        }
        while (keys[right] > pivot) {
          right--;
        }
        if (left <= right) {
          long swapped = keys[left];
          keys[left++] = keys[right];
          keys[right--] = swapped;
        }
      }
      if (to <= right) {
        high = right;
      } else if (to >= left) {
        low = left;
      } else {
        break;
      }
    }
    Arrays.sort(keys, from, to);
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
