package io.zhiyin.engine.measure;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One step of a series.
///
/// @param from its beginning
public record Step(Instant from, Summary summary) {
  /// How wide a step is.
  public enum Width {
    HOUR(Buckets.HOUR),
    DAY(Buckets.DAY);

    private final long millis;

    Width(long millis) {
      this.millis = millis;
    }
  }

  /// Adds buckets up to steps.
  static final class Builder {
    private final List<String> names;
    private final Width width;
    private final TreeMap<Long, Summary.Builder> steps = new TreeMap<>();

    Builder(List<String> names, Width width) {
      this.names = names;
      this.width = width;
    }

    void add(long millis, Bucket bucket) {
      long from = Math.floorDiv(millis, width.millis) * width.millis;
      steps.computeIfAbsent(from, _ -> new Summary.Builder(names)).add(bucket);
    }

    List<Step> build() {
      return steps.entrySet().stream().map(Builder::step).toList();
    }

    private static Step step(Map.Entry<Long, Summary.Builder> entry) {
      return new Step(Instant.ofEpochMilli(entry.getKey()), entry.getValue().build());
    }
  }
}
