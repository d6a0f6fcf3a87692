package io.zhiyin.lab.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Everything that happened in the shop until now, in the order of time.
public final class ShopHistory {
  private ShopHistory() {}

  public static List<ShopEvent> of(SimulatedShop shop) {
    List<ShopEvent> events = new ArrayList<>();
    for (Shopper shopper : shop.shoppers()) {
      new ShopperLife(shop, shopper, events::add).live();
    }
    // a stable sort: events of one moment stay in the order of shoppers
    events.sort(Comparator.comparing(ShopEvent::time));
    return events;
  }
}
