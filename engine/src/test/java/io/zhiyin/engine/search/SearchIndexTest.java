package io.zhiyin.engine.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SearchIndexTest {
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");

  private final Catalog catalog = new Catalog();
  private final SearchIndex index = new SearchIndex(catalog);

  @BeforeEach
  void fill() {
    put("pot", "Cast iron teapot", "铸铁茶壶", "Home > Tea", "Iwachu", 49.0, "Keeps tea warm");
    put("cup", "Tea cups, set of four", "茶杯四件套", "Home > Tea", "Muji", 19.0, "Porcelain");
    put("lamp", "Desk lamp", "红色台灯", "Home > Lamps", "Muji", 35.0, "For reading and tea time");
    put("dress", "Summer dress in red", "红色连衣裙", "Clothes > Dresses", "Uniqlo", 29.0, "Linen");
    put("coffee", "Espresso machine", "意式咖啡机", "Home > Coffee", "DeLonghi", 199.0, "15 bar");
  }

  @AfterEach
  void close() {
    index.close();
  }

  private void put(
      String id, String title, String zh, String category, String brand, double price, String d) {
    ItemFields fields =
        new ItemFields(
            title,
            d,
            List.of(category),
            brand,
            price,
            "CNY",
            5,
            null,
            "en",
            null,
            null,
            Map.of("title_zh", zh),
            null,
            null);
    apply(id, fields);
  }

  private void apply(String id, ItemFields fields) {
    catalog.apply(new CatalogEvent.ItemPut(new EventId("e"), NOW, new ItemId(id), fields));
    index.update(catalog.vocabulary().indexOf(new ItemId(id)));
  }

  private Found search(String text, Narrowing narrowing) {
    return index.search(text, narrowing, item -> catalog.isShowable(item, NOW), _ -> 0, 200);
  }

  private List<String> ids(String text) {
    return ids(search(text, Narrowing.NONE));
  }

  private List<String> ids(Found found) {
    return Arrays.stream(found.items())
        .mapToObj(item -> catalog.vocabulary().idOf(item).value())
        .toList();
  }

  @Nested
  class InEnglish {
    @Test
    void endingsCaseAndAccentsDoNotMatter() {
      assertEquals(List.of("cup"), ids("CUP"));
      assertEquals(List.of("coffee"), ids("éspresso machines"));
      assertEquals(List.of("dress"), ids("dresses"));
    }

    @Test
    void titlesGoBeforeDescriptions() {
      List<String> found = ids("tea");
      assertEquals("cup", found.getFirst());
      assertTrue(found.indexOf("cup") < found.indexOf("lamp"), found.toString());
    }

    @Test
    void allWordsAreAskedForAndMostOfThemWhereNothingHasAll() {
      assertEquals(List.of("dress"), ids("red dress"));
      assertEquals(List.of("lamp"), ids("desk lamp purple"));
      assertEquals(List.of(), ids("purple unicorn"));
    }

    @Test
    void wordsInQuotationMarksFollowOneAnother() {
      assertEquals(List.of("pot"), ids("\"cast iron\""));
      assertEquals(List.of(), ids("\"iron cast\""));
      assertEquals(List.of("pot"), ids("teapot “cast iron”"));
    }
  }

  @Nested
  class InChinese {
    @Test
    void pairsOfCharactersAreFoundAndSingleOnes() {
      assertEquals(List.of("coffee"), ids("咖啡机"));
      assertEquals(List.of("cup"), ids("茶杯"));
      assertEquals(2, ids("茶").size());
    }

    @Test
    void theOrderOfWordsAndTheirParticleDoNotMatter() {
      assertEquals("dress", ids("连衣裙 红色").getFirst());
      assertEquals("dress", ids("红色的连衣裙").getFirst());
    }

    @Test
    void oneWrongCharacterIsForgiven() {
      assertEquals("coffee", ids("咖非机").getFirst());
    }

    @Test
    void quotedCharactersAreAPhrase() {
      assertEquals(List.of("coffee"), ids("“咖啡机”"));
      assertEquals(List.of(), ids("“机咖啡”"));
    }
  }

  @Nested
  class AWordThatTheShopDoesNotHave {
    @Test
    void isTakenForTheLikeliest() {
      Found found = search("expresso machien", Narrowing.NONE);
      assertEquals(List.of("coffee"), ids(found));
      assertEquals("espresso machine", found.correctedQuery().orElseThrow());
      assertEquals("cups", search("cpus", Narrowing.NONE).correctedQuery().orElseThrow());
    }

    @Test
    void isLeftAloneWhenItIsLikeNone() {
      assertTrue(search("zebra", Narrowing.NONE).correctedQuery().isEmpty());
      assertTrue(search("tea", Narrowing.NONE).correctedQuery().isEmpty());
    }
  }

  @Nested
  class Changes {
    @Test
    void areFoundByTheNextSearch() {
      put("bowl", "Matcha bowl", "抹茶碗", "Home > Tea", "Iwachu", 25, "");
      assertEquals(List.of("bowl"), ids("matcha"));
      put("bowl", "Rice bowl", "饭碗", "Home > Tea", "Iwachu", 25, "");
      assertEquals(List.of(), ids("matcha"));
      assertEquals(List.of("bowl"), ids("饭碗"));
    }

    @Test
    void thatHideAnItemHideItAtOnceInListsAndCounts() {
      catalog.apply(new CatalogEvent.ItemDelete(new EventId("d"), NOW, new ItemId("cup")));
      Found found = search("茶", Narrowing.NONE); // the index does not know yet; the catalogue does
      assertEquals(List.of("pot"), ids(found));
      assertEquals(1, found.total());
      index.update(catalog.vocabulary().indexOf(new ItemId("cup")));
      assertEquals(4, index.size());
      assertEquals(List.of("pot"), ids("茶"));
    }

    @Test
    void thatHideAnItemTakeItsWordsOutToo() {
      ItemFields hidden =
          new ItemFields(
              "Secret gadget",
              null,
              null,
              null,
              null,
              null,
              null,
              false,
              null,
              null,
              null,
              null,
              null,
              null);
      apply("secret", hidden);
      assertTrue(search("secrat", Narrowing.NONE).correctedQuery().isEmpty());
    }
  }

  @Nested
  class Facets {
    @Test
    void countWhatWouldBeFoundIfTheyWereChosen() {
      Found found = search("tea", new Narrowing("", "Muji", 0, Double.POSITIVE_INFINITY));
      assertEquals(List.of("cup", "lamp"), ids(found));
      assertEquals(2, found.total());
      assertTrue(found.brands().contains(new Found.Count("Iwachu", 1)), "of the brand not chosen");
      assertTrue(found.categories().contains(new Found.Count("Home > Lamps", 1)));
    }

    @Test
    void narrowByCategoryWithItsChildrenAndByPrice() {
      assertEquals(1, search("红色", new Narrowing("Home", "", 0, 100)).total());
      assertEquals(List.of("cup"), ids(search("tea", new Narrowing("", "", 10, 20))));
      assertEquals(0, search("tea", new Narrowing("Garden", "", 0, 1e9)).total());
    }
  }

  @Nested
  class Suggestions {
    private List<Suggestion> complete(String text, String language) {
      return index.complete(text, language, item -> catalog.isShowable(item, NOW), _ -> 0, 8);
    }

    @Test
    void beginLikeTheLastWord() {
      assertEquals("Tea cups, set of four", complete("cups", "en").getFirst().text());
      List<Suggestion> found = complete("mu", "en");
      assertTrue(found.contains(new Suggestion(Suggestion.Kind.BRAND, "Muji", "Muji")));
      assertTrue(
          complete("desk la", "en")
              .contains(new Suggestion(Suggestion.Kind.ITEM, "Desk lamp", "lamp")));
    }

    @Test
    void speakTheLanguageAsked() {
      assertEquals("意式咖啡机", complete("咖", "zh").getFirst().text());
    }

    @Test
    void leaveOutWhatMayNotBeShown() {
      assertEquals(List.of(), index.complete("esp", "en", _ -> false, _ -> 0, 8));
    }
  }

  @Nested
  class HostileQueries {
    @Test
    void areRefusedWhenEmptyOrTooLong() {
      assertThrows(InvalidFieldException.class, () -> ids(" \t"));
      assertThrows(InvalidFieldException.class, () -> ids("x".repeat(201)));
      assertThrows(InvalidFieldException.class, () -> search("x", new Narrowing("", "", 5, 4)));
    }

    @Test
    void areTextLikeAnyOther() {
      for (String hostile :
          List.of(
              "*",
              "***a*",
              "title:*",
              "a AND NOT",
              "((((",
              "\"",
              "\"\"",
              "”“",
              "[a TO z]",
              "~10",
              "\\",
              "\u0000",
              "\ud800",
              "😀😀",
              "a".repeat(200),
              "茶".repeat(200),
              "/.*/")) {
        assertTrue(search(hostile, Narrowing.NONE).total() >= 0, hostile);
        assertTrue(index.complete(hostile, "en", _ -> true, _ -> 0, 8).size() <= 8, hostile);
      }
    }

    @Test
    void drawnAtRandomAreAnswered() {
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 0; i < 500; i++) {
        StringBuilder text = new StringBuilder("q");
        for (int k = random.nextInt(40); k >= 0; k--) {
          text.append(
              random.nextInt(3) == 0
                  ? "\"*?~茶杯 的“”:()".charAt(random.nextInt(13))
                  : (char) random.nextInt(0xffff));
        }
        assertTrue(search(text.toString(), Narrowing.NONE).total() >= 0);
      }
    }
  }
}
