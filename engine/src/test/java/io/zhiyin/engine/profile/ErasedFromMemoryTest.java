package io.zhiyin.engine.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.UserErased;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looks for what an erased shopper did in all of this process's heap.
class ErasedFromMemoryTest {
  private static final int ENOUGH_TO_KNOW_IT = 24;

  /// What is looked for is not to be found with whoever looks.
  private static final int HIDDEN = 0x5a;

  private final Vocabulary vocabulary = new Vocabulary();

  @TempDir private Path folder;

  @Test
  void nothingOfAnErasedShopperStaysWhereItWasTakenApart() throws IOException {
    int[] places = IntStream.range(0, RandomEvents.ITEMS).toArray();
    IntStream.of(places).forEach(i -> vocabulary.add(new ItemId("i" + i)));
    ProfileFold fold = new ProfileFold(vocabulary);
    RandomEvents.withRefusals(11, 2_000, 1, 1).stream()
        .filter(event -> event.header().visitor() == null) // read by itself, not with others
        .forEach(fold::apply);
    Shopper.User shopper = (Shopper.User) fold.shoppers().findFirst().get();
    hiddenMiddle(fold.image(places));
    byte[] written = hiddenMiddle(fold.image(places)); // who did nothing between two rests as this
    int events = fold.historyOf(shopper).size();
    assertTrue(events > ENOUGH_TO_KNOW_IT, events + " events");
    assertTrue(holds(heap("before"), written), "looked for in the wrong place");

    fold.apply(new UserErased(new EventId("erase"), Instant.EPOCH, shopper.id()));

    assertEquals(0, fold.historyOf(shopper).size());
    assertFalse(holds(heap("after"), written), "something of the shopper stays in the heap");
  }

  /// Some bytes out of the middle of the largest piece.
  private static byte[] hiddenMiddle(ProfileImage image) throws IOException {
    AtomicReference<byte[]> found = new AtomicReference<>(new byte[0]);
    int[] largest = {0};
    image.writeTo(
        (_, piece) -> {
          if (piece.length > largest[0]) {
            largest[0] = piece.length;
            byte[] hidden = new byte[ENOUGH_TO_KNOW_IT];
            for (int i = 0; i < hidden.length; i++) {
              hidden[i] = (byte) (piece[piece.length / 2 + i] ^ HIDDEN);
            }
            found.set(hidden);
          }
        });
    return found.get();
  }

  private byte[] heap(String name) throws IOException {
    Path file = folder.resolve(name + ".hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), true);
    return Files.readAllBytes(file);
  }

  private static boolean holds(byte[] heap, byte[] hidden) {
    for (int at = 0; at + hidden.length <= heap.length; at++) {
      int i = 0;
      while (i < hidden.length && heap[at + i] == (byte) (hidden[i] ^ HIDDEN)) {
        i++;
      }
      if (i == hidden.length) {
        return true;
      }
    }
    return false;
  }
}
