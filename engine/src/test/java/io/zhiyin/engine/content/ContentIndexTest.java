package io.zhiyin.engine.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.RankedItems;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ContentIndexTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final Catalog catalog = new Catalog();

  private int put(String id, ItemFields fields) {
    ItemId item = new ItemId(id);
    catalog.apply(new CatalogEvent.ItemPut(new EventId("put-" + id), NOON, item, fields));
    return catalog.vocabulary().indexOf(item);
  }

  private int put(String id, String title) {
    return put(id, fields(title, null, null, null));
  }

  private static ItemFields fields(String title, String category, String brand, Double price) {
    List<String> categories = category == null ? null : List.of(category);
    return new ItemFields(
        title,
        null,
        categories,
        brand,
        price,
        "CNY",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private float similarity(ItemFields a, ItemFields b) {
    ContentFeatures features = ContentFeatures.fit(catalog, 1 << 12);
    return features.of(a).dot(features.of(b));
  }

  @Nested
  class AnItemsVector {
    @Test
    void hasLengthOneAndRisingRows() {
      int item = put("1", fields("Red nail polish 红色指甲油", "Beauty > Nails", "OPI", 19.9));
      SparseVector vector = ContentFeatures.fit(catalog, 1 << 15).of(catalog.at(item));
      assertEquals(1, vector.dot(vector), 1e-6);
      for (int i = 1; i < vector.size(); i++) {
        assertTrue(vector.rows()[i - 1] < vector.rows()[i]);
      }
    }

    @Test
    void weighsRareWordsMore() {
      put("1", "red shoe");
      put("2", "red coat");
      put("3", "red hat");
      SparseVector shoe = ContentFeatures.fit(catalog, 1 << 12).of(catalog.at(0));
      SparseVector red = ContentFeatures.fit(catalog, 1 << 12).of(fields("red", null, null, null));
      // idf: red log(1 + 3/3), shoe and the pair log(1 + 3/1), the pair at half
      double red1 = Math.log(2);
      double rare = Math.log(4);
      double length = Math.sqrt(red1 * red1 + rare * rare + rare * rare / 4);
      assertEquals(red1 / length, shoe.dot(red), 1e-6);
    }

    @Test
    void isZeroForADocumentThatSaysNothing() {
      put("1", "shoe");
      ContentFeatures features = ContentFeatures.fit(catalog, 1 << 12);
      assertTrue(features.of(ItemFields.NONE).isZero());
      assertTrue(features.of(fields("unheard", null, null, null)).isZero());
    }

    @Test
    void isNotWateredDownByUnknownWords() {
      put("1", "shoe");
      assertEquals(
          1,
          similarity(fields("shoe", null, null, null), fields("shoe unheard of", null, null, null)),
          1e-6);
    }

    @Test
    void readsEqualWordsOfDifferentFieldsApart() {
      put("1", fields("apple", null, null, null));
      put("2", fields(null, null, "apple", null));
      assertEquals(0, similarity(catalog.at(0).fields(), catalog.at(1).fields()));
    }

    @Test
    void findsNearPricesAlike() {
      ItemFields cheap = fields(null, null, null, 10.0);
      ItemFields near = fields(null, null, null, 11.5);
      ItemFields dear = fields(null, null, null, 900.0);
      put("1", cheap);
      put("2", near);
      put("3", dear);
      assertTrue(similarity(cheap, near) > 0.3);
      assertEquals(0, similarity(cheap, dear));
    }

    @Test
    void sharesTheUpperLevelsOfACategory() {
      ItemFields polish = fields(null, "Beauty > Nails > Polish", null, null);
      ItemFields files = fields(null, "Beauty > Nails > Files", null, null);
      ItemFields soap = fields(null, "Beauty > Bath", null, null);
      put("1", polish);
      put("2", files);
      put("3", soap);
      assertTrue(similarity(polish, files) > similarity(polish, soap));
      assertTrue(similarity(polish, soap) > 0);
    }

    @Test
    void leavesRecordNumbersAndProseAmongTheAttributesOut() {
      Map<String, String> attributes =
          Map.of("colour", "red", "skuId", "123", "story", "a long tale ".repeat(10));
      ItemFields fields =
          new ItemFields(
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              attributes,
              null,
              null);
      put("1", fields);
      assertEquals(1, ContentFeatures.fit(catalog, 1 << 12).of(fields).size());
    }
  }

  @Nested
  class FittedFeatures {
    @Test
    void readANewItemTheSameAfterTheirWeightsWereKeptElsewhere() {
      put("1", "red shoe");
      put("2", "blue shoe");
      ContentFeatures fitted = ContentFeatures.fit(catalog, 1 << 10);
      ContentFeatures restored = new ContentFeatures(fitted.idf());
      ItemFields fresh = fields("red blue shoe", null, null, null);
      assertArrayEquals(fitted.of(fresh).rows(), restored.of(fresh).rows());
      assertArrayEquals(fitted.of(fresh).weights(), restored.of(fresh).weights());
    }

    @Test
    void hashTheSameForEver() {
      // part of the format of saved models: these numbers must never change
      assertEquals(0x8fc25bf7487108d7L, ContentField.WORD.hash("shoe"));
      assertEquals(0x7541a1c1d47799c8L, ContentField.TAG.hash("口红"));
    }

    @Test
    void needAPowerOfTwoOfRows() {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> new ContentFeatures(new float[1000]));
      assertEquals("the number of rows must be a power of two, not 1000", e.getMessage());
    }
  }

  @Nested
  class Neighbours {
    @Test
    void areOrderedByLikenessWithoutTheItemItself() {
      int polish = put("1", "red nail polish");
      int blue = put("2", "blue nail polish");
      int file = put("3", "nail file");
      put("4", "garden hose");
      ContentIndex index = ContentIndex.fit(catalog);
      assertArrayEquals(new int[] {blue, file}, index.neighbours(polish, 10).items());
      assertArrayEquals(new int[] {blue}, index.neighbours(polish, 1).items());
    }

    @Test
    void areMeasuredTogetherAsOneByOne() {
      for (int i = 0; i < 100; i++) {
        put("i" + i, "shoe number" + i % 7 + (i % 3 == 0 ? " red" : " blue"));
      }
      ContentIndex index = ContentIndex.fit(catalog);
      int[] items = IntStream.range(-1, 103).toArray(); // more than are fetched at a time
      put("late", "blue shoe");
      FeatureSums sums = new FeatureSums();
      index.addTo(sums, catalog, 5, 0.5f);
      index.addTo(sums, catalog, 6, 0.25f);
      float[] together = new float[items.length];
      index.dots(sums, catalog, items, together);
      for (int i = 0; i < items.length; i++) {
        assertEquals(index.dot(sums, catalog, items[i]), together[i], "item " + items[i]);
      }
      assertTrue(together[101] > 0, "what came after the fit");
      assertEquals(0, together[0], "no item");
    }

    @Test
    void carryTheExactCosine() {
      int a = put("1", "red nail polish");
      int b = put("2", "blue nail polish");
      ContentIndex index = ContentIndex.fit(catalog);
      float cosine = index.vector(a).dot(index.vector(b));
      assertEquals(cosine, index.neighbours(a, 1).strength(0));
      assertEquals(cosine, index.similarity(a, b));
      assertEquals(cosine, index.similarity(b, a));
      assertEquals(1, index.similarity(a, a), 1e-6);
    }

    @Test
    void ofAnItemAddedAfterTheFitAreFoundByItsVector() {
      int polish = put("1", "red nail polish");
      put("2", "garden hose");
      ContentIndex index = ContentIndex.fit(catalog);
      int fresh = put("3", "pink nail polish");
      assertTrue(index.vector(fresh).isZero());
      assertArrayEquals(new int[] {polish}, index.similar(index.vector(catalog, fresh), 5).items());
      assertEquals(0, index.neighbours(fresh, 5).size());
    }

    @Test
    void areFoundInChineseAndEnglish() {
      int red = put("1", "红色口红 Lipstick");
      int pink = put("2", "粉色口红");
      int stick = put("3", "Matte lipstick");
      put("4", "花园水管");
      RankedItems found = ContentIndex.fit(catalog).neighbours(red, 10);
      assertEquals(
          java.util.Set.of(pink, stick),
          java.util.Set.copyOf(java.util.Arrays.stream(found.items()).boxed().toList()));
    }

    @Test
    void ofEquallyLikeItemsDoNotFollowTheIndex() {
      for (int i = 0; i < 200; i++) {
        put("i" + i, "shoe");
      }
      int[] found = ContentIndex.fit(catalog).neighbours(0, 20).items();
      assertTrue(java.util.Arrays.stream(found).max().orElseThrow() > 100);
    }

    @Test
    void areNoneInAnEmptyCatalogue() {
      ContentIndex index = ContentIndex.fit(catalog);
      assertEquals(0, index.neighbours(0, 5).size());
      assertEquals(0, index.similarity(0, 1));
      assertEquals(0, index.similar(SparseVector.ZERO, 5).size());
    }

    @Test
    void areScoredForTheWholeCatalogueLikeOneByOne() {
      for (int i = 0; i < 30; i++) {
        put("i" + i, "shoe number " + i % 7 + " size " + i % 3);
      }
      ContentIndex index = ContentIndex.fit(catalog);
      float[] sums = new float[30];
      index.addAll(index.vector(4), sums);
      for (int item = 0; item < 30; item++) {
        assertEquals(index.vector(4).dot(index.vector(item)), sums[item], 1e-5);
      }
    }
  }
}
