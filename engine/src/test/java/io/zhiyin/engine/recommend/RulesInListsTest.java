package io.zhiyin.engine.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.RuleEffect;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rule.Action;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.engine.rule.Grouping;
import io.zhiyin.engine.rule.Rule;
import io.zhiyin.engine.rule.RuleExpressions;
import io.zhiyin.engine.rule.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Rules of the shop, on every path that a list can come from.
class RulesInListsTest extends InAShop {
  private static final RuleExpressions EXPRESSIONS = new RuleExpressions();

  private static Rule when(String id, String when, Action action) {
    return new Rule(id, "", when, List.of(), "", Set.of(), null, null, true, action);
  }

  private static Rule of(String id, Action action, String... items) {
    List<ItemId> ids = Arrays.stream(items).map(ItemId::new).toList();
    return new Rule(id, "", "", ids, "", Set.of(), null, null, true, action);
  }

  private static CompiledRules compiled(Rule... rules) {
    return CompiledRules.ofShop(new RuleSet(List.of(rules)), EXPRESSIONS);
  }

  private Recommender.Preview made(Snapshot snapshot, Query query, Rule... rules) {
    return over(snapshot, Duration.ofSeconds(20)).preview(query, Adjustments.NONE, compiled(rules));
  }

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
      assertEquals("rule:no-i3", made.trace().filtered().get(shop.index("i3")));
      assertEquals("rule:cheap", made.trace().filtered().get(shop.index("i7")));
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

  /// Random catalogues, rules and requests in all scenarios: with fitted indexes, without, and with
  /// sources that fail.
  @Nested
  class OnEveryPath {
    private final Random random = new Random(11);

    @Test
    void filtersPinsCapsAndQuotasHold() {
      Snapshot fitted = busyShop();
      int checked = 0;
      for (int round = 0; round < 150; round++) {
        putRandomItems();
        List<Rule> rules = randomRules();
        Snapshot snapshot =
            round % 3 == 0 ? Snapshot.EMPTY : round % 3 == 1 ? fitted : failing(fitted);
        for (String scenario : Scenarios.builtIn().names()) {
          Query query = randomQuery(scenario);
          Recommender.Preview made = made(snapshot, query, rules.toArray(Rule[]::new));
          check(query, rules, made);
          checked += made.slate().items().size();
        }
      }
      assertTrue(checked > 2_000, "only " + checked + " items were looked at");
    }

    private void putRandomItems() {
      for (int i = 0; i < 40; i++) {
        String id = i < 5 ? "b" + i : i < 10 ? "h" + (i - 5) : "r" + i;
        shop.put(
            id, "Thing", "C" + random.nextInt(4), "B" + random.nextInt(4), random.nextInt(100));
        if (random.nextInt(5) == 0) {
          shop.patch(id, Shop.stock(0));
        }
      }
    }

    private Query randomQuery(String scenario) {
      History history = random.nextBoolean() ? History.EMPTY : viewed("b0", "b3", "h1", "h2");
      Query query = shop.query(scenario, history, 1 + random.nextInt(12));
      query = random.nextBoolean() ? query : Shop.onPage(query, random.nextInt(40));
      int[] given = IntStream.range(0, 40).filter(_ -> random.nextBoolean()).toArray();
      return scenario.equals("search-rerank") ? query.withCandidates(given) : query;
    }

    private List<Rule> randomRules() {
      List<Rule> rules = new ArrayList<>();
      maybe(rules, when("filter", "price < 80.0", new Action.Filter()));
      maybe(rules, when("out", "brand == 'B1'", new Action.Exclude()));
      maybe(rules, of("ids-out", new Action.Exclude(), "b0", "h1", "r12"));
      maybe(
          rules,
          when("boost", "brand == 'B2'", new Action.Boost(1 + 10 * random.nextDouble(0.01, 1))));
      maybe(rules, when("bury", "price > 50.0", new Action.Bury(0.3)));
      maybe(rules, of("pin", new Action.Pin(1 + random.nextInt(5), 2), "r20", "b0", "h2"));
      maybe(rules, when("best", "price < 20.0", new Action.Pin(6 + random.nextInt(3), 1)));
      maybe(
          rules,
          when("quota", "brand == 'B3' || brand == 'B1'", new Action.Quota(1 + random.nextInt(3))));
      maybe(
          rules,
          when(
              "cap",
              "",
              new Action.Cap(
                  1 + random.nextInt(4),
                  null,
                  random.nextBoolean() ? new Grouping.ByBrand() : new Grouping.ByCategory(1))));
      return rules;
    }

    private void maybe(List<Rule> rules, Rule rule) {
      if (random.nextBoolean()) {
        rules.add(rule);
      }
    }

    private Snapshot failing(Snapshot snapshot) {
      List<CandidateSource> sources = new ArrayList<>();
      for (CandidateSource source : snapshot.sources()) {
        boolean fails = source.evidence() != Evidence.CONTENT;
        sources.add(fails ? new Failing(source.evidence()) : source);
      }
      return new Snapshot("m", sources, snapshot.weights());
    }

