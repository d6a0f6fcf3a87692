package io.zhiyin.engine.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Head;
import io.zhiyin.engine.pipeline.Objective;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.engine.rank.RankFeature;
import io.zhiyin.engine.rank.RankFeatures;
import io.zhiyin.engine.rank.TreeRanker;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.engine.rule.RuleExpressions;
import io.zhiyin.engine.rule.RuleSet;
import io.zhiyin.engine.rule.Tuning;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Lists that are to bring more than the next choice: in a shop where chairs at 100 are chosen
/// before nail polish at 10, but seldom bought.
class AimedListsTest extends InAShop {
  private static final Heads.Quality ANY = new Heads.Quality(200, 100, 0.5, 0.6, 0.1, 0.2);

  /// Log-odds by whether a feature is above a bar.
  private static TreeEnsemble above(RankFeature feature, float bar, float yes, float no) {
    return new TreeEnsemble(
        new int[] {0},
        new int[] {feature.ordinal()},
        new float[] {bar},
        new int[] {~0},
        new int[] {~1},
        new float[] {no, yes});
  }

  private static Heads heads(Head head) {
    return new Heads(
        List.of(new Heads.Learned(head, above(RankFeature.PRICE_LEVEL, 1, -4, 1), ANY)));
  }

  private Snapshot shop(Heads heads) {
    Snapshot blended = busyShop();
    List<History> none = List.of(History.EMPTY);
    RankFeatures features = new RankFeatures(RecallIndexes.fit(shop.catalog(), none, Shop.NOW));
    TreeRanker dearFirst = new TreeRanker(above(RankFeature.PRICE_LEVEL, 1, 2, -2));
    return new Snapshot(
        "m1",
        blended.sources(),
        blended.weights(),
        Optional.of(new Snapshot.Ranker(dearFirst, features, heads)));
  }

  private Slate list(Snapshot snapshot, Objective objective) {
    Query query = shop.query("home-feed", viewed("b0"), 10);
    Tuning tuning = new Tuning(0.0, null, null).aimedAt(objective);
    CompiledRules rules =
        CompiledRules.ofShop(RuleSet.NONE.with(Map.of("home-feed", tuning)), new RuleExpressions());
    return over(snapshot, Duration.ofSeconds(20)).preview(query, Adjustments.NONE, rules).slate();
  }

  private static float[] scores(Slate slate) {
    float[] scores = new float[slate.items().size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = slate.items().get(i).score();
    }
    return scores;
  }

  private static String first(Slate slate) {
    return ids(slate).getFirst().substring(0, 1);
  }

  @Test
  void theObjectiveDecidesWhatStandsFirst() {
    Snapshot snapshot = shop(heads(Head.PURCHASE));
    assertEquals("h", first(list(snapshot, Objective.ENGAGEMENT)));
    assertEquals("b", first(list(snapshot, Objective.CONVERSION)));
    assertEquals("h", first(list(snapshot, Objective.REVENUE)));
  }

  @Test
  void scoresAreLogarithmsOfWhatIsWanted() {
    Snapshot snapshot = shop(heads(Head.PURCHASE));
    Slate slate = list(snapshot, Objective.CONVERSION);
    Candidate polish = slate.items().getFirst().candidate();
    double choice = 1 / (1 + Math.exp(2));
    double purchase = 1 / (1 + Math.exp(-1));
    assertEquals(choice, polish.choice(), 1e-6);
    assertEquals(purchase, polish.after(Head.PURCHASE), 1e-6);
    assertTrue(Float.isNaN(polish.after(Head.CART)));
    assertEquals(Math.log(choice * purchase), polish.score(), 1e-5);
  }

  @Test
  void forEngagementNothingIsDifferentFromAShopWithoutHeads() {
    Slate with = list(shop(heads(Head.PURCHASE)), Objective.ENGAGEMENT);
    Slate without = list(shop(Heads.NONE), Objective.ENGAGEMENT);
    assertEquals(ids(without), ids(with));
    assertTrue(Arrays.equals(scores(without), scores(with)));
    assertTrue(Float.isNaN(with.items().getFirst().candidate().choice()));
  }

  @Test
  void withoutAHeadOfSellingEveryObjectiveIsEngagement() {
    for (Heads heads : List.of(Heads.NONE, heads(Head.FAVOURITE))) {
      Snapshot snapshot = shop(heads);
      Slate engagement = list(snapshot, Objective.ENGAGEMENT);
      assertEquals(ids(engagement), ids(list(snapshot, Objective.CONVERSION)));
      assertEquals(ids(engagement), ids(list(snapshot, Objective.REVENUE)));
    }
  }

  @Test
  void theCartStandsForThePurchaseWhereThatIsNotLearned() {
    assertEquals("b", first(list(shop(heads(Head.CART)), Objective.CONVERSION)));
  }
}
