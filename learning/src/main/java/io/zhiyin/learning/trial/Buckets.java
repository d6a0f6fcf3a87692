package io.zhiyin.learning.trial;

import java.util.ArrayList;
import java.util.List;

/// Whole numbers grouped into ranges.
///
/// @param ends the largest number of each range but the last, rising; the last has no end
record Buckets(List<Integer> ends) {
  static Buckets upTo(Integer... ends) {
    return new Buckets(List.of(ends));
  }

  int size() {
    return ends.size() + 1;
  }

  /// The range of a number, from 0.
  int of(long number) {
    int bucket = 0;
    while (bucket < ends.size() && number > ends.get(bucket)) {
      bucket++;
    }
    return bucket;
  }

  /// The name of a range, as in `0`, `3–5` or `> 20`.
  String label(int bucket) {
    if (bucket == ends.size()) {
      return "> " + ends.getLast();
    }
    int from = bucket == 0 ? 0 : ends.get(bucket - 1) + 1;
    int to = ends.get(bucket);
    return from == to ? Integer.toString(from) : from + "–" + to;
  }

  List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (int bucket = 0; bucket < size(); bucket++) {
      labels.add(label(bucket));
    }
    return labels;
  }
}
