package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.RankFeature;
import io.zhiyin.engine.rank.RankFeatures;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.ShopData;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankerFitTest {
  private static final int CANDIDATES = 20;

  private static RankerFit fit() {
    ShopData shop = SyntheticShop.ring(6, 8, 5, 1);
    RecallIndexes counted = RecallIndexes.fit(shop.catalog(), shop.histories(), shop.last());
    return new RankerFit(new RankFeatures(counted), BlendWeights.DEFAULT);
  }

  /// The answer is the candidate with middling transitions and a popularity that is not small,
  /// which the blend, fond of the strongest, puts in the middle.
  private static RankerFit.Looked looked(SplittableRandom random, boolean found) {
    float[] rows = new float[CANDIDATES * RankFeature.COUNT];
    double[] blended = new double[CANDIDATES];
    int answer = found ? random.nextInt(CANDIDATES) : -1;
    for (int i = 0; i < CANDIDATES; i++) {
      float transitions = i == answer ? 0.5f : random.nextBoolean() ? 0.3f : 0.9f;
      rows[i * RankFeature.COUNT + RankFeature.TRANSITIONS.ordinal()] =
          transitions + (float) random.nextDouble(-0.05, 0.05);
      rows[i * RankFeature.COUNT + RankFeature.TREND.ordinal()] = (float) random.nextDouble();
      blended[i] = rows[i * RankFeature.COUNT + RankFeature.TRANSITIONS.ordinal()];
    }
    return new RankerFit.Looked(
        rows, new boolean[CANDIDATES], new boolean[CANDIDATES], blended, answer);
  }

  @Test
  void learnsWhatTheBlendCannotSay() {
    RankerFit fit = fit();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 600; i++) {
      fit.add(looked(random, true));
    }
    RankerFit.Fitted fitted = fit.fit(1, 1);
    assertTrue(fitted.ranker().isPresent());
    assertTrue(fitted.ndcg() > 0.9, "with trees " + fitted.ndcg());
    assertTrue(fitted.blendNdcg() < 0.5, "blend " + fitted.blendNdcg());
    assertTrue(fitted.gains().get(RankFeature.TRANSITIONS) > 0.9);
  }

  @Test
  void probabilitiesComeTrueEvenWhereTheAnswerIsOftenMissing() {
    RankerFit fit = fit();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 1_200; i++) {
      fit.add(looked(random, i % 3 == 0));
    }
    double foretold = 0;
    double observed = 0;
    for (RankerFit.Reliability bin : fit.fit(1, 1).calibration()) {
      foretold += bin.rows() * bin.foretold();
      observed += bin.rows() * bin.observed();
    }
    assertEquals(400, observed, 1e-6);
    assertEquals(observed, foretold, 40);
  }

  /// Among items with a past popularity tells the answer, among those without content does. Nothing
  /// says so unless it is played that answers are new.
  @Test
  void newItemsAreRankedByTheirContentOnceItIsPlayedThatAnswersAreNew() {
    RankerFit usual = fit();
    RankerFit played = fit();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 600; i++) {
      RankerFit.Looked looked = halfNew(random, random.nextInt(CANDIDATES / 2));
      usual.add(looked);
      played.add(looked);
      played.addNewcomer(halfNew(random, random.nextInt(CANDIDATES / 2, CANDIDATES)));
    }
    RankerFit.Fitted fitted = played.fit(1, 1);
    assertTrue(fitted.ndcg() > 0.9, "items with a past " + fitted.ndcg());
    assertTrue(fitted.newcomersNdcg() > 0.4, "new items " + fitted.newcomersNdcg());
    RankerFit.Looked question = halfNew(random, CANDIDATES - 1);
    assertEquals(CANDIDATES - 1, bestNew(fitted, question));
    RankerFit.Fitted before = usual.fit(1, 1);
    assertTrue(Double.isNaN(before.newcomersNdcg()));
    double[] odds = before.ranker().orElseThrow().odds(question.rows(), CANDIDATES);
    double[] now = fitted.ranker().orElseThrow().odds(question.rows(), CANDIDATES);
    assertTrue(now[CANDIDATES - 1] > odds[CANDIDATES - 1] + 2, "as likely as it proved to be");
  }

  private static int bestNew(RankerFit.Fitted fitted, RankerFit.Looked question) {
    double[] odds = fitted.ranker().orElseThrow().odds(question.rows(), CANDIDATES);
    return IntStream.range(CANDIDATES / 2, CANDIDATES)
        .boxed()
        .max(Comparator.comparingDouble(i -> odds[i]))
        .orElseThrow();
  }

  /// The second half of the candidates is new.
  private static RankerFit.Looked halfNew(SplittableRandom random, int answer) {
    float[] rows = new float[CANDIDATES * RankFeature.COUNT];
    boolean[] asNew = new boolean[CANDIDATES];
    double[] blended = new double[CANDIDATES];
    for (int i = 0; i < CANDIDATES; i++) {
      int row = i * RankFeature.COUNT;
      asNew[i] = i >= CANDIDATES / 2;
      rows[row + RankFeature.POPULARITY.ordinal()] =
          asNew[i] ? 0 : (i == answer ? 2 : 1) + (float) random.nextDouble(-0.2, 0.2);
      rows[row + RankFeature.CONTENT.ordinal()] =
          asNew[i] && i == answer ? 0.9f : (float) random.nextDouble(0.8);
      blended[i] = random.nextDouble();
    }
    return new RankerFit.Looked(rows, new boolean[CANDIDATES], asNew, blended, answer);
  }

  @Test
  void learnsNothingFromAHandfulOfAnswers() {
    RankerFit fit = fit();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 150; i++) {
      fit.add(looked(random, true));
    }
    assertTrue(fit.fit(1, 1).ranker().isEmpty());
  }

  @Test
  void keepsTheBlendWhereTreesAreNoBetter() {
    RankerFit fit = fit();
    for (int i = 0; i < 300; i++) {
      float[] rows = new float[CANDIDATES * RankFeature.COUNT];
      double[] blended = new double[CANDIDATES];
      blended[0] = 1;
      fit.add(
          new RankerFit.Looked(rows, new boolean[CANDIDATES], new boolean[CANDIDATES], blended, 0));
    }
    RankerFit.Fitted fitted = fit.fit(1, 1);
    assertTrue(fitted.ranker().isEmpty());
    assertEquals(1, fitted.blendNdcg(), 1e-9);
  }
}
