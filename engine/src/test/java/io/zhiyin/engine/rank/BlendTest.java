package io.zhiyin.engine.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.model.Repeats;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.recommend.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlendTest {
  private static final float NONE = Float.NaN;

  /// -5 for what was met once and last, other numbers elsewhere.
  private static final Repeats MET =
      new Repeats(new float[] {-5.25f, 1, 2, 3, 4, 5, 6, 7, 0.25f, 1, 2, 3});

  private static double[] scores(Transform transform, double weight, float... strengths) {
    float[][] rows = new float[Evidence.COUNT][];
    rows[Evidence.CONTENT.ordinal()] = strengths;
    return BlendWeights.of(Evidence.CONTENT, transform, weight).score(rows, strengths.length);
  }

  @Nested
  class ATransform {
    @Test
    void takesStrengthsAsTheyAre() {
      assertArrayEquals(new double[] {2, 0, -6}, scores(Transform.RAW, 2, 1, NONE, -3));
    }

    @Test
    void takesTheLogarithmOfCounts() {
      assertArrayEquals(
          new double[] {3 * Math.log(2), 0, 0}, scores(Transform.LOG1P, 3, 1, NONE, 0), 1e-12);
    }

    @Test
    void takesTheShareOfTheStrongest() {
      assertArrayEquals(
          new double[] {1, 0.5, 0, 0}, scores(Transform.SHARE_OF_MAX, 1, 8, 4, NONE, 0));
      assertArrayEquals(new double[] {0, 0}, scores(Transform.SHARE_OF_MAX, 1, 0, NONE));
    }

    @Test
    void takesTheDistanceBelowTheBestLogitAndTheWeakestForWhatIsAbsent() {
      assertArrayEquals(new double[] {0, -3, -3}, scores(Transform.LOGIT, 1, 2, -1, NONE));
      assertArrayEquals(new double[] {0, 0}, scores(Transform.LOGIT, 1, NONE, NONE));
    }
  }

  @Nested
  class TheScorer {
    private final Query query = new Shop().query("home-feed", History.EMPTY, 10);

    @Test
    void addsUpAllEvidenceOfACandidateAndKeepsWhatLiftedIt() {
      Candidate counted = new Candidate(0);
      counted.add(Evidence.ITEM_TO_ITEM, 4);
      Candidate both = new Candidate(1);
      both.add(Evidence.ITEM_TO_ITEM, 2);
      both.add(Evidence.CONTENT, 0.5f);
      BlendWeights weights =
          BlendWeights.of(Evidence.ITEM_TO_ITEM, Transform.SHARE_OF_MAX, 1)
              .with(Evidence.CONTENT, Transform.RAW, 2);
      new BlendScorer(weights).score(query, List.of(counted, both));
      assertEquals(1f, counted.score());
      assertEquals(1.5f, both.score());
      assertEquals(0.25f, counted.lift(Evidence.ITEM_TO_ITEM));
      assertEquals(0.5f, both.lift(Evidence.CONTENT));
      assertEquals(0f, both.lift(Evidence.POPULAR));
    }

    @Test
    void changesTheScoreOfAnItemThatTheShopperHasMet() {
      Candidate met = new Candidate(4);
      Candidate other = new Candidate(5);
      History history = History.of(EventKind.DETAIL_PAGE_VIEW, new int[] {4}, new long[] {0});
      Query asked = new Shop().query("home-feed", history, 10);
      new BlendScorer(BlendWeights.NONE.with(MET)).score(asked, List.of(met, other));
      assertEquals(-5, met.score());
      assertEquals(0, other.score());
      assertEquals(-2.5f, met.lift(Evidence.RECENTLY_VIEWED));
    }

    @Test
    void leavesTheGivenOrderWhereThereIsNoEvidence() {
      List<Candidate> given = List.of(new Candidate(7), new Candidate(3), new Candidate(5));
      new FusedWithGivenOrder(new BlendScorer(BlendWeights.DEFAULT)).score(query, given);
      assertEquals(true, given.get(0).score() > given.get(1).score());
      assertEquals(true, given.get(1).score() > given.get(2).score());
    }

    @Test
    void liftsWhatTheShopperLikesWithinTheGivenOrder() {
      List<Candidate> given = List.of(new Candidate(7), new Candidate(3), new Candidate(5));
      given.get(2).add(Evidence.CONTENT, 0.9f);
      new FusedWithGivenOrder(new BlendScorer(BlendWeights.DEFAULT)).score(query, given);
      assertEquals(true, given.get(2).score() > given.get(1).score());
    }
  }

  @Nested
  class TheFile {
    @TempDir Path directory;

    @Test
    void givesBackWhatWasWritten() throws IOException {
      Path file = directory.resolve(BlendFile.NAME);
      BlendFile.write(file, BlendWeights.DEFAULT.with(Evidence.NEW, Transform.LOG1P, -0.1 / 3));
      assertEquals(
          BlendWeights.DEFAULT.with(Evidence.NEW, Transform.LOG1P, -0.1 / 3), BlendFile.read(file));
      assertEquals(List.of(BlendFile.NAME), List.of(directory.toFile().list()));
    }

    @Test
    void givesBackWhatHavingMetAnItemChanges() throws IOException {
      Path file = directory.resolve(BlendFile.NAME);
      BlendWeights weights = BlendWeights.DEFAULT.with(MET);
      BlendFile.write(file, weights);
      assertEquals(weights, BlendFile.read(file));
      Files.writeString(file, Files.readString(file).replace("-5.25", "-5.5"));
      assertThrows(IOException.class, () -> BlendFile.read(file));
    }

    @Test
    void isWrittenForOlderServersTooWhereNothingOfItIsNew() throws IOException {
      Path file = directory.resolve(BlendFile.NAME);
      BlendFile.write(file, BlendWeights.DEFAULT);
      assertTrue(Files.readString(file).contains("\"formatVersion\" : 1"));
    }

    @Test
    void isRefusedWhenAWeightWasChangedByHand() throws IOException {
      assertDamaged(text -> text.replace("0.3", "0.4"));
    }

    @Test
    void isRefusedWhenItIsCutOff() throws IOException {
      assertDamaged(text -> text.substring(0, text.length() / 2));
      assertDamaged(_ -> "");
      assertDamaged(_ -> "[]");
    }

    private void assertDamaged(java.util.function.UnaryOperator<String> damage) throws IOException {
      Path file = directory.resolve(BlendFile.NAME);
      BlendFile.write(file, BlendWeights.DEFAULT);
      Files.writeString(file, damage.apply(Files.readString(file)));
      assertEquals(
          file + " is damaged; delete it to rank with the default weights, or train again",
          assertThrows(IOException.class, () -> BlendFile.read(file)).getMessage());
    }

    @Test
    void ofANewerVersionIsRefused() throws IOException {
      Path file = directory.resolve(BlendFile.NAME);
      Files.writeString(file, "{\"formatVersion\": 3}");
      assertEquals(
          file
              + " has format version 3, this program reads up to 2;"
              + " update the program or train again",
          assertThrows(IOException.class, () -> BlendFile.read(file)).getMessage());
    }

    @Test
    void cannotHoldAWeightThatIsNoNumber() {
      assertThrows(
          IllegalArgumentException.class,
          () -> BlendWeights.of(Evidence.NEW, Transform.RAW, Double.NaN));
    }
  }
}
