package io.zhiyin.lab.simulate;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.lab.simulate.Shop.NamedEvent;
import io.zhiyin.lab.simulate.ShopEvent.Line;
import java.util.List;

/// Counts while shoppers act; read from another thread.
final class Tally {
  private long visits;
  private long events;
  private long lists;
  private long shown;
  private long clicks;
  private long purchases;
  private double revenue;
  private long failures;

  synchronized void visit() {
    visits++;
  }

  synchronized void list(int size) {
    lists++;
    shown += size;
  }

  synchronized void failure() {
    failures++;
  }

  synchronized void sent(List<NamedEvent> sent) {
    events += sent.size();
    for (NamedEvent named : sent) {
      ShopEvent event = named.event();
      if (event.kind() == EventKind.CLICK) {
        clicks++;
      } else if (event.kind() == EventKind.PURCHASE_COMPLETE) {
        purchases++;
        for (Line line : event.lines()) {
          revenue += line.price() * line.quantity();
        }
      }
    }
  }

  synchronized LiveFigures figures() {
    return new LiveFigures(visits, events, lists, shown, clicks, purchases, revenue, failures);
  }
}
