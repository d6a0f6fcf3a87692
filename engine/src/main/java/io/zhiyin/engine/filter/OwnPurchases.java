package io.zhiyin.engine.filter;

import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.Filter;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;

/// Not what the shopper has bought. Whether an item is bought again (soap) or once (a sofa) is hard
/// to know, so the scenario says whether this filter holds there at all.
///
/// Made for one request: it reads the history once.
public final class OwnPurchases implements Filter {
  private static final byte PURCHASE = EventKind.PURCHASE_COMPLETE.code();

  /// What most have bought; of more it grows.
  private static final int FEW = 8;

  private final ItemSlots bought = new ItemSlots(FEW);

  public OwnPurchases(History history) {
    for (int i = 0; i < history.size(); i++) {
      if (history.kindCode(i) == PURCHASE && history.item(i) >= 0) {
        bought.put(history.item(i));
      }
    }
  }

  @Override
  public String name() {
    return "own-purchases";
  }

  @Override
  public boolean keeps(Query query, int item) {
    return item < 0 || !bought.has(item);
  }
}
