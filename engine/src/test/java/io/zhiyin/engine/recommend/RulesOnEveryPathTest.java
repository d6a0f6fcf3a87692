package io.zhiyin.engine.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rule.Action;
import io.zhiyin.engine.rule.Grouping;
import io.zhiyin.engine.rule.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Random catalogues, rules and requests in all scenarios: with fitted indexes, without, and with
/// sources that fail.
class RulesOnEveryPathTest extends InAShopWithRules {
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
      shop.put(id, "Thing", "C" + random.nextInt(4), "B" + random.nextInt(4), random.nextInt(100));
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
      Query query, List<Rule> rules, Rule rule, Action.Pin pin, List<Integer> shown, String about) {
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
