package io.zhiyin.lab.simulate;

import io.zhiyin.lab.simulate.SimulatedShop.ShopSettings;
import java.time.Instant;

/// A shop of a tenth of the demo's size.
final class Small {
  static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");

  private Small() {}

  static SimulatedShop shop() {
    return shop(7);
  }

  static SimulatedShop shop(long seed) {
    return SimulatedShop.open(new ShopSettings(seed, NOW, 60, 12, 400, ShopLanguage.CHINESE));
  }
}
