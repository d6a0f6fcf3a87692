package io.zhiyin.engine.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.recommend.Shop;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeRankerTest {
  /// 1 where the shopper knows the item, else −1; and the price level on top.
  private static final TreeRanker KNOWN_FIRST =
      new TreeRanker(
          new TreeEnsemble(
              new int[] {0},
              new int[] {RankFeature.OWN_COUNT.ordinal()},
              new float[] {0.1f},
              new int[] {~0},
              new int[] {~1},
              new float[] {-1, 1}));

  private final Shop shop = new Shop();
  private final int tea = shop.put("tea", "Green tea", "Food > Tea", "Longjing", 20);
  private final int pot = shop.put("pot", "Tea pot", "Home > Kitchen", "Yixing", 80);
  private final int cup = shop.put("cup", "Tea cup", "Home > Kitchen", "Yixing", 40);
  private final History history =
      History.of(
          EventKind.PURCHASE_COMPLETE,
          new int[] {pot, tea, tea},
          new long[] {1, 2, Shop.NOW.toEpochMilli() - 3_600_000});
  private final Query query = shop.query("home-feed", history, 10);
  private final RankFeatures features =
      new RankFeatures(RecallIndexes.fit(shop.catalog(), List.of(history), Shop.NOW));

  private static float[][] strengths(Evidence evidence, float... values) {
    float[][] strengths = new float[Evidence.COUNT][];
    strengths[evidence.ordinal()] = values;
    return strengths;
  }

  @Nested
  class Features {
    private float of(RankFeature feature, int candidate, float[] matrix) {
      return matrix[candidate * RankFeature.COUNT + feature.ordinal()];
    }

    @Test
    void sayWhatTheShopperDidWithTheItemAndWhenLast() {
      float[] matrix = read(strengths(Evidence.POPULAR, 1, 1, 1));
      assertEquals(1, of(RankFeature.OWN_RECENCY, 0, matrix));
      assertEquals(1 / 3f, of(RankFeature.OWN_RECENCY, 1, matrix));
      assertEquals(0, of(RankFeature.OWN_RECENCY, 2, matrix));
      assertEquals(Math.log(3), of(RankFeature.OWN_COUNT, 0, matrix), 1e-6);
      assertEquals(1, of(RankFeature.OWN_BOUGHT, 1, matrix));
      assertEquals(Math.log(3), of(RankFeature.HISTORY, 2, matrix), 1e-6);
      assertEquals(Math.log(2), of(RankFeature.HOURS_AWAY, 2, matrix), 1e-6);
    }

    @Test
    void sayHowTheItemFitsTheShoppersTaste() {
      float[] matrix = read(strengths(Evidence.POPULAR, 1, 1, 1));
      assertEquals(1 / 3f, of(RankFeature.BRAND_SHARE, 2, matrix), 1e-6);
      assertEquals(1 / 3f, of(RankFeature.CATEGORY_SHARE, 2, matrix), 1e-6);
      double mean = (Math.log(80) + 2 * Math.log(20)) / 3;
      assertEquals(Math.log(40) - mean, of(RankFeature.PRICE_LEVEL, 2, matrix), 1e-5);
      assertTrue(of(RankFeature.CONTENT_NEWEST, 2, matrix) > 0);
    }

    /// Whether own items are among the candidates must not change what is said of the others.
    @Test
    void measureGapsAndSharesAgainstItemsThatTheShopperDoesNotKnow() {
      float[] with = read(strengths(Evidence.SEQUENCE, 9, 8, 2));
      assertEquals(0, of(RankFeature.SEQUENCE_GAP, 2, with));
      assertEquals(7, of(RankFeature.SEQUENCE_GAP, 0, with));
      assertEquals(0, of(RankFeature.SEQUENCE, 2, with), 1e-6);
      float[] alone =
          features.read(
              query,
              new int[] {cup},
              strengths(Evidence.SEQUENCE, 2),
              new double[] {1},
              new int[] {0});
      assertArrayEquals(
          Arrays.copyOfRange(with, 2 * RankFeature.COUNT, 3 * RankFeature.COUNT), alone);
    }

    /// What the sequence model says of it is on another scale.
    @Test
    void sayOfAnItemThatNobodyTouchedOnlyWhatItsContentSays() {
      float[][] strengths = strengths(Evidence.SEQUENCE, 9, 8, 12);
      strengths[Evidence.POPULAR.ordinal()] = new float[] {1, 1, Float.NaN};
      float[] matrix = read(strengths);
      assertEquals(
          of(RankFeature.SEQUENCE_GAP, 1, matrix), of(RankFeature.SEQUENCE_GAP, 2, matrix));
      assertEquals(0, of(RankFeature.TRANSITIONS_NEWEST, 2, matrix));
      assertTrue(of(RankFeature.CONTENT_NEWEST, 2, matrix) > 0);
    }

    @Test
    void areOfItemsThatSomebodyTouchedWhenPopularityCameTooLate() {
      float[][] strengths = strengths(Evidence.SEQUENCE, 9, 8, 2);
      float[] without = read(strengths);
      strengths[Evidence.POPULAR.ordinal()] = new float[] {Float.NaN, Float.NaN, Float.NaN};
      assertArrayEquals(without, read(strengths));
    }

    @Test
    void areFiniteWhateverIsAbsent() {
      float[][] none = strengths(Evidence.SEQUENCE, Float.NaN, Float.NaN, Float.NaN);
      none[Evidence.CONTENT.ordinal()] = new float[] {Float.NaN, 1, Float.NEGATIVE_INFINITY};
      for (float value : read(none)) {
        assertTrue(Float.isFinite(value));
      }
    }

    private float[] read(float[][] strengths) {
      return features.read(
          query, new int[] {tea, pot, cup}, strengths, new double[] {3, 2, 1}, new int[] {0, 1, 2});
    }
  }

  @Test
  void theSecondLookReordersTheBestAndLeavesTheRestBehindThem() {
    int n = TreeRanker.DEPTH + 40;
    int[] items = new int[n];
    double[] blended = new double[n];
    for (int i = 0; i < n; i++) {
      items[i] = i < 2 ? new int[] {tea, pot}[i] : shop.put("i" + i, "item", "Other", "none", 1);
      blended[i] = i < 2 ? -100 : -i;
    }
    double[] scores =
        KNOWN_FIRST.score(query, features, items, strengths(Evidence.NEW, new float[n]), blended);
    assertEquals(1, scores[0]);
    assertEquals(1, scores[1]);
    assertEquals(-1, scores[2]);
    assertEquals(-1, scores[TreeRanker.DEPTH + 1]);
    assertTrue(IntStream.range(TreeRanker.DEPTH + 2, n).allMatch(i -> scores[i] < scores[i - 1]));
  }

  /// The blend counts mostly what others did, so it would keep what is new from ever being looked
  /// at.
  @Test
  void theBestOfWhatNobodyTouchedGetsTheSecondLookToo() {
    int n = TreeRanker.DEPTH + 40;
    int[] items = IntStream.range(0, n).map(i -> shop.put("j" + i, "item", "", "", 1)).toArray();
    double[] blended = IntStream.range(0, n).mapToDouble(i -> -i).toArray();
    float[] popularity = new float[n];
    Arrays.fill(popularity, 1);
    Arrays.fill(popularity, TreeRanker.DEPTH + 5, n, Float.NaN);
    float[][] strengths = strengths(Evidence.POPULAR, popularity);
    float[] content = new float[n];
    Arrays.fill(content, TreeRanker.DEPTH + 5, n, 0.1f);
    Arrays.fill(content, n - TreeRanker.NEWCOMERS, n, 0.2f);
    strengths[Evidence.CONTENT.ordinal()] = content;
    int[] looked = TreeRanker.best(query, items, strengths, blended);
    assertArrayEquals(
        IntStream.concat(
                IntStream.range(0, TreeRanker.DEPTH), IntStream.range(n - TreeRanker.NEWCOMERS, n))
            .toArray(),
        looked);
  }

  @Test
  void aListWithoutCandidatesIsEmpty() {
    assertEquals(
        0,
        KNOWN_FIRST.score(query, features, new int[0], strengths(Evidence.NEW), new double[0])
            .length);
  }

  @Nested
  class TheFile {
    @TempDir Path directory;

    private Path file() {
      return directory.resolve(RankerFile.NAME);
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
      RankerFile.write(file(), KNOWN_FIRST);
      TreeEnsemble read = RankerFile.find(directory).orElseThrow().trees();
      assertArrayEquals(KNOWN_FIRST.trees().leaves(), read.leaves());
      assertArrayEquals(KNOWN_FIRST.trees().thresholds(), read.thresholds());
      assertArrayEquals(KNOWN_FIRST.trees().features(), read.features());
      assertArrayEquals(KNOWN_FIRST.trees().right(), read.right());
    }

    @Test
    void mayBeMissing() throws IOException {
      assertEquals(Optional.empty(), RankerFile.find(directory));
    }

    @Test
    void isRefusedWhenItIsDamaged() throws IOException {
      assertDamaged(text -> text.replace("0.1", "0.2"));
      assertDamaged(text -> text.replace("OWN_COUNT", "OWN_KUNT"));
      assertDamaged(text -> text.substring(0, text.length() / 2));
      assertDamaged(_ -> "[]");
    }

    private void assertDamaged(UnaryOperator<String> damage) throws IOException {
      RankerFile.write(file(), KNOWN_FIRST);
      Files.writeString(file(), damage.apply(Files.readString(file())));
      assertEquals(
          file() + " is damaged; activate another model, or train again",
          assertThrows(IOException.class, () -> RankerFile.find(directory)).getMessage());
    }

    @Test
    void ofANewerVersionIsRefused() throws IOException {
      Files.writeString(file(), "{\"formatVersion\": 2}");
      assertTrue(
          assertThrows(IOException.class, () -> RankerFile.find(directory))
              .getMessage()
              .contains("format version 2"));
    }
  }
}
