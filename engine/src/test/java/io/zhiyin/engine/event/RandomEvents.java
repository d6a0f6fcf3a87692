package io.zhiyin.engine.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Events of every kind with every optional field given or not, by seed.
public final class RandomEvents {
  private static final String[] TEXTS = {
    "lamp",
    "灯",
    "知音 > 高山流水",
    "😀 smile",
    "",
    " ",
    "\t",
    "ß",
    "\ud800 half",
    "a".repeat(300),
    "中".repeat(90)
  };

  private final SplittableRandom random;
  private int next;

  public RandomEvents(long seed) {
    random = new SplittableRandom(seed);
  }

  public Event next() {
    EventKind[] kinds = EventKind.values();
    return ofKind(kinds[random.nextInt(kinds.length)]);
  }

  public Event ofKind(EventKind kind) {
    return switch (kind) {
      case HOME_PAGE_VIEW -> new ShopperEvent.HomePageView(header(false));
      case CATEGORY_PAGE_VIEW -> new ShopperEvent.CategoryPageView(header(false), text());
      case DETAIL_PAGE_VIEW -> new ShopperEvent.DetailPageView(header(false), lines());
      case SEARCH ->
          new ShopperEvent.Search(
              header(false), text(), random.nextBoolean() ? List.of() : lines());
      case ADD_TO_CART -> new ShopperEvent.AddToCart(header(false), lines());
      case REMOVE_FROM_CART -> new ShopperEvent.RemoveFromCart(header(false), lines());
      case REMOVE_FROM_FAVORITES -> new ShopperEvent.RemoveFromFavorites(header(false), lines());
      case NOT_INTERESTED -> new ShopperEvent.NotInterested(header(false), lines());
      case ADD_TO_FAVORITES -> new ShopperEvent.AddToFavorites(header(false), lines());
      case PURCHASE_COMPLETE -> new ShopperEvent.PurchaseComplete(header(false), lines());
      case IMPRESSION -> new ShopperEvent.Impression(header(false), lines());
      case CLICK -> new ShopperEvent.Click(header(false), lines());
      case RATING -> new ShopperEvent.Rating(header(false), lines(), random.nextDouble(-5, 5));
      case LOGIN -> new ShopperEvent.Login(header(true));
      case ITEM_PUT -> new CatalogEvent.ItemPut(id(), time(), item(), fields());
      case ITEM_PATCH -> new CatalogEvent.ItemPatch(id(), time(), item(), fields());
      case ITEM_DELETE -> new CatalogEvent.ItemDelete(id(), time(), item());
      case USER_ERASE -> new UserErased(id(), time(), new UserId("user-" + random.nextInt(9)));
    };
  }

  private Header header(boolean both) {
    boolean user = both || random.nextBoolean();
    boolean visitor = both || !user || random.nextBoolean();
    return new Header(
        id(),
        time(),
        user ? new UserId("用户-" + random.nextInt(9)) : null,
        visitor ? new VisitorId("visitor-" + random.nextInt(9)) : null,
        maybe(() -> new SessionId("s" + random.nextInt(99))),
        maybe(this::text),
        maybe(() -> new RecommendationId("r" + random.nextInt(99))),
        random.nextBoolean() ? Map.of() : map());
  }

  private List<ItemLine> lines() {
    List<ItemLine> lines = new ArrayList<>();
    int n = 1 + random.nextInt(4);
    for (int i = 0; i < n; i++) {
      lines.add(
          new ItemLine(
              item(),
              1 + random.nextInt(1_000_000),
              maybe(() -> random.nextDouble(1e12)),
              maybe(() -> 1 + random.nextInt(Integer.MAX_VALUE - 1))));
    }
    return lines;
  }

  private ItemFields fields() {
    return new ItemFields(
        maybe(this::text),
        maybe(this::text),
        maybe(this::texts),
        maybe(this::text),
        maybe(() -> random.nextDouble(1e12)),
        maybe(() -> "CNY"),
        maybe(() -> random.nextInt(Integer.MAX_VALUE)),
        maybe(random::nextBoolean),
        maybe(() -> "zh"),
        maybe(this::texts),
        maybe(this::texts),
        maybe(this::map),
        maybe(this::time),
        maybe(this::time));
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    int n = random.nextInt(3);
    for (int i = 0; i < n; i++) {
      texts.add(text());
    }
    return texts;
  }

  private Map<String, String> map() {
    Map<String, String> map = new HashMap<>();
    int n = random.nextInt(4);
    for (int i = 0; i < n; i++) {
      map.put(text(), text());
    }
    return map;
  }

  private EventId id() {
    return new EventId("事件-" + next++);
  }

  private ItemId item() {
    return new ItemId("item-" + random.nextInt(50));
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private Instant time() {
    return Instant.ofEpochSecond(
        random.nextLong(-2_000_000_000L, 4_000_000_000L),
        random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }
}
