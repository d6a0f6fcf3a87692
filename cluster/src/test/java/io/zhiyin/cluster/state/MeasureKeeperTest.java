package io.zhiyin.cluster.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.RecommendationId;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import io.zhiyin.engine.measure.Figure;
import io.zhiyin.engine.measure.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the lists brought, kept beside the journal.
class MeasureKeeperTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  @TempDir Path data;
  private Path file;
  private int n;

  @BeforeEach
  void locate() {
    file = data.resolve("shops/default/measures/series");
  }

  private ShopStore open() throws IOException {
    ShopStore store = ShopStore.open(data, ShopId.DEFAULT, CLOCK);
    store.startMeasuring();
    return store;
  }

  private Header header(String user) {
    n++;
    return new Header(
        new EventId("e" + n),
        NOON.plusSeconds(n),
        new UserId(user),
        new VisitorId("device-of-" + user),
        null,
        "home-feed",
        new RecommendationId("r" + n / 10),
        Map.of());
  }

  /// One shopper sees, clicks and buys.
  private List<Event> visit(String user) {
    List<ItemLine> lamp = List.of(new ItemLine(new ItemId("lamp"), 1, 5.0, null));
    n += 10;
    List<Event> events = new ArrayList<>();
    events.add(new ShopperEvent.Impression(header(user), lamp));
    events.add(new ShopperEvent.Click(header(user), lamp));
    events.add(new ShopperEvent.PurchaseComplete(header(user), lamp));
    return events;
  }

  private static Summary measured(ShopStore store) throws IOException {
    store.measureNow();
    assertEquals(store.journal().end(), store.measured());
    return store.measures().summary(Instant.EPOCH, NOON.plusSeconds(1_000_000));
  }

  @Test
  void aRestartGoesOnFromWhereItWas() throws IOException {
    Summary before;
    try (ShopStore store = open()) {
      store.append(visit("anna"));
      store.append(visit("bert"));
      before = measured(store);
      assertEquals(2, before.total().of(Figure.CLICKS));
      assertEquals(Map.of("", 10.0), before.revenue());
    }
    try (ShopStore store = open()) {
      assertEquals(6, store.measured(), "nothing is read again");
      assertEquals(before, measured(store));
      store.append(visit("cleo"));
      assertEquals(3, measured(store).total().of(Figure.CLICKS));
    }
  }

  @Test
  void whatWasAppendedWhileNobodyMeasuredIsCountedOnceAfterwards() throws IOException {
    try (ShopStore store = open()) {
      store.append(visit("anna"));
      store.measureNow();
    }
    byte[] kept = Files.readAllBytes(file);
    try (ShopStore store = ShopStore.open(data, ShopId.DEFAULT, CLOCK)) {
      store.append(visit("bert"));
    }
    try (ShopStore store = open()) {
      assertEquals(2, measured(store).total().of(Figure.PURCHASES));
    }
    Files.write(file, kept); // as if the process had died before it was kept
    try (ShopStore store = open()) {
      assertEquals(2, measured(store).total().of(Figure.PURCHASES));
    }
  }

  @Test
  void whoFallsBehindReadsTheJournal() throws IOException {
    try (ShopStore store = ShopStore.open(data, ShopId.DEFAULT, CLOCK)) {
      List<Event> many = new ArrayList<>();
      for (int i = 0; i < Tail.SIZE / 3 + 100; i++) {
        many.addAll(visit("user" + i));
      }
      store.append(many);
      assertEquals(many.size() / 3, measured(store).total().of(Figure.CLICKS));
      store.append(visit("anna"));
      assertEquals(many.size() / 3 + 1, measured(store).total().of(Figure.CLICKS));
    }
  }

  @Test
  void aDamagedFileIsNotUsedAndMadeAgainFromTheJournal() throws IOException {
    Summary before;
    try (ShopStore store = open()) {
      store.append(visit("anna"));
      before = measured(store);
    }
    byte[] bytes = Files.readAllBytes(file);
    for (int at : new int[] {0, 20, bytes.length / 2, bytes.length - 1}) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      try (ShopStore store = open()) {
        assertEquals(before, measured(store), "byte " + at);
      }
    }
  }

  @Test
  void aFileOfAnotherJournalIsNotUsed() throws IOException {
    try (ShopStore store = open()) {
      store.append(visit("anna"));
      store.measureNow();
    }
    Path other = data.resolve("other");
    try (ShopStore store = ShopStore.open(other, ShopId.DEFAULT, CLOCK)) {
      store.append(visit("bert"));
      store.append(visit("cleo"));
    }
    Path copy = other.resolve("shops/default/measures/series");
    Files.createDirectories(copy.getParent());
    Files.copy(file, copy);
    try (ShopStore store = ShopStore.open(other, ShopId.DEFAULT, CLOCK)) {
      assertEquals(2, measured(store).total().of(Figure.CLICKS));
    }
  }

  @Test
  void anErasureLeavesTheCountsAndNothingOfTheUser() throws IOException {
    try (ShopStore store = open()) {
      store.append(visit("anna"));
      store.append(visit("bert"));
      UserErased request = new UserErased(new EventId("x"), NOON, new UserId("anna"));
      store.append(List.of(request));
      assertEquals(2, measured(store).total().of(Figure.CLICKS));
      ItemLine lamp = ItemLine.of("lamp");
      store.append(List.of(new ShopperEvent.AddToCart(bare("anna"), List.of(lamp))));
      assertEquals(0, measured(store).total().of(Figure.CARTS), "anna's click is not known");
      store.append(List.of(new ShopperEvent.AddToCart(bare("bert"), List.of(lamp))));
      assertEquals(1, measured(store).total().of(Figure.CARTS));
    }
    try (ShopStore store = open()) {
      assertTrue(store.measured() > 0, "the file stands for the journal after the erasure");
      assertEquals(2, measured(store).total().of(Figure.CLICKS));
    }
  }

  @Test
  void anErasureWhileNobodyMeasuresIsInTheFileToo() throws IOException {
    try (ShopStore store = open()) {
      store.append(visit("anna"));
      store.append(visit("bert"));
    }
    UserErased request = new UserErased(new EventId("x"), NOON, new UserId("anna"));
    try (ShopStore store = ShopStore.open(data, ShopId.DEFAULT, CLOCK)) {
      store.append(List.of(request));
    }
    try (ShopStore store = open()) {
      assertEquals(store.journal().end(), store.measured(), "the file is of the journal as it is");
      assertEquals(2, measured(store).total().of(Figure.CLICKS));
    }
  }

  @Test
  void aFileThatCannotBeUsedIsGoneAfterAnErasure() throws IOException {
    try (ShopStore store = open()) {
      store.append(visit("anna"));
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    UserErased request = new UserErased(new EventId("x"), NOON, new UserId("anna"));
    try (ShopStore store = ShopStore.open(data, ShopId.DEFAULT, CLOCK)) {
      store.append(List.of(request));
    }
    assertFalse(Files.exists(file));
  }

  private Header bare(String user) {
    n++;
    return Header.of(new EventId("e" + n), NOON.plusSeconds(n), new UserId(user));
  }
}
