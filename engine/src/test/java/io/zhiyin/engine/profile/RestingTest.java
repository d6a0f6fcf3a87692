package io.zhiyin.engine.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A shopper who does nothing for a while takes less memory, and that is all.
class RestingTest {
  private final Vocabulary vocabulary = new Vocabulary();

  RestingTest() {
    IntStream.range(0, RandomEvents.ITEMS).forEach(i -> vocabulary.add(new ItemId("i" + i)));
  }

  /// Where items go in an image: all stay, or none does.
  private static int[] places(boolean stay) {
    return IntStream.range(0, RandomEvents.ITEMS).map(i -> stay ? i : i + 1).toArray();
  }

  private static void image(ProfileFold fold, boolean stay) throws IOException {
    fold.image(places(stay)).writeTo((_, _) -> {});
  }

  private ProfileFold restored(ProfileFold from) throws IOException {
    ProfileFold fold = new ProfileFold(vocabulary);
    ProfileRestore restore = new ProfileRestore(fold);
    from.image(places(true)).writeTo((kind, piece) -> restore.piece(kind, new RecordReader(piece)));
    restore.finish(vocabulary.size());
    return fold;
  }

  private void assertAlike(ProfileFold expected, ProfileFold actual) {
    assertEquals(expected.shoppers().toList(), actual.shoppers().toList());
    expected
        .shoppers()
        .forEach(
            shopper -> {
              assertEquals(
                  ProfileTwin.words(expected.of(shopper), vocabulary),
                  ProfileTwin.words(actual.of(shopper), vocabulary));
              assertAlike(expected.of(shopper).history(), actual.historyOf(shopper));
            });
  }

