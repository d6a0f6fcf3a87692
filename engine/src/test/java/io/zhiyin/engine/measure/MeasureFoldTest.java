package io.zhiyin.engine.measure;

import static io.zhiyin.engine.measure.Told.at;
import static io.zhiyin.engine.measure.Told.counts;
import static io.zhiyin.engine.measure.Told.ever;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureFoldTest {
  private static final Duration WEEKS = Duration.ofDays(30);

  private record Piece(byte kind, byte[] bytes) {
    String text() {
      return kind + HexFormat.of().formatHex(bytes);
    }
  }

  private static List<Piece> pieces(MeasureFold fold) {
    List<Piece> pieces = new ArrayList<>();
    try {
      fold.writeTo((kind, bytes) -> pieces.add(new Piece(kind, bytes)));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return pieces;
  }

  private static MeasureFold again(MeasureFold fold, int maxOpen) {
    MeasureFold copy = new MeasureFold(maxOpen);
    pieces(fold).forEach(piece -> copy.restore(piece.kind, new RecordReader(piece.bytes)));
    return copy;
  }

  /// Everything that a fold holds.
  private static List<String> all(MeasureFold fold) {
    return pieces(fold).stream().map(Piece::text).toList();
  }

  /// Few shoppers and items over six weeks, in no good order, so that everything happens.
  private static List<Event> month(long seed, int count) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    long minute = 0;
    for (int i = 0; i < count; i++) {
      minute += random.nextInt(60);
      events.add(event(random, minute - random.nextInt(90)));
    }
    return events;
  }

  private static Event event(Random random, long minute) {
    String item = "item" + random.nextInt(5);
    Told told = at(minute);
    int who = random.nextInt(4);
    told.by(
        who == 0 ? null : "user" + random.nextInt(4),
        who < 2 ? "device" + random.nextInt(4) : null);
    if (random.nextInt(3) > 0) {
      told.from("scenario" + random.nextInt(3), "r" + minute / 30 + "-" + random.nextInt(2));
    }
    if (random.nextInt(20) == 0) {
      told.with("traffic", random.nextBoolean() ? "bot" : "internal");
    }
    return switch (random.nextInt(10)) {
      case 0 -> told.buys(item, 1 + random.nextInt(3), random.nextDouble() * 100);
      case 1 -> told.carts(item);
      case 2 -> told.saves(item);
      case 3 -> told.views(item);
      case 4, 5 -> told.clicks(item);
      case 6 -> new UserErased(new EventId("x"), Told.NINE, new UserId("user" + minute % 4));
      default -> told.shows(item, "item" + random.nextInt(5), "item" + random.nextInt(5));
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aRestartAnywhereAndAnEarlierRollingGiveTheSameBytes(long seed) {
    int maxOpen = 40;
    List<Event> events = month(seed, 3_000);
    MeasureFold replay = new MeasureFold(maxOpen);
    events.forEach(replay::apply);
    replay.roll(Told.NINE.plus(WEEKS));
    MeasureFold live = new MeasureFold(maxOpen);
    Random random = new Random(~seed);
    for (Event event : events) {
      live.apply(event);
      if (random.nextInt(100) == 0) {
        live = again(live, maxOpen);
      }
      if (random.nextInt(200) == 0) {
        live.roll(Told.NINE.plus(Duration.ofDays(random.nextInt(29))));
      }
    }
    live.roll(Told.NINE.plus(WEEKS));
    assertEquals(all(replay), all(live));
    assertTrue(replay.closedEarly() > 0, "there was want of room");
    Summary.Scenario sum = ever(live).total();
    assertTrue(sum.of(Figure.PURCHASES) + sum.of(Figure.VIEW_PURCHASES) > 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noCountIsEverNegativeAndNoRateMoreThanOne(long seed) {
    MeasureFold fold = new MeasureFold(40);
    month(seed, 1_500).forEach(fold::apply);
    for (Step hour :
        fold.series(
            Told.NINE.minus(WEEKS), Told.NINE.plus(WEEKS.multipliedBy(3)), Step.Width.HOUR)) {
      for (Summary.Scenario each : hour.summary().scenarios().values()) {
        for (Figure figure : Figure.values()) {
          assertTrue(each.of(figure) >= 0, figure + " at " + hour.from());
          assertTrue(
              figure == Figure.RECOMMENDATIONS || each.of(figure) <= each.of(Figure.IMPRESSIONS),
              figure + " at " + hour.from());
        }
      }
    }
  }

  @Test
  void whatIsOpenHasABoundAndTheOldestGoesFirst() {
    MeasureFold fold = new MeasureFold(10);
    for (int i = 0; i < 25; i++) {
      fold.apply(at(i).from("r" + i).clicks("item" + i));
    }
    assertEquals(10, fold.openTouches());
    assertEquals(15, fold.closedEarly());
    fold.apply(at(30).buys("item0", 1, 1));
    fold.apply(at(30).buys("item24", 1, 1));
    assertEquals(List.of(25L, 25L, 0L, 0L, 1L, 0L), counts(fold));
  }

  @Test
  void whatIsPastItsWindowTakesNoRoom() {
    MeasureFold fold = new MeasureFold(10);
    for (int day = 0; day < 5; day++) {
      fold.apply(at(Duration.ofDays(2L * day)).from("r" + day).clicks("lamp"));
    }
    assertEquals(1, fold.openTouches());
    assertEquals(0, fold.closedEarly());
  }

  @Test
  void scenariosHaveABoundAndTheRestIsTogether() {
    MeasureFold fold = new MeasureFold();
    for (int i = 0; i < 200; i++) {
      fold.apply(at(i).from("scenario" + i, "r" + i).clicks("lamp"));
    }
    Summary all = ever(fold);
    assertEquals(Scenarios.MAX, all.scenarios().size());
    assertEquals(200 - Scenarios.MAX + 1, all.scenarios().get("(other)").of(Figure.CLICKS));
    assertEquals(all(fold), all(again(fold, 10)));
  }

  @Test
  void anErasedUserIsFoundNoMoreAndTheCountsStay() {
    ShopperEvent.Click click =
        (ShopperEvent.Click) at(0).by("anna", "phone").from("r1").clicks("lamp");
    ShopperEvent before = at(0).by(null, "tablet").from("r2").clicks("rug");
    MeasureFold fold = Told.folded(click, before, at(1).by("bert", null).from("r3").clicks("lamp"));
    fold.forget(new UserId("anna"), List.of(new VisitorId("tablet")));
    assertEquals(1, fold.openTouches());
    fold.apply(at(2).by("anna", "phone").buys("lamp", 1, 1));
    fold.apply(at(2).by(null, "tablet").buys("rug", 1, 1));
    assertEquals(List.of(3L, 3L, 0L, 0L, 0L, 0L), counts(fold));
    MeasureFold other = Told.folded(at(1).by("bert", null).from("r3").clicks("lamp"));
    assertNotEquals(all(other), all(fold), "what was counted of the erased one stays");
  }

  @Test
  void aPieceThatMakesNoSenseIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new MeasureFold().restore((byte) 99, new RecordReader(new byte[0])));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> new MeasureFold().restore((byte) 10, new RecordReader(new byte[] {1})));
  }

  @Test
  void whoFindsAPlaceTakenIsNotWatchedAndNotWronged() {
    Pace pace = new Pace();
    long fast = 7;
    long other = fast + Pace.PLACES;
    for (int i = 0; i < Pace.MOST_A_MINUTE; i++) {
      assertFalse(pace.isTooFast(fast, 1_000 + i));
      assertFalse(pace.isTooFast(other, 1_000 + i));
    }
    assertTrue(pace.isTooFast(fast, 2_000));
    assertFalse(pace.isTooFast(other, 2_000));
    assertFalse(pace.isTooFast(other, 3_600_000), "who is left out keeps the place");
    assertTrue(pace.isTooFast(fast, 3_600_000));
    assertFalse(pace.isTooFast(fast, 2_000 + Pace.LEFT_OUT));
    assertFalse(pace.isTooFast(other, 2_000 + 2 * Pace.LEFT_OUT));
    for (int i = 1; i < Pace.MOST_A_MINUTE; i++) {
      pace.isTooFast(other, 2_000 + 2 * Pace.LEFT_OUT);
    }
    assertTrue(pace.isTooFast(other, 2_000 + 2 * Pace.LEFT_OUT), "the place was free again");
  }

  @Test
  void distinctShoppersAreAboutRight() {
    DistinctShoppers some = new DistinctShoppers();
    for (int shoppers : new int[] {10, 100, 1_000, 10_000, 100_000}) {
      for (int i = 0; i < shoppers; i++) {
        some.add(Hashes.of(Hashes.USER, "user" + i));
        some.add(Hashes.of(Hashes.USER, "user" + i));
      }
      assertEquals((double) shoppers, (double) some.estimate(), 0.04 * shoppers);
    }
  }
}
