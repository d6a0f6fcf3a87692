package io.zhiyin.cluster.state;

import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.ProfileFold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Random events of a small shop in which everything happens: out of order, in the same
/// millisecond, with logins on shared devices, changes of the catalogue, and erasures.
final class RandomShop {
  private final Random random;
  private final long seed;
  private final int shoppers;
  private final int erasures;
  private int n;

  /// @param erasures one event of so many erases a user; 0 for none
  RandomShop(long seed, int shoppers, int erasures) {
    this.random = new Random(seed);
    this.seed = seed;
    this.shoppers = shoppers;
    this.erasures = erasures;
  }

  List<Event> events(int count) {
    List<Event> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(event());
    }
    return events;
  }

  private Event event() {
    if (erasures > 0 && random.nextInt(erasures) == 0) {
      return new UserErased(id(), time(), user());
    }
    if (random.nextInt(6) == 0) {
      return change();
    }
    Header header = header();
    return switch (random.nextInt(8)) {
      case 0 -> new ShopperEvent.HomePageView(header);
      case 1 -> new ShopperEvent.CategoryPageView(header, "家居 > 灯" + random.nextInt(3));
      case 2 -> new ShopperEvent.Search(header, "lamp " + random.nextInt(9), lines());
      case 3 -> new ShopperEvent.Impression(header, lines());
      case 4 -> new ShopperEvent.PurchaseComplete(header, lines());
      case 5 -> new ShopperEvent.AddToCart(header, lines());
      case 6 ->
          header.user() != null && header.visitor() != null
              ? new ShopperEvent.Login(header)
              : new ShopperEvent.Rating(header, lines(), random.nextDouble());
      default -> new ShopperEvent.DetailPageView(header, lines());
    };
  }

  private Event change() {
    ItemId item = item();
    return switch (random.nextInt(5)) {
      case 0 -> new CatalogEvent.ItemDelete(id(), time(), item);
      case 1 -> new CatalogEvent.ItemPatch(id(), time(), item, fields(null));
      default -> new CatalogEvent.ItemPut(id(), time(), item, fields("灯 " + n));
    };
  }

  private ItemFields fields(@Nullable String title) {
    return new ItemFields(
        title,
        null,
        random.nextBoolean() ? List.of("Home > Lamps" + random.nextInt(4), "Sale") : null,
        "brand" + random.nextInt(3),
        random.nextBoolean() ? random.nextInt(100) / 4.0 : null,
        "CNY",
        random.nextInt(5),
        random.nextBoolean() ? random.nextBoolean() : null,
        "zh",
        List.of("a.png"),
        List.of("t" + random.nextInt(3)),
        Map.of("k", "v" + random.nextInt(3)),
        random.nextBoolean() ? time() : null,
        null);
  }

  private Header header() {
    int who = random.nextInt(4);
    return new Header(
        id(),
        time(),
        who == 0 ? null : user(),
        who < 2 ? new VisitorId("device" + random.nextInt(shoppers)) : null,
        null,
        null,
        null,
        Map.of());
  }

  private List<ItemLine> lines() {
    List<ItemLine> lines = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      lines.add(new ItemLine(item(), 1, random.nextBoolean() ? random.nextDouble() : null, null));
    }
    return lines;
  }

  private UserId user() {
    return new UserId("user" + random.nextInt(shoppers));
  }

  private ItemId item() {
    return new ItemId("item" + random.nextInt(60));
  }

  private EventId id() {
    n++;
    return new EventId(
        switch (n % 3) {
          case 0 -> new UUID(random.nextLong(), n).toString();
          case 1 -> "c-%032x".formatted(random.nextInt(1 << 20) * 1_000_000L + n);
          default -> String.format(Locale.ROOT, "e%d-%d-%d", random.nextInt(10), seed, n);
        });
  }

  private Instant time() {
    return Instant.ofEpochMilli(1_790_000_000_000L + random.nextInt(2_000));
  }

  /// All that can be seen of a state, as text.
  ///
  /// @param indices with the indices of items and the order of shoppers
  static String seen(ShopState state, boolean indices) {
    List<String> lines = new ArrayList<>();
    int items = state.catalog().vocabulary().size();
    for (int i = 0; i < items; i++) {
      ItemId id = state.catalog().vocabulary().idOf(i);
      String item = state.catalog().find(id).map(each -> words(state, each)).orElse("nothing");
      lines.add((indices ? i + " " : "") + id + " " + item);
    }
    lines.add("documents " + state.catalog().documents() + " of " + items);
    ProfileFold profiles = state.profiles();
    profiles.shoppers().forEach(shopper -> lines.add(words(state, profiles.of(shopper))));
    lines.add("shoppers " + profiles.size());
    if (indices) {
      lines.add("version " + state.catalog().version() + ", position " + state.position());
    } else {
      lines.sort(null);
    }
    return String.join("\n", lines);
  }

  private static String words(ShopState state, io.zhiyin.engine.catalog.Item item) {
    List<String> path = new ArrayList<>();
    for (int node : item.categoryPath()) {
      path.add(state.catalog().categories().pathOf(node));
    }
    return item.fields() + " " + path + " " + item.firstSeen();
  }

  private static String words(ShopState state, Profile profile) {
    StringBuilder words = new StringBuilder(profile.shopper() + ":");
    for (int i = 0; i < profile.history().size(); i++) {
      words
          .append(' ')
          .append(state.catalog().vocabulary().idOf(profile.history().item(i)))
          .append('/')
          .append(profile.history().kind(i))
          .append('/')
          .append(profile.history().timeMillis(i))
          .append('/')
          .append(profile.history().price(i))
          .append('/')
          .append(profile.history().basket(i));
    }
    return words
        .append(profile.pageViews())
        .append(java.util.Arrays.toString(profile.eventCounts()))
        .append(profile.visitors())
        .append(profile.lastSeenMillis())
        .toString();
  }
}
