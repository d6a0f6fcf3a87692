package io.zhiyin.engine.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextVectorsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final TextEncoders BOTH =
      new TextEncoders(
          List.of(new WordBag("latin", Script.LATIN, 509), new WordBag("han", Script.HAN, 16)));

  private final Catalog catalog = new Catalog();

  private int put(String id, @Nullable String title) {
    ItemId item = new ItemId(id);
    ItemFields fields =
        new ItemFields(
            title, null, null, null, null, null, null, null, null, null, null, null, null, null);
    catalog.apply(new CatalogEvent.ItemPut(new EventId("put-" + id), NOON, item, fields));
    return catalog.vocabulary().indexOf(item);
  }

  private TextVectors encoded() {
    return TextVectors.encode(catalog, BOTH, TextVectors.Progress.SILENT);
  }

  @Test
  void itemsThatSayTheSameAreNear() {
    int red = put("red", "red nail polish");
    int blue = put("blue", "blue nail polish");
    int comb = put("comb", "wooden comb");
    TextVectors vectors = encoded();
    assertEquals(2 / 3f, vectors.similarity(red, blue), 1e-6f);
    assertEquals(1, vectors.similarity(red, red), 1e-6f);
    assertEquals(0, vectors.similarity(red, comb), 1e-6f);
  }

  @Test
  void itemsOfDifferentEncodersAreNotComparable() {
    int english = put("a", "red nail polish");
    int chinese = put("b", "红色指甲油");
    TextVectors vectors = encoded();
    assertEquals(2, vectors.spaces().size());
    assertTrue(vectors.has(english) && vectors.has(chinese));
    assertEquals(0, vectors.similarity(english, chinese));
  }

  @Test
  void anItemWithoutAReadableTextHasNoVector() {
    int untitled = put("untitled", null);
    int blank = put("blank", "  ");
    int russian = put("russian", "Крем для рук");
    int titled = put("titled", "hand cream");
    TextVectors vectors = encoded();
    assertFalse(vectors.has(untitled) || vectors.has(blank) || vectors.has(russian));
    assertFalse(vectors.has(-1) || vectors.has(titled + 1));
    assertEquals(1, vectors.count());
    assertEquals(0, vectors.similarity(untitled, titled));
    assertEquals(0, TextVectors.NONE.similarity(0, 1));
  }

  @Test
  void likenessToSeveralItemsIsTheWeightedSumOfTheCosines() {
    int[] items = new int[1_200];
    for (int i = 0; i < items.length; i++) {
      items[i] =
          i % 7 == 0 ? put("i" + i, "第" + i + "号 商品") : put("i" + i, "word" + i % 5 + " item" + i);
    }
    TextVectors vectors = encoded();
    int[] liked = {items[3], items[7], items[8]};
    float[] weights = {1, 0.5f, 0.25f};
    float[] scores = new float[items.length - 1];
    scores[0] = 10;
    vectors.addLikeness(liked, weights, scores);
    for (int item = 0; item < scores.length; item++) {
      float expected = item == 0 ? 10 : 0;
      for (int j = 0; j < liked.length; j++) {
        expected += weights[j] * vectors.similarity(item, liked[j]);
      }
      assertEquals(expected, scores[item], 1e-5f);
    }
  }

  @Test
  void centringTakesOffWhatAllTextsShare() {
    int a = put("a", "shop brand red lipstick");
    int b = put("b", "shop brand blue comb");
    TextVectors vectors = encoded();
    assertEquals(0.5f, vectors.similarity(a, b), 1e-6f);
    assertEquals(-1, vectors.centred().similarity(a, b), 1e-5f);
    put("lonely", "孤");
    float[] lonely = encoded().centred().spaces().get(1).matrix();
    assertArrayEquals(new float[16], lonely);
  }

  @Test
  void progressGoesUpToTheWhole() {
    for (int i = 0; i < 450; i++) {
      put("i" + i, "word" + i);
    }
    ConcurrentLinkedQueue<Integer> heard = new ConcurrentLinkedQueue<>();
    TextVectors.encode(catalog, BOTH, (done, total) -> heard.add(done * 1000 / total));
    assertTrue(heard.contains(1000));
    assertTrue(heard.size() <= 226, () -> heard.size() + " lines");
  }

  @Test
  void oneScriptHasOneReader() {
    List<WordBag> two =
        List.of(new WordBag("one", Script.HAN, 4), new WordBag("two", Script.HAN, 4));
    assertThrows(IllegalArgumentException.class, () -> new TextEncoders(two));
    assertTrue(TextEncoders.NONE.forText("anything").isEmpty());
  }
}
