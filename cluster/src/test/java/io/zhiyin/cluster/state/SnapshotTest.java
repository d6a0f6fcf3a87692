package io.zhiyin.cluster.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.cluster.journal.RocksJournal;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.profile.Marks;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The journal is the only truth; snapshots make a start quick and change nothing else. Those that
/// cannot be used are met in [DamagedSnapshotTest].
class SnapshotTest extends InAStoreWithSnapshots {
  @Nested
  class Starting {
    @Test
    void aSnapshotAndTheTailGiveWhatTheWholeJournalGives() throws IOException {
      for (int seed = 0; seed < 5; seed++) {
        delete(data.resolve("shops"));
        fill(seed, 0);
        assertEquals(1, snapshots().size(), "older ones are gone");
        assertSnapshotsChangeNothing(true);
      }
    }

    @Test
    void alsoWhenUsersAreErasedBetween() throws IOException {
      for (int seed = 100; seed < 106; seed++) {
        delete(data.resolve("shops"));
        fill(seed, 40);
        assertSnapshotsChangeNothing(false);
      }
    }

    @Test
    void whatWasSavedLongAgoIsStillSaved() throws IOException {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i <= 500; i++) {
        Header header =
            new Header(
                new EventId("e" + i),
                Instant.ofEpochMilli(i),
                new UserId("anna"),
                null,
                null,
                null,
                null,
                Map.of());
        List<ItemLine> item = List.of(ItemLine.of("i" + i));
        events.add(
            i == 0
                ? new ShopperEvent.AddToFavorites(header, item)
                : new ShopperEvent.DetailPageView(header, item));
      }
      try (ShopStore store = open()) {
        store.append(events);
        assertTrue(store.snapshot());
      }
      try (RocksJournal journal = RocksJournal.open(data.resolve("shops/default/journal"))) {
        ShopState state = new SnapshotFiles(directory()).load(journal).orElseThrow();
        Profile anna = state.profiles().of(new Shopper.User(new UserId("anna")));
        assertEquals(400, anna.history().size());
        int first = state.catalog().vocabulary().indexOf(new ItemId("i0"));
        assertEquals(Map.of(first, 0L), Marks.saved(anna));
      }
    }

    @Test
    void onlyTheTailIsReadFromTheJournal() throws IOException {
      fill(1, 0);
      long kept;
      try (ShopStore store = open()) {
        store.snapshot();
        kept = store.journal().end();
        store.append(new RandomShop(2, 8, 0).events(10));
      }
      try (RocksJournal journal = RocksJournal.open(data.resolve("shops/default/journal"))) {
        ShopState state = new SnapshotFiles(directory()).load(journal).orElseThrow();
        assertEquals(kept, state.position());
        assertEquals(kept + 10, journal.end());
      }
      assertSnapshotsChangeNothing(true);
    }

