package io.zhiyin.engine.recall;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.RankedItems;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.content.ContentIndex;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.recommend.Shop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of the shopper's items, the one that speaks loudest for another")
class SpeakersTest {
  private static final int ITEMS = 60;
  private static final String[] WORDS = {"red", "oak", "lamp", "chair", "silk", "tea", "green"};

  private final SplittableRandom random = new SplittableRandom(11);
  private final Shop shop = new Shop();
  private final int[] all = IntStream.range(0, ITEMS).toArray();

  /// Made in any order, so that a number is not a place.
  private final int[] asked = IntStream.range(0, ITEMS).map(i -> i * 7 % ITEMS).toArray();

  private Query query;
  private List<History> histories;

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private History history(EventKind kind) {
    return Shop.history(kind, random.ints(12, 0, ITEMS).toArray());
  }

  private History boughtAtOnce() {
    int[] items = random.ints(4, 0, ITEMS).toArray();
    return History.of(EventKind.PURCHASE_COMPLETE, items, new long[items.length]);
  }

  @BeforeEach
  void shop() {
    for (int item : all) {
      shop.put("i" + item, word() + " " + word() + " " + item, "C > " + word(), word(), 10 + item);
    }
    histories = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      histories.add(history(EventKind.DETAIL_PAGE_VIEW));
      histories.add(boughtAtOnce());
    }
    query = shop.query("home-feed", history(EventKind.ADD_TO_CART), 10);
  }

  /// How loud a shopper's item speaks for another, 0 where it does not.
  private interface Loudness {
    float of(int seed, int item);
  }

  /// Beside what asking each of them about each item gives.
  private void assertLoudest(CandidateSource source, int[] seeds, Loudness loudness) {
    assertTrue(seeds.length > 3);
    int[] speakers = source.forRequest(query).because(query, asked);
    int spokenFor = 0;
    for (int i = 0; i < asked.length; i++) {
      int item = asked[i];
      float loudest = 0;
      for (int seed : seeds) {
        loudest = Math.max(loudest, loudness.of(seed, item));
      }
      if (loudest == 0) {
        assertEquals(Vocabulary.UNKNOWN, speakers[i], "of item " + item);
      } else {
        assertEquals(loudest, loudness.of(speakers[i], item), 1e-6f, "of item " + item);
        spokenFor++;
      }
    }
    assertTrue(spokenFor > 10, spokenFor + " were spoken for");
    assertArrayEquals(speakers, source.because(query, asked));
    assertEquals(0, source.because(query, new int[0]).length);
  }

  private static float strength(RankedItems neighbours, int item) {
    return IntStream.range(0, neighbours.size())
        .filter(i -> neighbours.item(i) == item)
        .mapToObj(neighbours::strength)
        .findFirst()
        .orElse(0f);
  }

  private static Map<Integer, Float> weights(LastItems speakers) {
    Map<Integer, Float> weights = new HashMap<>();
    speakers.forEach(weights::put);
    return weights;
  }

  @Test
  @DisplayName("by where shoppers go from it")
  void transitions() {
    TransitionIndex index = TransitionIndex.fit(histories, Shop.NOW);
    LastItems speakers = index.speakers(query.profile().history());
    Map<Integer, Float> weights = weights(speakers);
    assertLoudest(
        new TransitionSource(index),
        speakers.items(),
        (seed, item) -> weights.get(seed) * strength(index.neighbours(seed, ITEMS), item));
  }

  @Test
  @DisplayName("by what is bought with it")
  void baskets() {
    BasketIndex index = BasketIndex.fit(histories);
    assertLoudest(
        new BasketSource(index),
        Seeds.basket(query),
        (seed, item) -> strength(index.neighbours(seed, ITEMS), item));
  }

  @Test
  @DisplayName("by what it says, where an item does not speak for itself")
  void content() {
    ContentIndex index = ContentIndex.fit(shop.catalog());
    int late = shop.put("late", "red lamp of oak", "C > tea", "silk", 5);
    asked[3] = late;
    LastItems speakers = new Taste(index, shop.catalog(), query.profile().history()).speakers();
    Map<Integer, Float> weights = weights(speakers);
    assertLoudest(
        new ContentSource(index),
        speakers.items(),
        (seed, item) ->
            seed == item
                ? 0
                : weights.get(seed)
                    * index.vector(shop.catalog(), item).dot(index.vector(shop.catalog(), seed)));
  }

  @Test
  @DisplayName("is nobody where evidence does not come from items")
  void nobody() {
    int[] speakers = new RecentlyViewedSource().because(query, asked);
    assertTrue(Arrays.stream(speakers).allMatch(speaker -> speaker == Vocabulary.UNKNOWN));
  }
}
