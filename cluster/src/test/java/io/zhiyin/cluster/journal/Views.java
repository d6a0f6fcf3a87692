package io.zhiyin.cluster.journal;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Plain page views for tests of the journal.
public final class Views {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private Views() {}

  public static Event view(String id, String user) {
    return view(id, user, Map.of());
  }

  /// A view whose record takes about 200 bytes.
  public static Event heavyView(String id, String user) {
    return view(id, user, Map.of("note", "x".repeat(140)));
  }

  private static Event view(String id, String user, Map<String, String> attributes) {
    Header header =
        new Header(new EventId(id), NOON, new UserId(user), null, null, null, null, attributes);
    return new ShopperEvent.DetailPageView(header, List.of(ItemLine.of("lamp")));
  }

  /// The ids of all events in a journal, in its order.
  public static List<String> ids(Journal journal) throws IOException {
    List<String> ids = new ArrayList<>();
    journal.read(0, (_, event) -> ids.add(event.eventId().value()));
    return ids;
  }
}
