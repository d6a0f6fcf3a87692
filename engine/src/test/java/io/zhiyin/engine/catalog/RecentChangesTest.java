package io.zhiyin.engine.catalog;

import static io.zhiyin.engine.catalog.RecentChanges.KEPT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The recent changes of a catalogue")
class RecentChangesTest {
  private final RecentChanges changes = new RecentChanges();

  private static Optional<BitSet> of(int... items) {
    BitSet set = new BitSet();
    for (int item : items) {
      set.set(item);
    }
    return Optional.of(set);
  }

  @Test
  @DisplayName("are those after a version, each item once")
  void afterAVersion() {
    assertEquals(of(), changes.since(0));
    changes.add(7);
    changes.add(1_000_000);
    changes.add(7);
    assertEquals(3, changes.version());
    assertEquals(of(7, 1_000_000), changes.since(0));
    assertEquals(of(7), changes.since(2));
    assertEquals(of(), changes.since(3));
  }

  @Test
  @DisplayName("are not known when there were more than are kept")
  void tooMany() {
    for (int item = 1; item < KEPT; item++) {
      changes.add(item);
    }
    assertEquals(KEPT - 1, changes.since(0).orElseThrow().cardinality());
    changes.add(KEPT);
    assertEquals(Optional.empty(), changes.since(0));
    assertEquals(KEPT - 1, changes.since(1).orElseThrow().cardinality());
    changes.add(3);
    assertEquals(Optional.empty(), changes.since(1));
    assertEquals(of(KEPT, 3), changes.since(KEPT - 1));
  }

  @Test
  @DisplayName("are not known from before a catalogue was restored")
  void restored() {
    changes.restore(50);
    assertEquals(50, changes.version());
    assertEquals(of(), changes.since(50));
    assertEquals(Optional.empty(), changes.since(49));
    assertEquals(Optional.empty(), changes.since(-1));
    changes.add(4);
    assertEquals(of(4), changes.since(50));
  }

  @Test
  @DisplayName("leave none out while more come")
  void whileMoreCome() throws Exception {
    int all = 400 * KEPT;
    try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
      Future<?> written =
          writer.submit(
              () -> {
                for (int change = 1; change <= all; change++) {
                  changes.add(change); // each of an item of its own
                }
              });
      long now = 0;
      while (now < all) {
        now = changes.version();
        long old = Math.max(0, now - KEPT + 1); // the next change takes the place of its first
        Optional<BitSet> since = changes.since(old);
        if (since.isPresent()) {
          BitSet items = since.get();
          assertTrue(items.nextClearBit((int) old + 1) > now, "one is left out");
          assertTrue(items.isEmpty() || items.nextSetBit(0) > old, "one is of before");
        }
      }
      assertEquals(KEPT - 1, changes.since(all - KEPT + 1).orElseThrow().cardinality());
      written.get();
    }
  }
}
