package io.zhiyin.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.kernel.index.ClusteredIndex;
import io.zhiyin.kernel.index.ExactIndex;
import io.zhiyin.kernel.index.QuantisedIndex;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.nn.VectorTable;
import io.zhiyin.kernel.vector.TopK;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Items grouped by nearness")
class ItemGroupsTest {
  private static final int SIZE = 8;
  private static final int ITEMS = 60_000;
  private static final int KINDS = 300;
  private static final int CONTENT_ROWS = 64;
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final SplittableRandom random = new SplittableRandom(5);
  private final float[] weights = weights();
  private final Catalog catalog = new Catalog();
  private final Safetensors content = content();
  private final ItemVectors vectors = vectors(weights);
  private @TempDir Path directory;

  private ItemVectors vectors(float[] trained) {
    return new ItemVectors(
        catalog,
        new VectorTable(ITEMS, SIZE, FloatBuffer.wrap(trained)),
        items(),
        ContentProjection.load(content, CONTENT_ROWS, SIZE, TextEncoders.NONE));
  }

  private float[] numbers(int length, double scale) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (float) (scale * random.nextGaussian());
    }
    return x;
  }

  private float[] weights() {
    float[] kinds = numbers(KINDS * SIZE, 1);
    float[] weights = numbers(ITEMS * SIZE, 0.2);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += kinds[i / SIZE % KINDS * SIZE + i % SIZE];
    }
    return weights;
  }

  private static List<ItemId> items() {
    return IntStream.range(0, ITEMS).mapToObj(i -> new ItemId("i" + i)).toList();
  }

  private Safetensors content() {
    float[] idf = new float[CONTENT_ROWS];
    Arrays.fill(idf, 1);
    return new Safetensors()
        .put("content.idf", idf, CONTENT_ROWS)
        .put("content.weight", numbers(CONTENT_ROWS * SIZE, 1), CONTENT_ROWS, SIZE);
  }

  private List<float[]> shoppers(int n) {
    List<float[]> shoppers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int item = random.nextInt(ITEMS) * SIZE;
      shoppers.add(Arrays.copyOfRange(weights, item, item + SIZE));
    }
    return shoppers;
  }

  private void put(String id, String title) {
    ItemFields fields =
        new ItemFields(
            title, null, List.of(), null, null, null, null, true, "en", null, null, null, null,
            null);
    catalog.apply(new CatalogEvent.ItemPut(new EventId(id + title), NOON, new ItemId(id), fields));
  }

  private TopK best(float[] query, int k) {
    TopK best = new TopK(k);
    vectors.snapshot().index().search(query, k, best);
    return best;
  }

  private float[] vectorOf(String id) {
    int item = catalog.vocabulary().indexOf(new ItemId(id));
    return vectors.snapshot().matrix().get(item);
  }

  /// How often the item is among those that its own vector finds.
  private int found(String id) {
    int item = catalog.vocabulary().indexOf(new ItemId(id));
    TopK best = best(vectorOf(id), 5_000);
    int times = 0;
    for (int i = 0; i < best.size(); i++) {
      times += best.row(i) == item ? 1 : 0;
    }
    return times;
  }

  @BeforeEach
  void grouped() {
    put("old", "a chair of oak");
    for (int i = 0; i < ITEMS; i++) {
      catalog.vocabulary().add(new ItemId("i" + i));
    }
    assertInstanceOf(QuantisedIndex.class, vectors.snapshot().index());
    assertTrue(vectors.group(() -> shoppers(50)).isPresent());
  }

  @Test
  @DisplayName("are searched for an item from when it has a document until it has none")
  void fromDocumentToDeletion() {
    ItemId id = new ItemId("named");
    int named = catalog.vocabulary().add(id);
    assertFalse(vectors.snapshot().has(named));
    put("named", "a chair");
    ItemVectors.Snapshot before = vectors.snapshot();
    assertTrue(before.has(named));
    assertEquals(1, found("named"));
    catalog.apply(new CatalogEvent.ItemDelete(new EventId("gone"), NOON, id));
    assertFalse(vectors.snapshot().has(named));
    assertTrue(before.has(named), "a request under way sees what it began with");
  }

  @Test
  @DisplayName("are searched in part, and 97 of the best 100 of other shoppers are found")
  void recall() {
    ItemVectors.Snapshot now = vectors.snapshot();
    assertInstanceOf(ClusteredIndex.class, now.index());
    ExactIndex exact = new ExactIndex(now.size(), now.matrix());
    int found = 0;
    for (float[] query : shoppers(50)) {
      TopK expected = new TopK(100);
      exact.search(query, 100, expected);
      BitSet of = new BitSet();
      for (int i = 0; i < expected.size(); i++) {
        of.set(expected.row(i));
      }
      TopK best = best(query, 100);
      for (int i = 0; i < best.size(); i++) {
        found += of.get(best.row(i)) ? 1 : 0;
      }
    }
    assertTrue(found >= 50 * 97, found + " of 5000");
  }

  @Test
  @DisplayName("are not grouped again until many came or changed")
  void again() {
    assertTrue(vectors.group(() -> shoppers(50)).isEmpty());
    for (int i = 0; i < ITEMS / 15; i++) {
      put("late" + i, "word" + i);
    }
    assertTrue(vectors.group(() -> shoppers(50)).isPresent());
  }

  @Test
  @DisplayName("have one that comes later in the next search")
  void later() {
    put("new", "a very very large table of many words, none of them known before");
    assertEquals(1, found("new"));
  }

  @Test
  @DisplayName("keep what changed before while they take note of what changes since")
  void since() {
    ItemVectors.Snapshot before = vectors.snapshot();
    int old = catalog.vocabulary().indexOf(new ItemId("old"));
    BitSet earlier = new BitSet();
    earlier.set(5);
    ItemGroups groups = Objects.requireNonNull(before.groups());
    put("old", "a red bicycle with three gears");
    ItemGroups since =
        new ItemGroups(groups.clusters(), groups.share(), earlier)
            .since(before, vectors.snapshot());
    assertEquals(Set.of(5, old), since.changed().stream().boxed().collect(Collectors.toSet()));
  }

  @Test
  @DisplayName("leave a request under way the vector that an item had when it began")
  void underWay() {
    int old = catalog.vocabulary().indexOf(new ItemId("old"));
    ItemVectors.Snapshot before = vectors.snapshot();
    float[] vector = before.matrix().get(old);
    float[] rounded = Objects.requireNonNull(before.bytes()).get(old);
    put("old", "a red bicycle with three gears");
    assertFalse(Arrays.equals(vector, vectors.snapshot().matrix().get(old)));
    assertArrayEquals(vector, before.matrix().get(old));
    assertArrayEquals(rounded, before.bytes().get(old));
  }

  @Test
  @DisplayName("have one that changes where it is now, in the next search")
  void changes() {
    float[] before = vectorOf("old");
    for (String title : List.of("wine", "a red bicycle with three gears", "blue paint for walls")) {
      put("old", title);
      assertNotEquals(Arrays.toString(before), Arrays.toString(vectorOf("old")));
      assertEquals(1, found("old"), title);
    }
  }

  @Test
  @DisplayName("are grouped as before after a start, and what differs by then is found too")
  void restart() throws IOException {
    put("old", "wine");
    Path file = directory.resolve("groups/m1.groups");
    vectors.saveGroups(file);
    ItemVectors restarted = vectors(weights);
    put("old", "a red bicycle with three gears");
    put("new", "blue paint for walls");
    assertTrue(restarted.recallGroups(file));
    assertFalse(restarted.recallGroups(file), "they are there");
    assertInstanceOf(ClusteredIndex.class, restarted.snapshot().index());
    assertTrue(restarted.group(() -> shoppers(50)).isEmpty());
    for (float[] query : shoppers(20)) {
      TopK best = new TopK(100);
      restarted.snapshot().index().search(query, 100, best);
      TopK before = best(query, 100);
      for (int i = 0; i < 100; i++) {
        assertEquals(before.row(i), best.row(i));
      }
    }
    for (String id : List.of("old", "new")) {
      int item = catalog.vocabulary().indexOf(new ItemId(id));
      TopK best = new TopK(1_000);
      restarted.snapshot().index().search(vectorOf(id), 1_000, best);
      assertTrue(
          IntStream.range(0, best.size()).anyMatch(i -> best.row(i) == item), id + " is found");
    }
  }

  @Test
  @DisplayName("are not taken up again where most of them are others now")
  void others() throws IOException {
    Path file = directory.resolve("m1.groups");
    vectors.saveGroups(file);
    float[] other = weights.clone();
    for (int i = 0; i < ITEMS / 10 * SIZE; i++) {
      other[i] += 1;
    }
    ItemVectors restarted = vectors(other);
    assertFalse(restarted.recallGroups(file));
    assertInstanceOf(QuantisedIndex.class, restarted.snapshot().index());
    assertTrue(restarted.group(() -> shoppers(50)).isPresent());
  }

  @Test
  @DisplayName("are not taken from a file that is damaged or cut off")
  void damaged() throws IOException {
    Path file = directory.resolve("m1.groups");
    vectors.saveGroups(file);
    byte[] good = Files.readAllBytes(file);
    ItemVectors restarted = vectors(weights);
    for (int at : new int[] {0, 5, 9, 13, 17, 25, good.length / 2, good.length - 1}) {
      byte[] bad = good.clone();
      bad[at] ^= 0x40;
      Files.write(file, bad);
      assertThrows(IOException.class, () -> restarted.recallGroups(file), "byte " + at);
      Files.write(file, Arrays.copyOf(good, at));
      assertThrows(IOException.class, () -> restarted.recallGroups(file), "cut at " + at);
    }
    Files.write(file, good);
    restarted.recallGroups(file);
    assertInstanceOf(ClusteredIndex.class, restarted.snapshot().index());
  }
}
