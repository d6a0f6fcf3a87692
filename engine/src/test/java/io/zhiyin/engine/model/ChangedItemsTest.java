package io.zhiyin.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.Titles;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.content.Script;
import io.zhiyin.engine.content.TextEncoder;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.content.WordBag;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.nn.VectorTable;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The vector of an item that changed")
class ChangedItemsTest {
  private static final int SIZE = 4;
  private static final int ROWS = 64;

  /// More than a catalogue remembers the changes of.
  private static final int ITEMS = 6_000;

  private final SplittableRandom random = new SplittableRandom(3);
  private final Catalog catalog = new Catalog();

  /// What happens while a text is read, once each.
  private final ConcurrentLinkedQueue<Runnable> meanwhile = new ConcurrentLinkedQueue<>();

  private final ContentProjection content = content();
  private final ItemVectors vectors =
      new ItemVectors(
          catalog,
          new VectorTable(0, SIZE, FloatBuffer.allocate(0)),
          List.of(),
          Optional.of(content));

  /// Reads words, and lets something happen at the same time.
  private record Interrupted(TextEncoder words, ConcurrentLinkedQueue<Runnable> meanwhile)
      implements TextEncoder {
    @Override
    public String id() {
      return words.id();
    }

    @Override
    public Script script() {
      return words.script();
    }

    @Override
    public int size() {
      return words.size();
    }

    @Override
    public float[] encode(String text) {
      float[] vector = words.encode(text);
      Runnable next = meanwhile.poll();
      if (next != null) {
        next.run();
      }
      return vector;
    }
  }

  private ContentProjection content() {
    TextEncoder reader = new Interrupted(new WordBag("words", Script.LATIN, SIZE), meanwhile);
    float[] idf = new float[ROWS];
    Arrays.fill(idf, 1);
    Safetensors tensors =
        new Safetensors()
            .put("content.idf", idf, ROWS)
            .put("content.weight", numbers(ROWS * SIZE), ROWS, SIZE)
            .put(TextProjection.tensor("words", "mean"), new float[SIZE], SIZE)
            .put(TextProjection.tensor("words", "weight"), numbers(SIZE * SIZE), SIZE, SIZE);
    return ContentProjection.load(tensors, ROWS, SIZE, new TextEncoders(List.of(reader)))
        .orElseThrow();
  }

  private float[] numbers(int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private void put(int item, String title) {
    Titles.put(catalog, new ItemId("i" + item), title);
  }

  /// By what its document says now, without or with what its text says.
  private void assertSays(int item, boolean withText) {
    Item document = catalog.at(item);
    float[] expected = new float[SIZE];
    if (document != null && withText) {
      content.projectReading(document, expected, 0);
    } else if (document != null) {
      content.project(document, expected, 0);
    }
    assertArrayEquals(expected, vectors.snapshot().matrix().get(item), "of item " + item);
  }

  @BeforeEach
  void shop() {
    for (int item = 0; item < ITEMS; item++) {
      put(item, "chair number " + item);
    }
    vectors.readTexts();
  }

  @Test
  @DisplayName("says in the next request what its document says")
  void one() {
    put(5, "a table");
    assertSays(5, false);
    assertSays(4, true);
    assertSays(6, true);
    put(ITEMS - 1, "a sofa");
    put(ITEMS, "a new lamp");
    assertSays(ITEMS - 1, false);
    assertSays(ITEMS, false);
    assertEquals(ITEMS + 1, vectors.snapshot().size());
  }

  @Test
  @DisplayName("does so when more changed since the last request than are remembered")
  void many() {
    for (int item = 0; item < ITEMS; item++) {
      put(item, "table number " + item);
    }
    for (int item = 0; item < ITEMS; item += 100) {
      assertSays(item, false);
    }
    assertEquals(ITEMS, vectors.readTexts());
    for (int item = 0; item < ITEMS; item += 100) {
      assertSays(item, true);
    }
  }

  @Test
  @DisplayName("is none once the item is deleted")
  void deleted() {
    catalog.apply(
        new CatalogEvent.ItemDelete(new EventId("gone"), Instant.EPOCH, new ItemId("i7")));
    ItemVectors.Snapshot now = vectors.snapshot();
    assertFalse(now.has(7));
    assertTrue(now.has(8));
    put(7, "chair number 7");
    assertTrue(vectors.snapshot().has(7));
  }

  @Test
  @DisplayName("says nothing of a text that was replaced while it was read")
  void replacedWhileRead() {
    put(9, "a bench");
    vectors.snapshot();
    meanwhile.add(() -> put(9, "a wardrobe"));
    vectors.readTexts();
    assertSays(9, false);
    vectors.readTexts();
    assertSays(9, true);

    put(9, "a stool");
    vectors.snapshot();
    meanwhile.add(
        () -> {
          put(9, "a shelf");
          vectors.snapshot(); // a request between the change and the reading's end
        });
    vectors.readTexts();
    assertSays(9, false);
    vectors.readTexts();
    assertSays(9, true);
  }
}
