package io.zhiyin.lab.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.intake.ContentIds;
import io.zhiyin.engine.intake.EventJson;
import io.zhiyin.engine.intake.EventTypes;
import io.zhiyin.engine.intake.ItemJson;
import io.zhiyin.lab.simulate.ShopEvent.Line;
import io.zhiyin.lab.simulate.SimulatedShop.ShopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopHistoryTest {
  private static final SimulatedShop SHOP = Small.shop();
  private static final List<ShopEvent> EVENTS = ShopHistory.of(SHOP);

  @Nested
  class TheSameSeedAndClock {
    @TempDir Path folder;

    @Test
    void giveTheSameBytes() throws IOException {
      byte[][] first = write(Small.shop(), "first");
      byte[][] second = write(Small.shop(), "second");
      assertArrayEquals(first[0], second[0]);
      assertArrayEquals(first[1], second[1]);
    }

    @Test
    void areBothNeeded() throws IOException {
      assertFalse(Arrays.equals(write(Small.shop(), "seven")[0], write(Small.shop(8), "eight")[0]));
    }

    private byte[][] write(SimulatedShop shop, String name) throws IOException {
      ShopFiles files = new ShopFiles(shop);
      Path items = folder.resolve(name + "-items.jsonl");
      Path events = folder.resolve(name + "-events.jsonl");
      files.writeItems(items);
      files.writeEvents(events, ShopHistory.of(shop));
      return new byte[][] {Files.readAllBytes(items), Files.readAllBytes(events)};
    }
  }

  @Nested
  class AtTheShopsDoors {
    private final ObjectMapper json = new ObjectMapper();
    @TempDir Path folder;

    @Test
    void everyItemIsTaken() throws IOException {
      Path file = folder.resolve("items.jsonl");
      new ShopFiles(SHOP).writeItems(file);
      ItemJson door = new ItemJson(Clock.fixed(Small.NOW, ZoneOffset.UTC));
      Set<String> ids = new HashSet<>();
      for (String line : Files.readAllLines(file)) {
        ids.add(door.readPut(json.readTree(line)).itemId().value());
      }
      assertEquals(SHOP.productCount(), ids.size());
    }

    @Test
    void everyEventIsTakenAndHasAnIdOfItsOwn() throws IOException {
      Path file = folder.resolve("events.jsonl");
      new ShopFiles(SHOP).writeEvents(file, EVENTS);
      Clock clock = Clock.fixed(Small.NOW, ZoneOffset.UTC);
      EventJson door = EventJson.recorded(clock, EventTypes.common(), ContentIds.single());
      Set<String> ids = new HashSet<>();
      for (String line : Files.readAllLines(file)) {
        assertTrue(ids.add(door.read(json.readTree(line)).eventId().value()), line);
      }
      assertEquals(EVENTS.size(), ids.size());
    }
  }

  @Nested
  class TheFunnel {
    private final Map<EventKind, Long> counts =
        EVENTS.stream()
            .collect(
                Collectors.groupingBy(
                    ShopEvent::kind, () -> new EnumMap<>(EventKind.class), Collectors.counting()));

    @Test
    void narrowsFromViewsOverCartsToPurchases() {
      long views = counts.get(EventKind.DETAIL_PAGE_VIEW);
      long carts = counts.get(EventKind.ADD_TO_CART);
      long purchases = counts.get(EventKind.PURCHASE_COMPLETE);
      assertTrue(views > 4 * carts, counts::toString);
      assertTrue(carts > 1.5 * purchases, counts::toString);
      assertTrue(purchases > views / 50, counts::toString);
    }

    @Test
    void hasEveryKindOfShopperEvent() {
      for (EventKind kind : EventKind.values()) {
        if (kind.code() <= EventKind.LOGIN.code()) {
          assertTrue(counts.containsKey(kind), kind::wireName);
        }
      }
    }

    @Test
    void endsNowAndNeverShowsWhatIsNotPublishedYet() {
      for (ShopEvent event : EVENTS) {
        assertFalse(event.time().isAfter(Small.NOW));
        for (Line line : event.lines()) {
          assertTrue(SHOP.product(line.itemId()).orElseThrow().publishedAt(event.time()));
        }
      }
    }
  }

  @Nested
  class Habits {
    @Test
    void aPhoneIsFollowedByACaseFarMoreOftenThanOtherThingsAre() {
      double afterPhone = shareOfBasketsWith("phone-case", "phone");
      double afterDress = shareOfBasketsWith("phone-case", "dress");
      assertTrue(afterPhone > 4 * afterDress, () -> afterPhone + " against " + afterDress);
    }

    private static double shareOfBasketsWith(String wanted, String given) {
      long with = 0;
      long all = 0;
      for (ShopEvent event : EVENTS) {
        if (event.kind() == EventKind.PURCHASE_COMPLETE && has(event, given)) {
          all++;
          with += has(event, wanted) ? 1 : 0;
        }
      }
      return (double) with / Math.max(all, 1);
    }

    private static boolean has(ShopEvent event, String type) {
      return event.lines().stream()
          .anyMatch(line -> SHOP.product(line.itemId()).orElseThrow().type().id().equals(type));
    }

    @Test
    void aTenthOfTheItemsDrawsAGoodPartOfTheViews() {
      Map<String, Integer> views = new HashMap<>();
      EVENTS.forEach(
          event -> event.lines().forEach(line -> views.merge(line.itemId(), 1, Integer::sum)));
      int tenth = SHOP.productCount() / 10;
      int top =
          views.values().stream()
              .sorted((a, b) -> b - a)
              .limit(tenth)
              .mapToInt(Integer::intValue)
              .sum();
      int all = views.values().stream().mapToInt(Integer::intValue).sum();
      assertTrue(top > all / 4, () -> top + " of " + all);
    }

    @Test
    void someVisitorsSignInLaterAndSomeNeverDo() {
      Set<String> signedIn = new HashSet<>();
      Set<String> visitors = new HashSet<>();
      for (ShopEvent event : EVENTS) {
        if (event.kind() == EventKind.LOGIN) {
          signedIn.add(event.who().visitorId());
        } else if (event.who().userId() == null) {
          visitors.add(event.who().visitorId());
        }
      }
      assertTrue(visitors.containsAll(signedIn));
      assertTrue(visitors.size() > signedIn.size() && !signedIn.isEmpty());
    }
  }

  @Nested
  class AtTheSizeOfTheDemo {
    @Test
    void thereAre5000ShoppersAnd200000Events() {
      SimulatedShop demo =
          SimulatedShop.open(ShopSettings.demo(7, Small.NOW, ShopLanguage.CHINESE));
      assertTrue(demo.shoppers().size() >= 5_000);
      int events = ShopHistory.of(demo).size();
      assertTrue(events >= 200_000 && events < 320_000, () -> events + " events");
    }
  }
}
