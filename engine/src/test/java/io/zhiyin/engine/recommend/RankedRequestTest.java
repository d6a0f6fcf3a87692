package io.zhiyin.engine.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.RankFeature;
import io.zhiyin.engine.rank.RankFeatures;
import io.zhiyin.engine.rank.TreeRanker;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When the learned ranker has the last word.
class RankedRequestTest extends InAShop {
  /// Prefers what nobody goes to from the shopper's items: the opposite of what the blend does.
  private static final TreeRanker UNRELATED_FIRST =
      new TreeRanker(
          new TreeEnsemble(
              new int[] {0},
              new int[] {RankFeature.TRANSITIONS.ordinal()},
              new float[] {0},
              new int[] {~0},
              new int[] {~1},
              new float[] {2, -2}));

  private Snapshot rankedShop() {
    Snapshot blended = busyShop();
    List<History> none = List.of(History.EMPTY);
    RankFeatures features = new RankFeatures(RecallIndexes.fit(shop.catalog(), none, Shop.NOW));
    return new Snapshot(
        "m1",
        blended.sources(),
        blended.weights(),
        Optional.of(new Snapshot.Ranker(UNRELATED_FIRST, features)));
  }

  @Test
  void ordersAListThatFollowsFromWhatTheShopperDid() {
    Snapshot ranked = rankedShop();
    Query query = shop.query("home-feed", viewed("b0"), 10);
    Slate slate = slate(ranked, query);
    assertTrue(ids(slate).getFirst().startsWith("h"), ids(slate).toString());
    assertEquals(2, slate.items().getFirst().score());
  }

  @Test
  void leavesProductPagesAndStrangersToTheBlend() {
    Snapshot ranked = rankedShop();
    Query stranger = shop.query("home-feed", History.EMPTY, 5);
    Query page = Shop.onPage(shop.query("similar-items", viewed("b0"), 4), shop.index("b1"));
    for (Query query : List.of(stranger, page)) {
      Snapshot blended = new Snapshot("m1", ranked.sources(), ranked.weights());
      assertEquals(ids(slate(blended, query)), ids(slate(ranked, query)));
    }
  }

  @Test
  void neverBringsBackWhatMayNotBeShown() {
    Snapshot ranked = rankedShop();
    shop.patch("h0", Shop.stock(0));
    List<String> ids = ids(slate(ranked, shop.query("home-feed", viewed("b0"), 10)));
    assertFalse(ids.contains("h0"), ids.toString());
  }
}
