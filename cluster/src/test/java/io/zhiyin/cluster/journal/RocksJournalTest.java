package io.zhiyin.cluster.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventCodec;
import io.zhiyin.engine.event.Journal.Outcome;
import io.zhiyin.engine.event.UnreadableRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksJournalTest {
  @TempDir Path directory;

  private RocksJournal open() throws IOException {
    return RocksJournal.open(directory);
  }

  @Nested
  class Appending {
    @Test
    void offsetsStartAtZeroAndHaveNoGaps() throws IOException {
      try (RocksJournal journal = open()) {
        assertEquals(0, journal.end());
        assertEquals(
            List.of(new Outcome(0, false), new Outcome(1, false)),
            journal.append(List.of(Views.view("a", "u"), Views.view("b", "u"))));
        assertEquals(
            List.of(new Outcome(1, true), new Outcome(2, false), new Outcome(2, true)),
            journal.append(
                List.of(Views.view("b", "u"), Views.view("c", "u"), Views.view("c", "u"))));
        assertEquals(3, journal.end());
        assertEquals(List.of("a", "b", "c"), Views.ids(journal));
      }
    }

    @Test
    void nothingGivenIsNothingDone() throws IOException {
      try (RocksJournal journal = open()) {
        assertEquals(List.of(), journal.append(List.of()));
      }
    }

    @Test
    void theSameEventFromManyThreadsAtOnceIsThereOnce()
        throws IOException, InterruptedException, ExecutionException {
      int threads = 8;
      List<Event> followed = new ArrayList<>();
      try (RocksJournal journal = open();
          ExecutorService pool = Executors.newFixedThreadPool(threads)) {
        journal.follow((_, event) -> followed.add(event));
        for (int round = 0; round < 50; round++) {
          List<Event> events = List.of(Views.view("x" + round, "u"), Views.view("y" + round, "u"));
          CyclicBarrier together = new CyclicBarrier(threads);
          Callable<List<Outcome>> call =
              () -> {
                together.await();
                return journal.append(events);
              };
          List<Future<List<Outcome>>> calls = new ArrayList<>();
          for (int i = 0; i < threads; i++) {
            calls.add(pool.submit(call));
          }
          int fresh = 0;
          for (Future<List<Outcome>> each : calls) {
            assertEquals(2L * round, each.get().getFirst().offset());
            fresh += each.get().getFirst().duplicate() ? 0 : 1;
          }
          assertEquals(1, fresh);
        }
        assertEquals(100, journal.end());
        assertEquals(100, new HashSet<>(Views.ids(journal)).size());
        assertEquals(100, followed.size());
      }
    }

    @Test
    void theFollowerHasSeenAnEventBeforeItsCallerIsWoken() throws IOException {
      List<Long> seen = new ArrayList<>();
      try (RocksJournal journal = open()) {
        journal.follow((offset, _) -> seen.add(offset));
        for (long i = 0; i < 100; i++) {
          journal.append(List.of(Views.view("e" + i, "u")));
          assertEquals(i, seen.getLast());
        }
      }
    }

    @Test
    void afterClosingItIsRefused() throws IOException {
      RocksJournal journal = open();
      journal.close();
      journal.close();
      IOException refused =
          assertThrows(IOException.class, () -> journal.append(List.of(Views.view("a", "u"))));
      assertEquals("The journal in " + directory + " is closed.", refused.getMessage());
      assertThrows(IOException.class, () -> journal.read(0, (_, _) -> {}));
    }

    @Test
    void aFollowerThatFailsStopsTheJournalAndTheEventIsThereAfterReopening() throws IOException {
      try (RocksJournal journal = open()) {
        journal.follow(
            (_, _) -> {
              throw new IllegalStateException("the fold broke");
            });
        IOException failed =
            assertThrows(IOException.class, () -> journal.append(List.of(Views.view("a", "u"))));
        assertEquals(
            "The journal in "
                + directory
                + " takes no more events since a write failed (the fold broke): see to the disk,"
                + " then start the program again.",
            failed.getMessage());
        assertThrows(IOException.class, () -> journal.append(List.of(Views.view("b", "u"))));
      }
      try (RocksJournal journal = open()) {
        assertEquals(List.of("a"), Views.ids(journal));
      }
    }
  }

  @Nested
  class Reopening {
    @Test
    void eventsAndTheirIdsAreKnownAgain() throws IOException {
      try (RocksJournal journal = open()) {
        journal.append(List.of(Views.view("a", "u"), Views.view("b", "u")));
      }
      try (RocksJournal journal = open()) {
        assertEquals(2, journal.end());
        assertEquals(List.of(new Outcome(1, true)), journal.append(List.of(Views.view("b", "u"))));
        assertEquals(List.of(new Outcome(2, false)), journal.append(List.of(Views.view("c", "u"))));
        List<Long> offsets = new ArrayList<>();
        journal.read(1, (offset, _) -> offsets.add(offset));
        assertEquals(List.of(1L, 2L), offsets);
      }
    }
  }

  @Nested
  class Damage {
    private String refusal() throws IOException {
      try (RocksJournal journal = open()) {
        return assertThrows(IOException.class, () -> Views.ids(journal)).getMessage();
      }
    }

    @Test
    void aFlippedByteInARecordIsRefused() throws IOException {
      try (RocksJournal journal = open()) {
        journal.append(List.of(Views.view("a", "u"), Views.view("b", "u")));
        byte[] record = EventCodec.encode(Views.view("b", "u"));
        record[10] ^= 4;
        journal.files().putRaw(1, record);
      }
      assertEquals(
          "Journal "
              + directory
              + ", offset 1: An event record is damaged (its checksum does not match): stop the"
              + " program and restore the data directory from a backup.",
          refusal());
    }

    @Test
    void aNewerRecordIsRefused() throws IOException {
      try (RocksJournal journal = open()) {
        journal.append(List.of(Views.view("a", "u")));
        journal.files().putRaw(1, new byte[] {9, 1, 2, 3, 4, 5, 6});
      }
      assertEquals(
          "Journal "
              + directory
              + ", offset 1: An event record has format 9, and this program reads formats up to 1:"
              + " start a newer version of Zhiyin on this data.",
          refusal());
    }

    @Test
    void aMissingRecordIsRefused() throws IOException {
      try (RocksJournal journal = open()) {
        journal.append(List.of(Views.view("a", "u")));
        journal.files().putRaw(2, EventCodec.encode(Views.view("c", "u")));
      }
      assertEquals(
          "Journal "
              + directory
              + " has no record at offset 1: it is damaged; restore the data directory from a"
              + " backup.",
          refusal());
    }

    @Test
    void aBrokenFileOfTheStoreIsRefused() throws IOException {
      try (RocksJournal journal = open()) {
        for (int i = 0; i < 100; i++) {
          journal.append(List.of(Views.view("e" + i, "u")));
        }
      }
      try (Stream<Path> files = Files.list(directory)) {
        Path log = files.filter(f -> f.toString().endsWith(".log")).findFirst().orElseThrow();
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 3] ^= 1;
        Files.write(log, bytes);
      }
      String refused = assertThrows(DataRefusedException.class, this::openAndClose).getMessage();
      assertTrue(refused.startsWith("The journal in " + directory + " is damaged"), refused);
    }

    private void openAndClose() throws IOException {
      open().close();
    }

    @Test
    void anUnreadableRecordIsItsOwnKindOfFailure() throws IOException {
      try (RocksJournal journal = open()) {
        journal.files().putRaw(0, new byte[] {1});
      }
      try (RocksJournal journal = open()) {
        assertThrows(UnreadableRecordException.class, () -> Views.ids(journal));
      }
    }
  }
}