    @Test
    void aDirectoryOfAnEarlierProgramHasNoneAndStarts() throws IOException {
      try (ShopStore store = open()) {
        store.append(new RandomShop(3, 8, 0).events(50));
      }
      assertFalse(Files.exists(directory()));
      assertEquals(reopened(true), reopened(true));
    }
  }

  @Nested
  class WhileEventsAreFolded {
    @Test
    void anImageIsOfOnePlaceOfTheJournal() throws IOException {
      List<Event> events = new RandomShop(7, 700, 0).events(12_000);
      ShopState state = new ShopState(0);
      CompletableFuture<Void> folding =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < events.size(); i++) {
                  state.accept(i, events.get(i));
                }
              });
      Path file = data.resolve("image");
      long last = -1;
      for (int round = 0; round < 3 || last < events.size(); round++) {
        StateImage image = state.image().orElseThrow();
        last = image.position();
        write(image, file);
        ShopState expected = new ShopState(0);
        for (int i = 0; i < last; i++) {
          expected.accept(i, events.get(i));
        }
        assertEquals(RandomShop.seen(expected, true), RandomShop.seen(read(file), true));
      }
      folding.join();
    }

    @Test
    void whoChangesBeforeTheWriterComesByIsWrittenAsBefore() throws IOException {
      List<Event> events = new RandomShop(8, 300, 0).events(4_000);
      ShopState state = new ShopState(0);
      for (int i = 0; i < 2_000; i++) {
        state.accept(i, events.get(i));
      }
      String before = RandomShop.seen(state, true);
      StateImage image = state.image().orElseThrow();
      for (int i = 2_000; i < 4_000; i++) {
        state.accept(i, events.get(i));
      }
      Path file = data.resolve("image");
      write(image, file);
      assertEquals(before, RandomShop.seen(read(file), true));
    }

    @Test
    void anImageBegunBeforeAnErasureIsGivenUp() throws IOException {
      List<Event> events = new RandomShop(9, 30, 0).events(500);
      ShopState state = new ShopState(0);
      for (int i = 0; i < 500; i++) {
        state.accept(i, events.get(i));
      }
      StateImage image = state.image().orElseThrow();
      state.accept(500, new UserErased(new EventId("x"), Instant.EPOCH, new UserId("user1")));
      assertThrows(
          java.util.concurrent.CancellationException.class, () -> image.writeTo((_, _) -> {}));
      assertEquals(Optional.empty(), state.image(), "the journal still has the records");
      state.erased(List.of());
      assertTrue(state.image().isPresent());
    }

    private void write(StateImage image, Path file) throws IOException {
      RocksJournal.Stamp stamp = new RocksJournal.Stamp(image.position(), 0, 0);
      try (SnapshotWriter writer = SnapshotWriter.create(file, stamp)) {
        image.writeTo(writer);
        writer.finish();
      }
    }

    private ShopState read(Path file) throws IOException {
      try (SnapshotReader reader = SnapshotReader.open(file)) {
        return SnapshotLoad.from(reader);
      }
    }
  }

  @Nested
  class Reading {
    private Path file() throws IOException {
      Path file = data.resolve("pieces");
      RocksJournal.Stamp stamp = new RocksJournal.Stamp(0, 0, 0);
      try (SnapshotWriter writer = SnapshotWriter.create(file, stamp)) {
        for (int i = 1; i <= 20; i++) {
          byte[] piece = new byte[i % 7 * 40_000];
          Arrays.fill(piece, (byte) i);
          writer.put((byte) (40 + i), piece);
        }
        writer.finish();
      }
      return file;
    }

    private static void assertWhole(SnapshotReader.Piece piece) {
      int i = piece.kind() - 40;
      RecordReader in = piece.in();
      byte[] expected = new byte[i % 7 * 40_000];
      Arrays.fill(expected, (byte) i);
      assertArrayEquals(expected, in.bytes(piece.length()));
      assertTrue(in.atEnd());
    }

    @Test
    void aPieceStaysAsItIsUntilItIsDone() throws IOException {
      List<SnapshotReader.Piece> kept = new ArrayList<>();
      try (SnapshotReader reader = SnapshotReader.open(file())) {
        reader.readTo(
            piece -> {
              if (piece.kind() % 3 == 0) {
                kept.add(piece);
              } else {
                assertWhole(piece);
                piece.done();
              }
            });
      }
      assertEquals(7, kept.size());
      kept.forEach(Reading::assertWhole);
    }

    @Test
    void whereEachPieceIsDoneAtOnceTheyShareMemory() throws IOException {
      Set<byte[]> memory = Collections.newSetFromMap(new IdentityHashMap<>());
      try (SnapshotReader reader = SnapshotReader.open(file())) {
        reader.readTo(
            piece -> {
              assertWhole(piece);
              memory.add(piece.bytes());
              piece.done();
            });
      }
      assertTrue(memory.size() < 10, memory.size() + " arrays for 20 pieces");
    }
  }

  @Nested
  class Crashing {
    @Test
    void betweenAnyTwoStepsTheNextStartSeesTheSame() throws IOException {
      fill(11, 0);
      String expected;
      List<Path> copies = new ArrayList<>();
      try (RocksJournal journal = RocksJournal.open(data.resolve("shops/default/journal"))) {
        SnapshotFiles files = new SnapshotFiles(directory());
        ShopState state = files.load(journal).orElseThrow();
        journal.read(state.position(), state);
        expected = RandomShop.seen(state, true);
        StateImage image = state.image().orElseThrow();
        files.write(
            image,
            journal.stamp(image.position()),
            () -> {
              Path copy = data.resolve("copy" + copies.size());
              copy(directory(), copy);
              copies.add(copy);
            });
      }
      assertTrue(copies.size() > 10, "pieces as they are written and as they are read back");
      for (Path copy : copies) {
        delete(directory());
        Files.move(copy, directory());
        assertEquals(expected, reopened(true));
      }
    }
  }

  @Nested
  class Erasing {
    private static final UserErased FORGET =
        new UserErased(new EventId("forget"), Instant.EPOCH, new UserId("anna"));

    private String allBytes() throws IOException {
      StringBuilder bytes = new StringBuilder();
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          bytes.append(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
      return bytes.toString();
    }

    private List<Event> events() {
      return List.of(
          ShopStoreTest.view("before-login", null, "tablet", "secret-lamp", 1),
          ShopStoreTest.view("anna-joins", "anna", "tablet", "secret-chair", 2),
          ShopStoreTest.view("anna-own", "anna", null, "secret-table", 3),
          ShopStoreTest.view("anna-too", "anna", null, "desk", 3),
          ShopStoreTest.view("bert-own", "bert", "tablet", "desk", 5));
    }

    @Test
    void nothingOfTheUserIsInOlderOrNewerSnapshots() throws IOException {
      try (ShopStore store = open()) {
        store.append(events());
        assertTrue(store.snapshot());
        assertTrue(allBytes().contains("secret"));
        store.append(List.of(FORGET));
        assertEquals(List.of(), snapshots());
        assertTrue(store.snapshot());
        String bytes = Files.readString(snapshots().getFirst(), StandardCharsets.ISO_8859_1);
        assertTrue(bytes.contains("desk") && bytes.contains("bert"), "what is kept is there");
        assertFalse(allBytes().contains("secret"));
        assertFalse(allBytes().contains("anna"));
      }
      assertSnapshotsChangeNothing(false);
    }

    @Test
    void anErasureThatWasCutOffIsFinishedAtTheNextStart() throws IOException {
      try (ShopStore store = open()) {
        store.append(events());
        assertTrue(store.snapshot());
      }
      try (RocksJournal journal = RocksJournal.open(data.resolve("shops/default/journal"))) {
        journal.append(List.of(FORGET));
      }
      open().close();
      assertFalse(allBytes().contains("secret"));
      assertFalse(allBytes().contains("anna"));
    }

    @Test
    void aSnapshotOfBeforeAnErasureThatAnotherProgramDidIsNotUsed() throws IOException {
      try (ShopStore store = open()) {
        store.append(events());
        store.append(new RandomShop(5, 3, 0).events(10));
        assertTrue(store.snapshot());
      }
      try (RocksJournal journal = RocksJournal.open(data.resolve("shops/default/journal"))) {
        journal.erase(new long[] {0, 1, 2, 3});
      }
      try (ShopStore store = open()) {
        assertFalse(RandomShop.seen(store.state(), true).contains("secret"));
      }
    }
  }
}
