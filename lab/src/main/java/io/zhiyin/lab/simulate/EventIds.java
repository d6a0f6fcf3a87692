package io.zhiyin.lab.simulate;

import io.zhiyin.lab.simulate.SimulatedShop.ShopSettings;
import java.time.Instant;

/// Ids that are never given twice: a prefix for each run, and a number.
final class EventIds {
  private final String prefix;
  private long last;

  private EventIds(String kind, long seed, Instant time) {
    this.prefix =
        kind + Long.toString(seed, 36) + "-" + Long.toString(time.toEpochMilli(), 36) + "-";
  }

  static EventIds ofHistory(ShopSettings settings) {
    return new EventIds("h", settings.seed(), settings.now());
  }

  static EventIds ofLive(long seed, Instant start) {
    return new EventIds("l", seed, start);
  }

  String next() {
    return prefix + ++last;
  }
}
