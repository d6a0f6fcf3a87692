package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Events of all sorts, of which many fall into the same millisecond.
final class RandomEvents {
  static final int ITEMS = 30;

  private RandomEvents() {}

  static Header header(String id, @Nullable String user, @Nullable String visitor, long millis) {
    return new Header(
        new EventId(id),
        Instant.ofEpochMilli(millis),
        user == null ? null : new UserId(user),
        visitor == null ? null : new VisitorId(visitor),
        null,
        null,
        null,
        Map.of());
  }

  /// All but refusals.
  static List<ShopperEvent> of(int seed, int n, int users, int visitors) {
    return of(seed, n, users, visitors, false);
  }

  static List<ShopperEvent> withRefusals(int seed, int n, int users, int visitors) {
    return of(seed, n, users, visitors, true);
  }

  private static List<ShopperEvent> of(int seed, int n, int users, int visitors, boolean refusals) {
    Random random = new Random(seed);
    List<ShopperEvent> events = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      String user = random.nextInt(4) == 0 ? "u" + random.nextInt(users) : null;
      String visitor =
          user == null || random.nextInt(4) == 0 ? "v" + random.nextInt(visitors) : null;
      String id = "e" + Integer.toString(i * 7919 % 100_003, 36);
      Header header = header(id, user, visitor, random.nextInt(n / 2));
      List<ItemLine> lines = new ArrayList<>();
      int size = 1 + random.nextInt(3);
      for (int line = 0; line < size; line++) {
        Double price = random.nextInt(5) == 0 ? null : 2.5;
        lines.add(new ItemLine(ItemLine.of("i" + random.nextInt(ITEMS)).itemId(), 1, price, null));
      }
      events.add(
          switch (random.nextInt(refusals ? 11 : 9)) {
            case 0 -> new ShopperEvent.HomePageView(header);
            case 1 -> new ShopperEvent.Search(header, "q" + i, List.of());
            case 2 -> new ShopperEvent.CategoryPageView(header, "c" + i);
            case 3 -> new ShopperEvent.PurchaseComplete(header, lines);
            case 4 -> new ShopperEvent.Impression(header, lines);
            case 5 -> new ShopperEvent.AddToFavorites(header, lines);
            case 9 -> new ShopperEvent.NotInterested(header, lines);
            default -> new ShopperEvent.DetailPageView(header, lines);
          });
    }
    return events;
  }
}
