package io.zhiyin.engine.recommend;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what was left out of answers since the start, by name, such as `sequence: late`.
public final class Degradations {
  private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

  void count(String what) {
    counts.computeIfAbsent(what, _ -> new LongAdder()).increment();
  }

  /// How often that happened.
  public long count(String stage, String failure) {
    LongAdder adder = counts.get(stage + ": " + failure);
    return adder == null ? 0 : adder.sum();
  }

  /// All counts, in the order of their names.
  public Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((what, adder) -> all.put(what, adder.sum()));
    return all;
  }
}
