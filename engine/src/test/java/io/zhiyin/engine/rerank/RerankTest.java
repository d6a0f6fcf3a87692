package io.zhiyin.engine.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Reranker;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.recommend.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RerankTest {
  private final Shop shop = new Shop();

  /// Candidates with scores falling by 0.1 from 1.
  private final List<Candidate> ranked = new ArrayList<>();

  private void ranked(String category, String brand) {
    int item = shop.put("i" + ranked.size(), "Thing", category, brand, 10);
    Candidate candidate = new Candidate(item);
    candidate.score(1 - 0.1f * ranked.size());
    ranked.add(candidate);
  }

  private List<Integer> order(Reranker reranker, int n) {
    Query query = shop.query("home-feed", History.EMPTY, n);
    return reranker.rerank(query, ranked).stream().map(Candidate::item).toList();
  }

  @Nested
  class Likeness {
    @Test
    void isHalfTheSharedLevelsAndHalfTheBrand() {
      ranked("Beauty > Nails > Polish", "Muji");
      ranked("Beauty > Nails > Files", "Muji");
      ranked("Beauty > Nails > Polish", "Opi");
      ranked("Home", "");
      ranked("Home", "");
      assertEquals(0.5 * 2 / 3 + 0.5, likeness(0, 1), 1e-12);
      assertEquals(0.5, likeness(0, 2), 1e-12);
      assertEquals(0, likeness(0, 3));
      assertEquals(0.5, likeness(3, 4)); // no brand is not the same brand
      assertEquals(1, likeness(0, 0));
    }

    private double likeness(int a, int b) {
      return ItemLikeness.of(shop.catalog().at(a), shop.catalog().at(b));
    }
  }

  @Nested
  class Diversity {
    @Test
    void mixesCategoriesMoreTheFurtherTheDialIsTurned() {
      for (int i = 0; i < 4; i++) {
        ranked("A", "X");
      }
      ranked("B", "Y");
      assertEquals(List.of(0, 1, 2, 3, 4), order(new Mmr(0), 3));
      assertEquals(List.of(0, 4, 1, 2, 3), order(new Mmr(0.6), 3));
      assertEquals(List.of(0, 1, 2, 3, 4), order(new Mmr(0.1), 3));
    }

    @Test
    void losesAndDoublesNothing() {
      Random random = new Random(7);
      for (int i = 0; i < 200; i++) {
        ranked("C" + random.nextInt(5) + " > D" + random.nextInt(5), "B" + random.nextInt(8));
      }
      for (int n : new int[] {1, 10, 100, 200}) {
        List<Integer> order = order(new Mmr(0.5), n);
        assertEquals(200, order.stream().distinct().count());
        assertEquals(200, order.size());
      }
    }

    @Test
    void ofNothingIsNothing() {
      assertEquals(List.of(), order(new Mmr(0.5), 10));
    }

    @Test
    void turnsFrom0To1() {
      assertThrows(IllegalArgumentException.class, () -> new Mmr(1.1));
      assertThrows(IllegalArgumentException.class, () -> new Mmr(Double.NaN));
    }
  }

  @Nested
  class ADeterminant {
    /// Worked by hand: S of the second with the first is 0.5, so the second is worth `0.5 · (1 -
    /// dial) + dial · ln(1 - 0.25)` and the third, unlike both, `0 · (1 - dial) + 0`.
    @Test
    void weighsRelevanceAgainstTheLogOfWhatIsLeft() {
      ranked("A", "X");
      ranked("A", "Y");
      ranked("B", "Z");
      assertEquals(List.of(0, 1, 2), order(new Dpp(0), 3));
      assertEquals(List.of(0, 1, 2), order(new Dpp(0.5), 3)); // 0.25 - 0.144 > 0
      assertEquals(List.of(0, 2, 1), order(new Dpp(0.7), 3)); // 0.15 - 0.201 < 0
    }

    /// After the first and the last, `A, Z` is half like each of them (1 - 0.25 - 0.25 is left) and
    /// `A, Y` half like one (1 - 0.25 is left). MMR sees a half both times.
    @Test
    void looksAtTheWholeListWhereMmrLooksAtTheMostAlike() {
      ranked("A", "X");
      ranked("A", "Z");
      ranked("A", "Y");
      ranked("B", "Z");
      assertEquals(List.of(0, 3, 2, 1), order(new Dpp(1), 4));
      assertEquals(List.of(0, 3, 1, 2), order(new Mmr(1), 4));
    }

    @Test
    void leavesTwinsForTheEnd() {
      ranked("A", "X");
      ranked("A", "X");
      ranked("A", "X");
      ranked("B", "Y");
      assertEquals(List.of(0, 3, 1, 2), order(new Dpp(0.5), 4));
    }

    @Test
    void losesAndDoublesNothing() {
      Random random = new Random(7);
      for (int i = 0; i < 200; i++) {
        ranked("C" + random.nextInt(5) + " > D" + random.nextInt(5), "B" + random.nextInt(8));
      }
      for (int n : new int[] {1, 10, 100, 200}) {
        List<Integer> order = order(new Dpp(0.5), n);
        assertEquals(200, order.stream().distinct().count());
        assertEquals(200, order.size());
      }
    }
  }

  @Nested
  class Caps_ {
    @Test
    void moveWhatIsTooMuchOfABrandBehindTheRest() {
      ranked("A", "X");
      ranked("B", "X");
      ranked("C", "X");
      ranked("D", "Y");
      assertEquals(List.of(0, 1, 3, 2), order(new Caps(0.5, 1), 4));
    }

    @Test
    void moveWhatIsTooMuchOfACategoryBehindTheRest() {
      ranked("A", "X");
      ranked("A", "Y");
      ranked("A", "Z");
      ranked("B", "X");
      assertEquals(List.of(0, 3, 1, 2), order(new Caps(1, 0.25), 4));
    }

    @Test
    void doNotCountItemsWithoutABrand() {
      ranked("A", "");
      ranked("B", "");
      ranked("C", "");
      assertEquals(List.of(0, 1, 2), order(new Caps(0.3, 1), 3));
    }

    @Test
    void doNotCountItemsOutsideTheCatalogue() {
      for (int i = 0; i < 3; i++) {
        ranked.add(new Candidate(i));
      }
      assertEquals(List.of(0, 1, 2), order(new Caps(0.3, 0.3), 3));
    }

    @Test
    void countNothingThatIsOverAnotherCap() {
      ranked("A", "X");
      ranked("B", "X"); // over, by its brand
      ranked("B", "Y");
      ranked("B", "Z"); // over, by its category
      ranked("C", "Z");
      assertEquals(List.of(0, 2, 4, 1, 3), order(new Caps(0.2, 0.2), 5));
    }

    @Test
    void lookNoFurtherThanFourLists() {
      ranked("A", "X");
      ranked("A", "X");
      for (int i = 0; i < 3; i++) {
        ranked("B" + i, "Y" + i);
      }
      ranked("A", "X");
      ranked("A", "X");
      assertEquals(List.of(0, 2, 3, 4, 5, 6, 1), order(new Caps(0.5, 0.5), 1));
    }

    @Test
    void holdInShopsWithManyCategories() {
      for (int i = 0; i < 400; i++) {
        ranked("C" + i % 200, "B" + i % 200);
      }
      List<Integer> first = order(new Caps(0.01, 0.01), 100).subList(0, 200);
      assertEquals(IntStream.range(0, 200).boxed().toList(), first);
    }
  }
}
