package io.zhiyin.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(60);

  private final Catalog catalog = new Catalog();

  private void put(String id, ItemFields fields) {
    catalog.apply(new CatalogEvent.ItemPut(new EventId("put-" + id), NOON, new ItemId(id), fields));
  }

  private void patch(String id, ItemFields fields) {
    catalog.apply(
        new CatalogEvent.ItemPatch(new EventId("patch-" + id), LATER, new ItemId(id), fields));
  }

  private Item item(String id) {
    return catalog.find(new ItemId(id)).orElseThrow();
  }

  private boolean showable(String id, Instant now) {
    return catalog.isShowable(catalog.vocabulary().indexOf(new ItemId(id)), now);
  }

  private static ItemFields titled(String title, Double price, Integer stock) {
    return new ItemFields(
        title,
        null,
        List.of("Beauty > Nails"),
        null,
        price,
        null,
        stock,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static ItemFields times(Instant publish, Instant expire, Boolean available) {
    return new ItemFields(
        null, null, null, null, null, null, null, available, null, null, null, null, publish,
        expire);
  }

  @Nested
  class Changes {
    @Test
    void aPutReplacesTheWholeItem() {
      put("a", titled("Polish", 9.5, 3));
      put("a", titled("Lacquer", null, null));
      assertEquals("Lacquer", item("a").title());
      assertTrue(Double.isNaN(item("a").price()));
      assertEquals(1, catalog.documents());
    }

    @Test
    void aPatchKeepsWhatItDoesNotGive() {
      put("a", titled("Polish", 9.5, 3));
      patch("a", titled(null, 8.0, null));
      assertEquals("Polish", item("a").title());
      assertEquals(8.0, item("a").price());
      assertEquals(3, item("a").fields().stock());
      assertEquals(NOON, item("a").firstSeen());
    }

    @Test
    void aDeleteTakesTheItemButKeepsItsIndex() {
      put("a", titled("Polish", 9.5, 3));
      catalog.apply(new CatalogEvent.ItemDelete(new EventId("d"), LATER, new ItemId("a")));
      assertTrue(catalog.find(new ItemId("a")).isEmpty());
      assertEquals(0, catalog.vocabulary().indexOf(new ItemId("a")));
      assertFalse(showable("a", NOON));
      put("a", titled("Polish again", 9.5, 3));
      assertEquals(0, item("a").index());
      assertTrue(showable("a", NOON));
    }

    @Test
    void growPastTheFirstThousandItems() {
      for (int i = 0; i < 5_000; i++) {
        put("i" + i, titled("t" + i, 1.0, 1));
      }
      assertEquals(5_000, catalog.documents());
      assertEquals("t4999", item("i4999").title());
      assertNull(catalog.at(5_000));
      assertNull(catalog.at(-1));
      assertNotNull(catalog.at(0));
    }
  }

  @Nested
  class TimesOfPublication {
    @Test
    void areThoseOfTheItems() {
      put("a", times(NOON, null, null));
      int a = catalog.vocabulary().indexOf(new ItemId("a"));
      assertEquals(NOON.toEpochMilli(), catalog.publishedMillis(a));
      put("a", times(LATER, null, null));
      assertEquals(LATER.toEpochMilli(), catalog.publishedMillis(a));
      for (int i = 0; i < 3_000; i++) {
        put("i" + i, titled("t" + i, 1.0, 1));
      }
      for (int i = 0; i < catalog.indexBound(); i++) {
        assertEquals(catalog.at(i).publishedMillis(), catalog.publishedMillis(i));
      }
    }

    @Test
    void areLaterThanAnyWithoutADocument() {
      put("a", times(NOON, null, null));
      int a = catalog.vocabulary().indexOf(new ItemId("a"));
      catalog.apply(new CatalogEvent.ItemDelete(new EventId("gone"), LATER, new ItemId("a")));
      int named = catalog.vocabulary().add(new ItemId("only-named"));
      for (int index : new int[] {a, named, -1, 1_000_000}) {
        assertEquals(Catalog.NO_TIME, catalog.publishedMillis(index));
      }
    }
  }

  @Nested
  class Showable {
    @Test
    void untilItsStockIsGone() {
      put("a", titled("Polish", 9.5, 1));
      assertTrue(showable("a", NOON));
      patch("a", titled(null, null, 0));
      assertFalse(showable("a", NOON));
    }

    @Test
    void fromItsPublishTimeToItsExpiry() {
      put("a", times(NOON, LATER, null));
      assertFalse(showable("a", NOON.minusMillis(1)));
      assertTrue(showable("a", NOON));
      assertFalse(showable("a", LATER));
    }

    @Test
    void fromYearsThatMillisecondsCannotCount() {
      put("never", times(Instant.MAX, null, null));
      put("always", times(Instant.MIN, Instant.MAX, null));
      assertFalse(showable("never", NOON));
      assertTrue(showable("always", NOON));
      assertTrue(item("always").publishedMillis() < NOON.toEpochMilli());
      assertTrue(item("never").publishedMillis() > NOON.toEpochMilli());
    }

    @Test
    void notWhenHidden() {
      put("a", times(null, null, false));
      assertFalse(showable("a", NOON));
    }

    @Test
    void withoutADocumentOnlyInAShopThatKeepsNoCatalogue() {
      int named = catalog.vocabulary().add(new ItemId("only-named"));
      assertTrue(catalog.isShowable(named, NOON));
      put("a", titled("Polish", 9.5, 1));
      assertFalse(catalog.isShowable(named, NOON));
    }
  }

  @Nested
  class Categories {
    @Test
    void areNodesFromTheRoot() {
      put("a", titled("Polish", 9.5, 1));
      int beauty = catalog.categories().nodeOf("Beauty");
      int nails = catalog.categories().nodeOf("Beauty > Nails");
      assertArrayEquals(new int[] {beauty, nails}, item("a").categoryPath());
      assertEquals(nails, item("a").category());
      assertEquals("Beauty > Nails", catalog.categories().pathOf(nails));
    }

    @Test
    void thatNobodyNamedAreMinusOne() {
      assertEquals(-1, catalog.categories().nodeOf("Garden"));
      assertThrows(IndexOutOfBoundsException.class, () -> catalog.categories().pathOf(0));
    }
  }

  @Nested
  class VocabularyOfItems {
    @Test
    void givesIndicesInTheOrderOfFirstNaming() {
      Vocabulary vocabulary = new Vocabulary();
      assertEquals(0, vocabulary.add(new ItemId("b")));
      assertEquals(1, vocabulary.add(new ItemId("a")));
      assertEquals(0, vocabulary.add(new ItemId("b")));
      assertEquals(2, vocabulary.size());
      assertEquals(new ItemId("a"), vocabulary.idOf(1));
      assertEquals(Vocabulary.UNKNOWN, vocabulary.indexOf(new ItemId("c")));
      assertThrows(IndexOutOfBoundsException.class, () -> vocabulary.idOf(2));
    }
  }
}