  private static void assertAlike(History expected, History actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.item(i), actual.item(i));
      assertEquals(expected.kindCode(i), actual.kindCode(i));
      assertEquals(expected.timeMillis(i), actual.timeMillis(i));
      assertEquals(expected.price(i), actual.price(i));
      assertEquals(expected.basket(i), actual.basket(i));
    }
  }

  @Nested
  class Folding {
    @Test
    void whoRestedIsAsWhoNeverDid() throws IOException {
      for (int seed = 0; seed < 20; seed++) {
        List<ShopperEvent> events = RandomEvents.withRefusals(seed, 1_200, 40, 40);
        Random random = new Random(seed);
        ProfileFold restless = new ProfileFold(vocabulary);
        ProfileFold fold = new ProfileFold(vocabulary);
        for (ShopperEvent event : events) {
          restless.apply(event);
          fold.apply(event);
          if (random.nextInt(20) == 0) {
            image(fold, random.nextBoolean());
          }
          if (random.nextInt(100) == 0) {
            UserErased erased =
                new UserErased(
                    new EventId("erase"), Instant.EPOCH, new UserId("u" + random.nextInt(40)));
            restless.apply(erased);
            fold.apply(erased);
          }
        }
        assertAlike(restless, fold);
      }
    }

    @Test
    void whoWasReadBackFromAnImageGoesOnAsBefore() throws IOException {
      for (int seed = 0; seed < 20; seed++) {
        List<ShopperEvent> events = RandomEvents.withRefusals(seed, 1_200, 40, 40);
        ProfileFold restless = new ProfileFold(vocabulary);
        events.subList(0, 600).forEach(restless::apply);
        ProfileFold fold = restored(restless);
        assertAlike(restless, fold);
        for (int i = 600; i < events.size(); i++) {
          restless.apply(events.get(i));
          fold.apply(events.get(i));
          if (i % 30 == 0) {
            image(fold, i % 60 == 0);
          }
        }
        assertAlike(restless, fold);
        assertAlike(restless, restored(fold));
      }
    }

    @Test
    void readersAndTheFoldAreNotDisturbedByWhoGoesToRest() throws Exception {
      List<ShopperEvent> events = RandomEvents.withRefusals(7, 6_000, 60, 60);
      ProfileFold restless = new ProfileFold(vocabulary);
      events.subList(0, 3_000).forEach(restless::apply);
      ProfileFold fold = restored(restless); // so that they share pieces, and leave them
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<Void> images = CompletableFuture.runAsync(() -> images(fold, done));
      CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> read(fold, done));
      try {
        for (ShopperEvent event : events.subList(3_000, events.size())) {
          restless.apply(event);
          fold.apply(event);
        }
      } finally {
        done.set(true);
      }
      images.join();
      reader.join();
      assertAlike(restless, fold);
    }

    @Test
    void nobodyIsMovedWhileSomebodyReads() throws Exception {
      List<ShopperEvent> events = RandomEvents.withRefusals(7, 3_000, 60, 60);
      ProfileFold restless = new ProfileFold(vocabulary);
      events.forEach(restless::apply);
      ProfileFold fold = restored(restless);
      // most of those who share a piece leave it
      events.stream().filter(Folding::isOfMost).forEach(fold::apply);
      ProfileImage image = fold.image(places(true));
      AtomicBoolean moved = new AtomicBoolean();
      Thread mover = Thread.ofPlatform().unstarted(() -> write(image, moved));
      fold.inImage(image, () -> waits(mover, moved));
      mover.join();
      assertTrue(moved.get());
    }

    private static boolean isOfMost(ShopperEvent event) {
      UserId user = event.header().user();
      return user == null || !user.value().endsWith("7");
    }

    /// The first piece is written after those among gaps were moved.
    private static void write(ProfileImage image, AtomicBoolean moved) {
      try {
        image.writeTo((_, _) -> moved.set(true));
      } catch (IOException problem) {
        throw new AssertionError(problem);
      }
    }

    private static boolean waits(Thread mover, AtomicBoolean moved) {
      mover.start();
      while (mover.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      assertFalse(moved.get(), "moved beside a reader");
      return true;
    }

    private static void images(ProfileFold fold, AtomicBoolean done) {
      while (!done.get()) {
        try {
          image(fold, true);
        } catch (IOException | CancellationException problem) {
          throw new AssertionError(problem);
        }
      }
    }

    /// What users did is never less than it was a moment ago.
    private static void read(ProfileFold fold, AtomicBoolean done) {
      Map<Shopper, Integer> sizes = new HashMap<>();
      while (!done.get()) {
        for (int i = 0; i < 60; i++) {
          Shopper user = new Shopper.User(new UserId("u" + i));
          int size = Arrays.stream(fold.of(user).eventCounts()).mapToInt(n -> (int) n).sum();
          assertTrue(size >= sizes.getOrDefault(user, 0), "events of " + user);
          sizes.put(user, size);
          fold.historyOf(user);
        }
      }
    }
  }

  @Nested
  class Memory {
    private final byte[] bytes = {1, 2, 3, 4, 5, 6};
    private final Packing packing = new Packing();
    private final Resting first = packing.add(new RecordReader(bytes), 0, 4);
    private final Resting second = packing.add(new RecordReader(bytes), 4, 2);

    private static byte[] put(Resting resting) {
      RecordWriter out = new RecordWriter();
      resting.put(out);
      return out.toBytes();
    }

    @Test
    void nothingOfWhoLeftStaysWhereOthersRest() {
      first.wipe();
      assertArrayEquals(new byte[4], put(first));
      assertArrayEquals(new byte[] {5, 6}, put(second));
    }

    @Test
    void fewTakeLittleHoweverManyCouldCome() {
      assertTrue(first.piece().room() <= 1 << 16, first.piece().room() + " bytes to spare");
      assertEquals(first.piece(), second.piece());
    }

    @Test
    void manyArePutIntoPiecesThatGrowAndStayAsTheyWere() {
      Packing many = new Packing();
      List<Resting> all =
          IntStream.range(0, 3_000)
              .mapToObj(i -> many.add(new RecordReader(bytesOf(i)), 0, bytesOf(i).length))
              .toList();
      long pieces = all.stream().map(Resting::piece).distinct().count();
      assertTrue(pieces < 12, pieces + " pieces of one and a half million bytes");
      for (int i = 0; i < all.size(); i++) {
        assertArrayEquals(bytesOf(i), put(all.get(i)));
      }
    }

    private static byte[] bytesOf(int shopper) {
      byte[] bytes = new byte[1 + shopper % 1_000];
      Arrays.fill(bytes, (byte) shopper);
      return bytes;
    }

    @Test
    void whoIsLeftAmongGapsMovesToAPlaceOfItsOwn() {
      assertFalse(second.isAmongGaps());
      first.wipe();
      assertTrue(second.isAmongGaps());
      Resting moved = second.moved();
      assertArrayEquals(new byte[2], put(second), "nothing stays behind");
      assertArrayEquals(new byte[] {5, 6}, put(moved));
      assertFalse(moved.isAmongGaps());
    }
  }

  /// What could not be read later is refused when a snapshot is read.
  @Nested
  class Reading {
    private static RecordReader line(int kind, boolean startsEvent) {
      RecordWriter out = new RecordWriter();
      out.number(1).oneByte(kind << 2 | (startsEvent ? 1 : 0)).number(0).number(2);
      return new RecordReader(out.number(1).oneByte(0).toBytes());
    }

    private static RecordReader ofId(int... packed) {
      RecordWriter out = new RecordWriter();
      out.number(1).oneByte(EventKind.CLICK.code() << 2 | 1).number(0).number(2);
      out.number(packed.length);
      for (int each : packed) {
        out.oneByte(each);
      }
      return new RecordReader(out.toBytes());
    }

    @Test
    void aLineOfAnEventWhoseIdIsNoneIsRefused() {
      LogLines.skip(ofId(3, 'a', 'b'), 1);
      for (RecordReader none : new RecordReader[] {ofId(), ofId(4, 'a', 'b'), ofId(255, 7)}) {
        assertThrows(IllegalArgumentException.class, () -> LogLines.skip(none, 1));
      }
    }

    @Test
    void aLineOfNoEventIsRefused() {
      int kind = EventKind.CLICK.code();
      LogLines.skip(line(kind, true), 1);
      RecordReader ofNone = line(kind, false);
      assertThrows(IllegalArgumentException.class, () -> LogLines.skip(ofNone, 1));
    }

    @Test
    void aLineOfAnUnknownKindIsRefused() {
      RecordReader unknown = line(63, true);
      assertThrows(IllegalArgumentException.class, () -> LogLines.skip(unknown, 1));
    }

    @Test
    void anItemThatThereIsNotIsRefused() throws IOException {
      ProfileFold fold = new ProfileFold(vocabulary);
      RandomEvents.withRefusals(3, 200, 6, 6).forEach(fold::apply);
      ProfileRestore restore = new ProfileRestore(new ProfileFold(vocabulary));
      fold.image(places(true))
          .writeTo((kind, piece) -> restore.piece(kind, new RecordReader(piece)));
      assertThrows(IllegalArgumentException.class, () -> restore.finish(1));
    }

    @Test
    void countsAreGonePastAsFarAsTheyAreRead() {
      Counts counts = new Counts();
      counts.add((byte) 3, 1_000);
      counts.add((byte) 40, 2_000);
      RecordWriter out = new RecordWriter();
      counts.put(out);
      byte[] written = out.oneByte(7).toBytes();
      RecordReader in = new RecordReader(written);
      Counts.skip(in);
      assertEquals(7, in.oneByte());
      RecordReader cut = new RecordReader(written, 0, written.length - 2);
      assertThrows(IndexOutOfBoundsException.class, () -> Counts.skip(cut));
    }

    @Test
    void moreLinesThanMayBeKeptAreRefused() {
      RecordReader one = line(EventKind.CLICK.code(), true);
      assertThrows(IllegalArgumentException.class, () -> LogLines.skip(one, 0));
    }
  }
}
