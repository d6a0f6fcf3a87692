package io.zhiyin.engine.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.RuleEffect;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rule.Action;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.engine.rule.Grouping;
import io.zhiyin.engine.rule.Rule;
import io.zhiyin.engine.rule.RuleSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Rules of the shop, one kind after the other. On every path that a list can come from they are
/// met in [RulesOnEveryPathTest].
class RulesInListsTest extends InAShopWithRules {
  private List<String> listed(Snapshot snapshot, Query query, Rule... rules) {
    return ids(made(snapshot, query, rules).slate());
  }

  /// With ten items and no evidence, lists are i9, i8, … i0.
  private Query plain(int n) {
    if (shop.catalog().documents() == 0) {
      putItems(10);
    }
    return shop.query("trending", History.EMPTY, n);
  }

  @Nested
  class AFilterOrAnExclusion {
    @Test
    void takesOutAndIsNamedInTheTrace() {
      Query query = plain(10);
      Recommender.Preview made =
          made(
              Snapshot.EMPTY,
              query,
              when("cheap", "price < 15.0", new Action.Filter()),
              of("no-i3", new Action.Exclude(), "i3"));
      assertEquals(List.of("i4", "i2", "i1", "i0"), ids(made.slate()));
      assertEquals(Optional.of("rule:no-i3"), made.trace().filtered().of(shop.index("i3")));
      assertEquals(Optional.of("rule:cheap"), made.trace().filtered().of(shop.index("i7")));
    }

    @Test
    void holdsOnlyInItsScenariosItsTimeAndForItsAudience() {
      Query query = plain(10);
      Action out = new Action.Exclude();
      for (Rule rule :
          List.of(
              new Rule("a", "", "true", List.of(), "", Set.of("cart"), null, null, true, out),
              new Rule(
                  "b",
                  "",
                  "true",
                  List.of(),
                  "",
                  Set.of(),
                  Shop.NOW.plusMillis(1),
                  null,
                  true,
                  out),
              new Rule("c", "", "true", List.of(), "", Set.of(), null, Shop.NOW, true, out),
              new Rule(
                  "d", "", "true", List.of(), "!user.signedIn", Set.of(), null, null, true, out),
              new Rule("e", "", "true", List.of(), "", Set.of(), null, null, false, out))) {
        assertEquals(10, listed(Snapshot.EMPTY, query, rule).size(), rule.id());
      }
      Rule here =
          new Rule(
              "f",
              "",
              "true",
              List.of(),
              "user.signedIn",
              Set.of("trending"),
              Shop.NOW,
              null,
              true,
              out);
      assertEquals(0, listed(Snapshot.EMPTY, query, here).size());
    }
  }

  @Nested
  class ABoost {
    @Test
    void movesUpAndABuryMovesDown() {
      Snapshot snapshot = busyShop();
      Query query = shop.query("home-feed", viewed("b0"), 3);
      List<String> up =
          listed(snapshot, query, when("chairs", "brand == 'Ikea'", new Action.Boost(50)));
      assertTrue(up.getFirst().startsWith("h"), up.toString());
      List<String> down =
          listed(snapshot, query, when("polish", "brand == 'Opi'", new Action.Bury(0.02)));
      assertTrue(down.getFirst().startsWith("h"), down.toString());
    }
  }

  @Nested
  class APin {
    @Test
    void putsItsItemsInOrderAtItsPlaces() {
      assertEquals(
          List.of("i9", "i2", "i0", "i8", "i7"),
          listed(Snapshot.EMPTY, plain(5), of("p", new Action.Pin(2, 2), "i2", "i0", "i1")));
    }

    @Test
    void leavesOutWhatMayNotBeShownAndTakesTheNext() {
      Query query = plain(5);
      shop.patch("i2", Shop.stock(0));
      assertEquals(
          List.of("i9", "i0", "i8", "i7", "i6"),
          listed(
              Snapshot.EMPTY,
              query,
              of("p", new Action.Pin(2, 1), "i2", "i1", "i0"),
              of("x", new Action.Exclude(), "i1")));
    }

