package io.zhiyin.engine.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.RecommendationId;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.pipeline.Trace;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.recommend.Shop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private final Shop shop = new Shop();
  private final int red = shop.put("red", "Red polish", "Beauty > Nails", "Opi", 10);
  private final int blue = shop.put("blue", "Blue polish", "Beauty > Nails", "Opi", 11);
  private final int oak = shop.put("oak", "Oak chair", "Home > Chairs", "Ikea", 120);
  private final History viewedRed = Shop.history(EventKind.DETAIL_PAGE_VIEW, red);
  private final Query query = shop.query("home-feed", viewedRed, 2);

  private static Candidate candidate(int item, Evidence evidence, float strength, int because) {
    Candidate candidate = new Candidate(item);
    candidate.add(evidence, strength);
    candidate.retrievedBy(evidence);
    candidate.because(evidence, because);
    candidate.lift(evidence, strength);
    return candidate;
  }

  @Nested
  class AReason {
    private void assertReason(Query asked, Candidate candidate, String english, String chinese) {
      Reason reason = Explainer.reasons(asked, candidate).getFirst();
      assertEquals(english, reason.text(Language.ENGLISH));
      assertEquals(chinese, reason.text(Language.CHINESE));
    }

    private void assertReason(Evidence evidence, int because, String english, String chinese) {
      assertReason(query, candidate(blue, evidence, 0.9f, because), english, chinese);
    }

    @Test
    void namesTheItemThatWasViewed() {
      assertReason(
          Evidence.ITEM_TO_ITEM, red, "Because you viewed Red polish", "因为你看过「Red polish」");
    }

    @Test
    void namesTheStrongestThingDoneWithThatItem() {
      History bought = viewedRed.plus(EventKind.PURCHASE_COMPLETE, red, 0L);
      assertReason(
          shop.query("home-feed", bought.plus(EventKind.CLICK, red, 0L), 2),
          candidate(blue, Evidence.ITEM_TO_ITEM, 1, red),
          "Because you bought Red polish",
          "因为你买过「Red polish」");
    }

    @Test
    void namesThePage() {
      assertReason(
          Shop.onPage(query, oak),
          candidate(blue, Evidence.ITEM_TO_ITEM, 1, oak),
          "Often looked at after Oak chair",
          "看了「Oak chair」的人也看了它");
    }

    @Test
    void saysWhatEachKindOfEvidenceMeans() {
      assertReason(
          Evidence.BOUGHT_TOGETHER, oak, "Bought together with Oak chair", "常与「Oak chair」一起购买");
      assertReason(Evidence.CONTENT, red, "Similar to Red polish", "与「Red polish」相似");
      assertReason(Evidence.SEQUENCE, -1, "Matches your interest in Nails", "符合你对「Nails」的兴趣");
      assertReason(Evidence.POPULAR, -1, "Popular in Nails", "「Nails」中的热门商品");
      assertReason(Evidence.TRENDING, -1, "Trending now", "近期热度上升");
      assertReason(Evidence.NEW, -1, "New", "新品");
      assertReason(Evidence.RECENTLY_VIEWED, -1, "You viewed this recently", "你最近看过");
    }

    @Test
    void ofASequenceWithoutACommonCategoryNamesNone() {
      assertReason(
          query,
          candidate(oak, Evidence.SEQUENCE, 3, -1),
          "Fits what you looked at lately",
          "符合你最近的浏览");
    }

    @Test
    void standsEvenWhereThereIsNoEvidence() {
      assertReason(query, new Candidate(blue), "From the shop's range", "店内商品");
    }

    @Test
    void comesFirstForTheEvidenceThatLiftedTheItemMost() {
      Candidate both = candidate(blue, Evidence.CONTENT, 0.2f, red);
      both.add(Evidence.TRENDING, 9);
      both.lift(Evidence.TRENDING, 0.7f);
      assertEquals(List.of("trending", "similar"), codes(both));
    }

    private List<String> codes(Candidate candidate) {
      return Explainer.reasons(query, candidate).stream().map(r -> r.kind().code()).toList();
    }

    private void also(Candidate candidate, Evidence evidence, float lift) {
      candidate.add(evidence, 1);
      candidate.retrievedBy(evidence);
      candidate.lift(evidence, lift);
    }

    @Test
    void isOneOfTheThreeStrongest() {
      Candidate candidate = candidate(blue, Evidence.CONTENT, 0.2f, red);
      also(candidate, Evidence.POPULAR, 0.1f);
      also(candidate, Evidence.TRENDING, 0.3f);
      also(candidate, Evidence.NEW, -0.5f);
      also(candidate, Evidence.RECENTLY_VIEWED, 0.4f);
      assertEquals(List.of("recently-viewed", "trending", "similar"), codes(candidate));
    }

    @Test
    void standsInTheOrderOfTheKindsWhereTheyLiftedAlike() {
      Candidate candidate = candidate(blue, Evidence.NEW, 0.5f, -1);
      also(candidate, Evidence.TRENDING, 0.5f);
      also(candidate, Evidence.POPULAR, 0.5f);
      also(candidate, Evidence.RECENTLY_VIEWED, 0.5f);
      assertEquals(List.of("popular-in", "trending", "new"), codes(candidate));
    }

    @Test
    void comesLastWhereNobodyKnowsWhatItLifted() {
      Candidate candidate = candidate(blue, Evidence.POPULAR, 1, -1);
      also(candidate, Evidence.POPULAR, Float.NaN);
      also(candidate, Evidence.TRENDING, -3);
      assertEquals(List.of("trending", "popular-in"), codes(candidate));
    }

    @Test
    void isGivenOnceAndLeavesItsPlaceToNobody() {
      Candidate candidate = candidate(oak, Evidence.SEQUENCE, 3, -1);
      also(candidate, Evidence.ITEM_TO_ITEM, 2);
      also(candidate, Evidence.CONTENT, 1);
      also(candidate, Evidence.TRENDING, 0.5f);
      assertEquals(List.of("recent-interest"), codes(candidate));
    }

    @Test
    void namesTheCart() {
      assertReason(
          query.withCart(new int[] {red, oak}),
          candidate(blue, Evidence.ITEM_TO_ITEM, 1, oak),
          "Because you put Oak chair in your cart",
          "因为你把「Oak chair」加入了购物车");
    }

    @Test
    void linksTheItemThatItNames() {
      Candidate candidate = candidate(blue, Evidence.CONTENT, 0.5f, red);
      assertEquals(
          new ItemId("red"),
          Explainer.reasons(query, candidate).getFirst().relatedItem().orElseThrow());
    }
  }

  @Test
  void theLanguageFollowsTheFirstTag() {
    assertEquals(Language.CHINESE, Language.of("zh-CN,zh;q=0.9,en;q=0.8"));
    assertEquals(Language.CHINESE, Language.of("ZH"));
    assertEquals(Language.ENGLISH, Language.of("en-GB,zh"));
    assertEquals(Language.ENGLISH, Language.of(""));
  }

  @Nested
  class WhyNotChapter {
    private Explanation explanation() {
      Candidate first = candidate(red, Evidence.POPULAR, 1, Vocabulary.UNKNOWN);
      Candidate second = candidate(blue, Evidence.POPULAR, 1, Vocabulary.UNKNOWN);
      Candidate third = candidate(oak, Evidence.POPULAR, 1, Vocabulary.UNKNOWN);
      first.score(3);
      second.score(2.5f);
      third.score(1);
      Trace trace = new Trace();
      trace.ranked(List.of(first, second, third));
      trace.filteredBy(shop.put("gone", Shop.stock(0)), "availability");
      return Explanation.of(query, slate(first, third), trace);
    }

    private Slate slate(Candidate... candidates) {
      List<Slate.Entry> entries = new java.util.ArrayList<>();
      for (Candidate one : candidates) {
        entries.add(
            new Slate.Entry(
                one.item(),
                shop.catalog().vocabulary().idOf(one.item()),
                one.score(),
                entries.size() + 1,
                one));
      }
      return new Slate(new RecommendationId("r1"), "home-feed", "m1", entries, List.of());
    }

    private String whyNot(Explanation explanation, String item) {
      return explanation.whyNot(new ItemId(item), shop.catalog()).text(Language.ENGLISH);
    }

    @Test
    void anItemThatIsShown() {
      assertEquals("It is shown, at position 2.", whyNot(explanation(), "oak"));
    }

    @Test
    void anItemThatWasFiltered() {
      assertEquals(
          "It could not be shown: sold out, hidden, not yet published, expired or deleted.",
          whyNot(explanation(), "gone"));
    }

    @Test
    void anItemThatGaveWayToAnotherCategory() {
      assertEquals(
          "It came 2. by score, but gave way to items of other categories or brands.",
          whyNot(explanation(), "blue"));
    }

    @Test
    void anItemThatWasOutranked() {
      Candidate first = candidate(red, Evidence.POPULAR, 1, -1);
      Candidate second = candidate(blue, Evidence.POPULAR, 1, -1);
      first.score(3);
      second.score(2.5f);
      Trace trace = new Trace();
      trace.ranked(List.of(first, second));
      Explanation explanation = Explanation.of(query, slate(first), trace);
      assertEquals(
          "It came 2. by score, 0.5000 below the last item shown.", whyNot(explanation, "blue"));
      assertEquals(
          "按得分排第 2 位，比最后一件展示的商品低 0.5000。",
          explanation.whyNot(new ItemId("blue"), shop.catalog()).text(Language.CHINESE));
    }

    @Test
    void anItemThatNobodyKnowsOrThatIsGoneOrThatWasNotFound() {
      Explanation explanation = explanation();
      shop.put("late", Shop.stock(3));
      assertTrue(whyNot(explanation, "late").startsWith("No source proposed it"));
      shop.delete("late");
      assertTrue(whyNot(explanation, "late").startsWith("The item was deleted"));
      assertEquals("The shop has no such item.", whyNot(explanation, "nothing"));
    }
  }

  @Nested
  class TheStore {
    private final AtomicLong nanos = new AtomicLong();
    private final TraceStore store = new TraceStore(1_000, Duration.ofHours(1), nanos::get);
    private final RecommendationId id = new RecommendationId("r1");

    private void keep(RecommendationId as) {
      store.accept(query, new Slate(as, "home-feed", "m1", List.of(), List.of()), new Trace());
    }

    @Test
    void findsWhatItKeepsInTheSameShopOnly() {
      keep(id);
      assertEquals(id, store.find(ShopId.DEFAULT, id).orElseThrow().slate().recommendationId());
      assertTrue(store.find(new ShopId("other"), id).isEmpty());
    }

    @Test
    void letsGoAfterItsTime() {
      keep(id);
      nanos.addAndGet(Duration.ofHours(1).toNanos());
      assertTrue(store.find(ShopId.DEFAULT, id).isEmpty());
    }

    @Test
    void forgetsAnErasedShopper() {
      keep(id);
      store.forget(new ShopId("other"), query.profile().shopper());
      assertTrue(store.find(ShopId.DEFAULT, id).isPresent());
      store.forget(ShopId.DEFAULT, query.profile().shopper());
      assertTrue(store.find(ShopId.DEFAULT, id).isEmpty());
    }
  }
}
