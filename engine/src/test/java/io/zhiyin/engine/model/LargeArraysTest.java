package io.zhiyin.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.Titles;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.ContentIndex;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.kernel.nn.VectorTable;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A thread that makes or copies an array reaches no safepoint meanwhile: see
/// [io.zhiyin.kernel.vector.Blocks].
@DisplayName("No array of more than 4 MiB is made")
class LargeArraysTest {
  private static final int ITEMS = 100_000;
  private static final int SIZE = 64;
  private static final long MOST = 4 << 20;

  private final Catalog catalog = new Catalog();
  private final SplittableRandom random = new SplittableRandom(1);

  /// The largest array that this thread makes meanwhile, in bytes.
  private static long largestOf(Path directory, Runnable work) throws IOException {
    Path file = directory.resolve("arrays.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ObjectAllocationOutsideTLAB").withoutStackTrace();
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    long id = Thread.currentThread().threadId();
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getThread() != null && event.getThread().getJavaThreadId() == id)
        .mapToLong((RecordedEvent event) -> event.getLong("allocationSize"))
        .max()
        .orElse(0);
  }

  private static ItemId id(int item) {
    return new ItemId("i" + item);
  }

  @Test
  @DisplayName("where one of 8 MB is, it is seen")
  void seen(@TempDir Path directory) throws IOException {
    long[][] kept = new long[1][];
    assertTrue(largestOf(directory, () -> kept[0] = new long[1_000_000]) >= 8_000_000);
    assertEquals(1_000_000, kept[0].length);
  }

  @Test
  @DisplayName("of the vectors of many items, when they are laid out and grouped, and one comes")
  void vectors(@TempDir Path directory) throws IOException {
    float[] weights = new float[ITEMS * SIZE];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat() - 0.5f;
    }
    VectorTable trained = new VectorTable(ITEMS, SIZE, FloatBuffer.wrap(weights));
    List<ItemId> items = IntStream.range(0, ITEMS).mapToObj(LargeArraysTest::id).toList();
    items.forEach(catalog.vocabulary()::add);
    long largest =
        largestOf(
            directory,
            () -> {
              ItemVectors vectors = new ItemVectors(catalog, trained, items, Optional.empty());
              vectors.snapshot();
              assertTrue(vectors.group(() -> List.of(new float[SIZE])).isPresent());
              catalog.vocabulary().add(new ItemId("new"));
              assertEquals(ITEMS + 1, vectors.snapshot().size());
            });
    assertTrue(largest > MOST / 2 && largest <= MOST, largest + " bytes");
  }

  @Test
  @DisplayName("of what many items say")
  void content(@TempDir Path directory) throws IOException {
    for (int item = 0; item < ITEMS; item++) {
      StringBuilder title = new StringBuilder();
      for (int word = 0; word < 6; word++) {
        title.append(" w").append(random.nextInt(5000));
      }
      Titles.put(catalog, id(item), title.toString());
    }
    long largest =
        largestOf(directory, () -> assertEquals(ITEMS, ContentIndex.fit(catalog).bound()));
    assertTrue(largest > MOST / 2 && largest <= MOST, largest + " bytes");
  }
}
