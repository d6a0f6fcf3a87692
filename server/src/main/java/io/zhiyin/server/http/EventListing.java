package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.intake.EventTypes;
import io.zhiyin.engine.intake.JournalJson;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// `GET /v1/events`: what happened, the newest first, a page at a time. The journal has no index,
/// so that a call looks back over a bounded stretch of it and says where the next call goes on.
final class EventListing {
  private static final int MOST = 200;

  /// Events that one call reads at most.
  private static final int STRETCH = 100_000;

  private static final int WINDOW = 2_000;
  private static final EventTypes KINDS = EventTypes.common();

  private final ShopHub shops;

  EventListing(ShopHub shops) {
    this.shops = shops;
  }

  List<Route> routes() {
    Set<String> parameters = Set.of("shopper", "itemId", "kind", "before", "after", "n");
    return List.of(Route.get("/v1/events", Access.ADMIN, parameters, this::list));
  }

  private record Placed(long offset, Event event) {}

  private Answer list(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    long end = shop.journal().end();
    long at = Math.min(end, offset(call, "before", end));
    long floor = Math.max(offset(call, "after", -1) + 1, at - STRETCH);
    int n = call.number("n", 50, 1, MOST);
    Predicate<Event> wanted = wanted(call);
    List<Placed> found = new ArrayList<>();
    while (at > floor && found.size() < n) {
      long from = Math.max(floor, at - WINDOW);
      List<Placed> window = new ArrayList<>();
      shop.journal()
          .read(
              from,
              at,
              (offset, event) -> {
                if (wanted.test(event)) {
                  window.add(new Placed(offset, event));
                }
              });
      found.addAll(window.reversed());
      at = from;
    }
    boolean cut = found.size() > n;
    List<Placed> page = cut ? found.subList(0, n) : found;
    long next = cut ? page.getLast().offset() : at;
    return Answer.ok(write(page, end, next, next > offset(call, "after", -1) + 1));
  }

  private static ObjectNode write(List<Placed> page, long end, long next, boolean more) {
    ObjectNode node = Json.object().put("end", end);
    if (more) {
      node.put("next", next);
    }
    ArrayNode events = node.putArray("events");
    for (Placed placed : page) {
      events
          .addObject()
          .put("offset", placed.offset())
          .set("event", JournalJson.write(placed.event()));
    }
    return node;
  }

  private static Predicate<Event> wanted(Call call) {
    String shopper = call.parameter("shopper").orElse("");
    String item = call.parameter("itemId").orElse("");
    EnumSet<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    call.list("kind").forEach(word -> kinds.add(KINDS.kindOf("kind", word)));
    return event ->
        (kinds.isEmpty() || kinds.contains(event.kind()))
            && (shopper.isEmpty() || isOf(event, shopper))
            && (item.isEmpty() || names(event, item));
  }

  private static boolean isOf(Event event, String shopper) {
    return switch (event) {
      case ShopperEvent did -> {
        Header header = did.header();
        yield header.userId().map(id -> id.value().equals(shopper)).orElse(false)
            || header.visitorId().map(id -> id.value().equals(shopper)).orElse(false);
      }
      case CatalogEvent _, UserErased _ -> false;
    };
  }

  private static boolean names(Event event, String item) {
    return switch (event) {
      case ShopperEvent did ->
          did.items().stream().anyMatch(line -> line.itemId().value().equals(item));
      case CatalogEvent change -> change.itemId().value().equals(item);
      case UserErased _ -> false;
    };
  }

  private static long offset(Call call, String name, long otherwise) {
    String text = call.parameter(name).orElse("");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw ProblemException.invalid(
          new InvalidFieldException(name, text, "must be an offset, a whole number from 0"));
    }
    return Long.parseLong(text);
  }
}