    private void check(Query query, List<Rule> rules, Recommender.Preview made) {
      List<Slate.Entry> items = made.slate().items();
      String about = query.scenario() + " " + rules + " → " + ids(made.slate());
      List<Integer> shown = items.stream().map(Slate.Entry::item).toList();
      assertEquals(shown.size(), Set.copyOf(shown).size(), about);
      for (Rule rule : rules) {
        switch (rule.action()) {
          case Action.Filter _ ->
              assertTrue(shown.stream().allMatch(item -> matches(rule, item)), about);
          case Action.Exclude _ ->
              assertFalse(shown.stream().anyMatch(item -> matches(rule, item)), about);
          case Action.Boost _, Action.Bury _ -> {}
          case Action.Pin pin -> checkPin(query, rules, rule, pin, shown, about);
          case Action.Cap cap -> checkCap(rules, cap, shown, about);
          case Action.Quota quota -> checkQuota(query, rules, rule, quota, shown, about);
        }
      }
    }

    private void checkPin(
        Query query,
        List<Rule> rules,
        Rule rule,
        Action.Pin pin,
        List<Integer> shown,
        String about) {
      List<Integer> can =
          named(rule).filter(item -> isOpen(query, rules, item)).limit(pin.count()).toList();
      for (int i = 0; i < can.size() && pin.position() + i <= query.n(); i++) {
        int place = Math.min(pin.position() + i, shown.size());
        boolean another = rules.stream().anyMatch(r -> r.id().equals("best"));
        if (pin.position() + can.size() - 1 <= shown.size() && !another) {
          assertEquals(can.get(i), shown.get(place - 1), about);
        } else {
          assertTrue(shown.contains(can.get(i)), about);
        }
      }
    }

    private void checkCap(List<Rule> rules, Action.Cap cap, List<Integer> shown, String about) {
      Map<String, Integer> counts = new HashMap<>();
      Set<Integer> pinned = pinned(rules, shown);
      for (int item : shown) {
        counts.merge(group(cap, item), 1, Integer::sum);
      }
      for (int item : shown) {
        int count = counts.getOrDefault(group(cap, item), 0);
        int byPins =
            (int) pinned.stream().filter(p -> group(cap, p).equals(group(cap, item))).count();
        assertTrue(count <= Math.max(cap.limit(1), byPins), about);
      }
    }

    /// A quota holds, or as much of it as the items that may be shown and the cap let it.
    private void checkQuota(
        Query query,
        List<Rule> rules,
        Rule rule,
        Action.Quota quota,
        List<Integer> shown,
        String about) {
      Set<Integer> pinned = pinned(rules, shown);
      Map<String, Integer> counts = new HashMap<>();
      Action.Cap cap = null;
      for (Rule other : rules) {
        if (other.action() instanceof Action.Cap found) {
          cap = found;
        }
      }
      int can = 0;
      int places = query.n();
      for (int item : pinned) {
        places--;
        can += matches(rule, item) ? 1 : 0;
        if (cap != null) {
          counts.merge(group(cap, item), 1, Integer::sum);
        }
      }
      for (int item = 0; item < 40 && places > 0; item++) {
        boolean open = isOpen(query, rules, item) && !pinned.contains(item) && matches(rule, item);
        if (open
            && (cap == null || counts.merge(group(cap, item), 1, Integer::sum) <= cap.limit(1))) {
          can++;
          places--;
        }
      }
      long has = shown.stream().filter(item -> matches(rule, item)).count();
      assertTrue(has >= Math.min(can, Math.min(quota.atLeast(), query.n())), can + " " + about);
    }

    private Set<Integer> pinned(List<Rule> rules, List<Integer> shown) {
      Set<Integer> pinned = new java.util.HashSet<>();
      for (Rule rule : rules) {
        if (rule.id().equals("pin")) {
          named(rule).filter(shown::contains).limit(2).forEach(pinned::add);
        } else if (rule.id().equals("best")) {
          shown.stream().filter(item -> matches(rule, item)).forEach(pinned::add);
        }
      }
      return pinned;
    }

    private Stream<Integer> named(Rule rule) {
      return rule.items().stream().map(id -> shop.catalog().vocabulary().indexOf(id));
    }

    private String group(Action.Cap cap, int item) {
      return String.valueOf(cap.per().groupOf(shop.catalog().at(item)));
    }

    private boolean matches(Rule rule, int item) {
      return (rule.items().isEmpty() || named(rule).anyMatch(index -> index == item))
          && (rule.when().isEmpty()
              || EXPRESSIONS
                  .items()
                  .compile(rule.when())
                  .at(Shop.NOW)
                  .holds(shop.catalog().at(item)));
    }

    /// Whether the item can be in such a list at all.
    private boolean isOpen(Query query, List<Rule> rules, int item) {
      Scenario scenario = Scenarios.builtIn().named(query.scenario());
      boolean given = Arrays.stream(query.candidates()).anyMatch(candidate -> candidate == item);
      boolean open =
          scenario.has(Scenario.Rule.GIVEN_CANDIDATES)
              ? given
              : item != query.pageItem() && !scenario.has(Scenario.Rule.NO_FILLING);
      return open
          && shop.catalog().isShowable(item, Shop.NOW)
          && rules.stream()
              .allMatch(
                  rule ->
                      switch (rule.action()) {
                        case Action.Filter _ -> matches(rule, item);
                        case Action.Exclude _ -> !matches(rule, item);
                        case Action.Boost _,
                            Action.Bury _,
                            Action.Pin _,
                            Action.Quota _,
                            Action.Cap _ ->
                            true;
                      });
    }
  }
}
