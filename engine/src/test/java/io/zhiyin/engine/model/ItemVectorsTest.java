package io.zhiyin.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.kernel.index.ExactIndex;
import io.zhiyin.kernel.index.QuantisedIndex;
import io.zhiyin.kernel.nn.VectorTable;
import io.zhiyin.kernel.vector.TopK;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ItemVectorsTest {
  private static final int SIZE = 3;
  private static final int ITEMS = 100;

  private final Catalog catalog = new Catalog();

  /// Vectors of all items that will ever be, longer for later ones; searched rounded from 40 on.
  private final ItemVectors vectors =
      new ItemVectors(catalog, trained(), items(), Optional.empty(), 40);

  private static VectorTable trained() {
    float[] weight = new float[ITEMS * SIZE];
    for (int i = 0; i < ITEMS; i++) {
      weight[i * SIZE] = 1 + i;
      weight[i * SIZE + 1] = -i;
    }
    return new VectorTable(ITEMS, SIZE, FloatBuffer.wrap(weight));
  }

  private static List<ItemId> items() {
    return IntStream.range(0, ITEMS).mapToObj(i -> new ItemId("i" + i)).toList();
  }

  private void know(int upTo) {
    for (int i = 0; i < upTo; i++) {
      catalog.vocabulary().add(new ItemId("i" + i));
    }
  }

  private TopK best(int k) {
    TopK best = new TopK(k);
    vectors.snapshot().index().search(new float[] {1, 0.5f, 0}, k, best);
    return best;
  }

  @Nested
  @DisplayName("A search")
  class Search {
    @Test
    @DisplayName("is exact over few items and rounded over many, with exact scores in both")
    void byNumber() {
      know(10);
      assertInstanceOf(ExactIndex.class, vectors.snapshot().index());
      assertEquals(9, best(1).row(0));
      assertEquals(10 - 4.5f, best(1).score(0));
      know(60);
      assertInstanceOf(QuantisedIndex.class, vectors.snapshot().index());
      assertEquals(59, best(1).row(0));
      assertEquals(60 - 29.5f, best(1).score(0));
    }

    @Test
    @DisplayName("has an item as soon as the catalogue names it, at every number of items")
    void atOnce() {
      for (int n = 1; n <= ITEMS; n++) {
        know(n);
        TopK best = best(2);
        assertEquals(n - 1, best.row(0), "of " + n);
        assertEquals(Math.min(2, n), best.size());
      }
    }

    @Test
    @DisplayName("a snapshot taken before does not see what came after")
    void snapshots() {
      know(50);
      ItemVectors.Snapshot before = vectors.snapshot();
      know(51);
      assertEquals(50, best(1).row(0));
      TopK best = new TopK(100);
      before.index().search(new float[] {1, 0, 0}, 100, best);
      assertEquals(50, best.size());
      assertEquals(49, best.row(0));
      assertFalse(before.has(50));
    }
  }

  @Test
  @DisplayName(
      "An item has its trained vector whether the catalogue knew it before or names it later")
  void knownAndLater() {
    Catalog own = new Catalog();
    own.vocabulary().add(new ItemId("i7"));
    own.vocabulary().add(new ItemId("new"));
    own.vocabulary().add(new ItemId("i3"));
    ItemVectors read = new ItemVectors(own, trained(), items(), Optional.empty(), 40);
    own.vocabulary().add(new ItemId("i5"));
    own.vocabulary().add(new ItemId("newer"));
    ItemVectors.Snapshot snapshot = read.snapshot();
    assertArrayEquals(new float[] {8, -7, 0}, snapshot.matrix().get(0));
    assertFalse(snapshot.has(1));
    assertArrayEquals(new float[] {4, -3, 0}, snapshot.matrix().get(2));
    assertArrayEquals(new float[] {6, -5, 0}, snapshot.matrix().get(3));
    assertFalse(snapshot.has(4));
  }
}
