package io.zhiyin.engine.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.zhiyin.engine.Titles;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.RankedItems;
import io.zhiyin.engine.catalog.TopItems;
import io.zhiyin.engine.event.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Vectors in blocks are the same as in one:")
class ContentRowsTest {
  private static final int ITEMS = 300;
  private static final int ROWS = 1 << 12;
  private static final String[] WORDS = "red blue oak chair table lamp gear wheel".split(" ");

  private final Catalog catalog = new Catalog();

  /// Items of one word to twelve; one in three has no document, nor have the last ones.
  @BeforeEach
  void items() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ITEMS; i++) {
      ItemId id = new ItemId("i" + i);
      catalog.vocabulary().add(id);
      if (i % 3 != 0 && i < ITEMS - 5) {
        List<String> title = new ArrayList<>();
        for (int words = random.nextInt(1, 13); words > 0; words--) {
          title.add(WORDS[random.nextInt(WORDS.length)]);
        }
        Titles.put(catalog, id, String.join(" ", title));
      }
    }
  }

  private static List<String> entries(ContentRows rows) {
    List<String> entries = new ArrayList<>();
    rows.forEach((item, row, weight) -> entries.add(item + " " + row + " " + weight));
    return entries;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 24, 100, 101, 5000})
  @DisplayName("each item's vector, and what is computed of it")
  void vectors(int mostNumbers) {
    ContentFeatures features = ContentFeatures.fit(catalog, ROWS);
    ContentRows whole = ContentRows.read(catalog, features, 1);
    ContentRows blocks = ContentRows.read(catalog, features, 1, mostNumbers);
    assertEquals(whole.size(), blocks.size());
    assertEquals(entries(whole), entries(blocks));
    SparseVector other = whole.vector(1);
    float[] laid = new float[features.rows()];
    for (int i = 0; i < other.size(); i++) {
      laid[other.rows()[i]] = other.weights()[i];
    }
    for (int item = 0; item < ITEMS; item++) {
      boolean has = item % 3 != 0 && item < ITEMS - 5;
      assertEquals(has, blocks.has(item), "item " + item);
      SparseVector expected = has ? features.of(catalog.at(item)) : SparseVector.ZERO;
      assertArrayEquals(expected.rows(), blocks.vector(item).rows());
      assertArrayEquals(expected.weights(), blocks.vector(item).weights());
      assertEquals(expected.dot(expected), blocks.square(item));
      assertEquals(other.dot(expected), blocks.dot(laid, item));
    }
    assertFalse(blocks.has(-1));
    assertFalse(blocks.has(ITEMS));
  }

  private static RankedItems first(Postings postings, int row, int length) {
    Sums sums = new Sums(ITEMS);
    postings.addFirst(row, length, 2, sums);
    TopItems top = new TopItems(ITEMS);
    sums.drainTo(top);
    return top.ranked();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 5000})
  @DisplayName("the items of each feature, the first of them, and what it tells")
  void postings(int perBlock) {
    ContentRows rows = ContentRows.read(catalog, ContentFeatures.fit(catalog, ROWS), 1);
    Postings whole = new Postings(rows, ROWS);
    Postings blocks = new Postings(rows, ROWS, perBlock);
    assertArrayEquals(whole.telling(), blocks.telling());
    for (int row = 0; row < ROWS; row++) {
      assertEquals(whole.length(row), blocks.length(row));
      float[] expected = new float[ITEMS];
      float[] given = new float[ITEMS];
      whole.addAll(row, 2, expected);
      blocks.addAll(row, 2, given);
      assertArrayEquals(expected, given);
      RankedItems some = first(whole, row, 9);
      assertArrayEquals(some.items(), first(blocks, row, 9).items());
      assertEquals(Math.min(9, whole.length(row)), some.items().length);
    }
  }
}