    @Test
    void withoutNamedItemsTakesTheBestThatMatches() {
      assertEquals(
          List.of("i6", "i9", "i8"),
          listed(
              Snapshot.EMPTY,
              plain(3),
              when("p", "price < 17.0 && price > 14.0", new Action.Pin(1, 1))));
    }

    @Test
    void behindTheEndOfAShortListStandsLast() {
      Query query = plain(10);
      assertEquals(
          List.of("i9", "i8", "i1"),
          listed(
              Snapshot.EMPTY,
              query,
              when("f", "price > 17.0 || itemId == 'i1'", new Action.Filter()),
              of("p", new Action.Pin(9, 1), "i1")));
    }
  }

  @Nested
  class AQuota {
    @Test
    void takesTheLastPlacesForItsBestItems() {
      Recommender.Preview made =
          made(Snapshot.EMPTY, plain(4), when("q", "price < 13.0", new Action.Quota(2)));
      assertEquals(List.of("i9", "i8", "i2", "i1"), ids(made.slate()));
      assertTrue(
          made.trace()
              .effects()
              .contains(new RuleEffect("q", RuleEffect.DISPLACED, shop.index("i7"), 3, 0)),
          made.trace().effects().toString());
    }

    @Test
    void thatCannotBeMetSaysSo() {
      Recommender.Preview made =
          made(Snapshot.EMPTY, plain(4), when("q", "price < 11.0", new Action.Quota(2)));
      assertEquals(List.of("i9", "i8", "i7", "i0"), ids(made.slate()));
      assertEquals(List.of("q: 1 of 2"), made.trace().shortfalls());
    }

    @Test
    void findsItemsThatNoSourceProposes() {
      Snapshot snapshot = busyShop();
      for (int i = 0; i < 30; i++) {
        shop.put("gift" + i, "Gift " + i, "Gifts", "G", 5);
      }
      Query query = shop.query("similar-items", viewed("b0"), 3);
      List<String> ids =
          listed(
              snapshot,
              Shop.onPage(query, shop.index("b1")),
              when("q", "brand == 'G'", new Action.Quota(1)));
      assertEquals(1, ids.stream().filter(id -> id.startsWith("gift")).count(), ids.toString());
    }
  }

  @Nested
  class ACap {
    @Test
    void keepsAListShortRatherThanFull() {
      Rule cap = when("c", "", new Action.Cap(2, null, new Grouping.ByBrand()));
      assertEquals(List.of("i9", "i8", "i7", "i6"), listed(Snapshot.EMPTY, plain(9), cap));
    }

    @Test
    void ofAShareIsOfTheListAskedFor() {
      Rule cap = when("c", "brand == 'Brand 1'", new Action.Cap(null, 0.5, null));
      assertEquals(List.of("i9", "i8", "i7", "i6"), listed(Snapshot.EMPTY, plain(4), cap));
      Rule fewer = when("c", "brand == 'Brand 1'", new Action.Cap(null, 0.3, null));
      assertEquals(List.of("i9", "i8", "i6", "i4"), listed(Snapshot.EMPTY, plain(4), fewer));
    }

    @Test
    void countsPinnedItemsButDoesNotMoveThem() {
      assertEquals(
          List.of("i9", "i7", "i8", "i6"),
          listed(
              Snapshot.EMPTY,
              plain(4),
              of("p", new Action.Pin(1, 2), "i9", "i7"),
              when("c", "", new Action.Cap(2, null, new Grouping.ByBrand()))));
    }
  }

  @Nested
  class RulesOfTheRequest {
    @Test
    void holdBesidesThoseOfTheShop() {
      Query query = plain(3);
      Adjustments adjustments =
          new Adjustments(
              CompiledRules.ofRequest(
                  new RuleSet(List.of(of("mine", new Action.Pin(1, 1), "i0"))), EXPRESSIONS));
      Slate slate =
          over(
                  Snapshot.EMPTY.ruledBy(compiled(of("x", new Action.Exclude(), "i9"))),
                  Duration.ofSeconds(9))
              .recommend(query, adjustments);
      assertEquals(List.of("i0", "i8", "i7"), ids(slate));
    }
  }
}
