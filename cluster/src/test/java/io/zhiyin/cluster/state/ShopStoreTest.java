package io.zhiyin.cluster.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.Journal.Outcome;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopStoreTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Shopper ANNA = new Shopper.User(new UserId("anna"));

  @TempDir Path data;

  private ShopStore open() throws IOException {
    return ShopStore.open(data, ShopId.DEFAULT, CLOCK);
  }

  static Event view(
      String id, @Nullable String user, @Nullable String visitor, String item, int minute) {
    Header header =
        new Header(
            new EventId(id),
            NOON.plusSeconds(minute * 60L),
            user == null ? null : new UserId(user),
            visitor == null ? null : new VisitorId(visitor),
            null,
            null,
            null,
            Map.of());
    return new ShopperEvent.DetailPageView(header, List.of(ItemLine.of(item)));
  }

  private static List<String> items(ShopStore store, Profile profile) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < profile.history().size(); i++) {
      names.add(store.catalog().vocabulary().idOf(profile.history().item(i)).value());
    }
    return names;
  }

  @Nested
  class Appending {
    @Test
    void anAcknowledgedEventIsInTheProfileAtOnce() throws IOException {
      try (ShopStore store = open()) {
        store.append(List.of(view("e1", "anna", null, "lamp", 0)));
        assertEquals(List.of("lamp"), items(store, store.profiles().of(ANNA)));
      }
    }

    @Test
    void anEventThatComesTwiceCountsOnce() throws IOException {
      try (ShopStore store = open()) {
        Event event = view("e1", "anna", null, "lamp", 0);
        assertEquals(
            List.of(new Outcome(0, false), new Outcome(0, true)),
            store.append(List.of(event, event)));
        assertEquals(List.of(new Outcome(0, true)), store.append(List.of(event)));
        assertEquals(1, store.profiles().of(ANNA).history().size());
      }
    }

    @Test
    void anItemIsInTheCatalogueAtOnce() throws IOException {
      try (ShopStore store = open()) {
        ItemId lamp = new ItemId("lamp");
        store.append(
            List.of(new CatalogEvent.ItemPut(new EventId("p1"), NOON, lamp, ItemFields.NONE)));
        assertTrue(store.catalog().find(lamp).isPresent());
      }
    }
  }

  @Nested
  class Reopening {
    @Test
    void theSameStateIsFoldedAgain() throws IOException {
      try (ShopStore store = open()) {
        store.append(
            List.of(
                view("e2", "anna", null, "灯", 2),
                view("e1", "anna", null, "lamp", 1),
                view("e3", null, "tablet", "chair", 3)));
      }
      try (ShopStore store = open()) {
        assertEquals(List.of("lamp", "灯"), items(store, store.profiles().of(ANNA)));
        assertEquals(
            List.of(new Outcome(1, true)), store.append(List.of(view("e1", "anna", null, "x", 9))));
        assertEquals(0, store.catalog().vocabulary().indexOf(new ItemId("灯")));
        assertEquals(2, store.profiles().size());
        List<Integer> sizes = new ArrayList<>();
        for (History history : store.histories()) {
          sizes.add(history.size());
        }
        assertEquals(List.of(2, 1), sizes);
      }
    }

    @Test
    void progressIsToldAtTheEnd() throws IOException {
      try (ShopStore store = open()) {
        store.append(List.of(view("e1", "anna", null, "lamp", 1)));
      }
      List<Long> told = new ArrayList<>();
      ShopStore.open(data, ShopId.DEFAULT, CLOCK, (done, total, _) -> told.add(done * 100 + total))
          .close();
      assertEquals(List.of(101L), told);
    }
  }

  @Nested
  class Erasing {
    private void fill(ShopStore store) throws IOException {
      store.append(
          List.of(
              view("before-login", null, "tablet", "secret-lamp", 1),
              view("anna-joins", "anna", "tablet", "secret-chair", 2),
              view("anna-own", "anna", null, "secret-table", 3),
              view("after", null, "tablet", "sofa", 4),
              view("bert-own", "bert", null, "desk", 5)));
      store.append(List.of(new UserErased(new EventId("forget"), NOON, new UserId("anna"))));
    }

    private void check(ShopStore store) throws IOException {
      assertEquals(0, store.profiles().of(ANNA).history().size());
      assertEquals(2, store.profiles().size());
      Shopper tablet = new Shopper.Visitor(new VisitorId("tablet"));
      assertEquals(List.of("sofa"), items(store, store.profiles().of(tablet)));
      List<Long> left = new ArrayList<>();
      store.journal().read(0, (offset, _) -> left.add(offset));
      assertEquals(List.of(3L, 4L), left);
      assertEquals(6, store.journal().end());
    }

    @Test
    void nothingOfTheUserIsLeftNowAndAfterReopening() throws IOException {
      try (ShopStore store = open()) {
        fill(store);
        check(store);
      }
      try (ShopStore store = open()) {
        check(store);
      }
    }

    @Test
    void anErasedEventDoesNotComeBack() throws IOException {
      try (ShopStore store = open()) {
        fill(store);
      }
      try (ShopStore store = open()) {
        assertEquals(
            List.of(new Outcome(2, true)),
            store.append(List.of(view("anna-own", "anna", null, "secret-table", 3))));
        check(store);
      }
    }

    @Test
    void noFileHoldsTheErasedBytes() throws IOException {
      try (ShopStore store = open()) {
        fill(store);
        String bytes = allBytes();
        assertTrue(bytes.contains("desk"), "what is kept can be seen in the files");
        assertFalse(bytes.contains("secret"));
        assertFalse(bytes.contains("anna"));
      }
    }

    private String allBytes() throws IOException {
      StringBuilder bytes = new StringBuilder();
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          bytes.append(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
      return bytes.toString();
    }
  }

  @Nested
  class Sharing {
    @Test
    void aSecondOpeningInTheSameProcessIsRefused() throws IOException {
      try (ShopStore store = open()) {
        IOException refused = assertThrows(IOException.class, ShopStoreTest.this::open);
        assertEquals(
            "The data directory "
                + data.toRealPath()
                + " is in use by another Zhiyin: stop that one first, or choose another directory.",
            refused.getMessage());
        store.append(List.of(view("e1", "anna", null, "lamp", 0)));
      }
      open().close();
    }

    @Test
    void shopsAreKeptApart() throws IOException {
      ShopId other = new ShopId("other");
      try (ShopStores stores = ShopStores.open(data, CLOCK, ReplayProgress.SILENT)) {
        stores.shop(other).append(List.of(view("e1", "anna", null, "lamp", 0)));
        assertEquals(0, stores.shop(ShopId.DEFAULT).profiles().size());
        assertEquals(1, stores.shop(other).profiles().size());
        assertEquals(List.of(ShopId.DEFAULT, other), stores.shops());
      }
    }
  }
}
