package io.zhiyin.engine.rule;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.rule.Finding.Kind;
import io.zhiyin.engine.rule.Finding.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Checks a set of rules before it is saved: does it compile, can it do what it says on this
/// catalogue, do rules contradict each other.
public final class RuleCheck {
  private final RuleSet set;
  private final Catalog catalog;
  private final Set<String> scenarios;
  private final List<Finding> findings = new ArrayList<>();

  /// @param findings errors first, each in the order of the rules
  /// @param matches for each rule, how many items of the catalogue match it; empty where the set
  ///   has errors
  /// @param compiled the rules, ready and evaluated; null where the set has errors
  public record Result(
      List<Finding> findings, List<Integer> matches, @Nullable CompiledRules compiled) {
    /// Whether the set may be saved.
    public boolean isGood() {
      return compiled != null;
    }
  }

  private RuleCheck(RuleSet set, Catalog catalog, Set<String> scenarios) {
    this.set = set;
    this.catalog = catalog;
    this.scenarios = scenarios;
  }

  /// @param scenarios those that the shop has
  /// @throws InvalidFieldException when a scenario is set that the shop does not have
  public static Result check(
      RuleSet set,
      RuleExpressions expressions,
      Catalog catalog,
      Set<String> scenarios,
      Instant now) {
    return new RuleCheck(set, catalog, scenarios).run(expressions, now);
  }

  private Result run(RuleExpressions expressions, Instant now) {
    Map<String, Integer> ids = new HashMap<>();
    for (int r = 0; r < set.rules().size(); r++) {
      Rule rule = set.rules().get(r);
      Integer earlier = ids.putIfAbsent(rule.id(), r);
      if (earlier != null) {
        error(r, "id", rule.id(), Kind.DUPLICATE_ID, Map.of("other", "" + earlier));
      }
      for (String scenario : new TreeSet<>(rule.scenarios())) {
        if (!scenarios.contains(scenario)) {
          String known = String.join(", ", new TreeSet<>(scenarios));
          error(r, "scenarios", scenario, Kind.UNKNOWN_SCENARIO, Map.of("known", known));
        }
      }
      compile(r, rule, expressions);
      for (int other = 0; other < r; other++) {
        comparePins(other, r);
      }
    }
    for (String scenario : new TreeSet<>(set.scenarios().keySet())) {
      if (!scenarios.contains(scenario)) {
        throw new InvalidFieldException(
            "scenarios", scenario, "is not known; known are " + new TreeSet<>(scenarios));
      }
    }
    if (findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
      return new Result(sorted(), List.of(), null);
    }
    CompiledRules compiled = CompiledRules.ofShop(set, expressions);
    int[] matches = compiled.countMatches(catalog, now);
    List<Integer> counts = new ArrayList<>();
    for (int r = 0; r < matches.length; r++) {
      counts.add(matches[r]);
      compareWithCatalog(r, matches[r]);
      if (set.rules().get(r).action() instanceof Action.Pin) {
        findExcludedPins(r, compiled, now);
      }
    }
    return new Result(sorted(), counts, compiled);
  }

  private void compile(int r, Rule rule, RuleExpressions expressions) {
    try {
      expressions.when(rule);
    } catch (InvalidFieldException e) {
      error(r, "when", rule.when(), Kind.CONDITION, Map.of("said", e.reason()));
    }
    try {
      expressions.audience(rule);
    } catch (InvalidFieldException e) {
      error(r, "audience", rule.audience(), Kind.CONDITION, Map.of("said", e.reason()));
    }
  }

  private void comparePins(int a, int b) {
    Rule earlier = set.rules().get(a);
    Rule later = set.rules().get(b);
    if (!(earlier.action() instanceof Action.Pin first)
        || !(later.action() instanceof Action.Pin second)
        || !meet(earlier, later)) {
      return;
    }
    boolean samePlaces =
        first.position() < second.position() + second.count()
            && second.position() < first.position() + first.count();
    List<ItemId> both = new ArrayList<>(earlier.items());
    both.retainAll(later.items());
    Map<String, String> other = Map.of("other", earlier.id());
    if (samePlaces && earlier.audience().equals(later.audience())) {
      error(b, "position", second.position(), Kind.PLACE_TAKEN, other);
    } else if (samePlaces) {
      warn(b, "position", second.position(), Kind.PLACE_TAKEN_FOR_SOME, other);
    }
    if (!both.isEmpty() && !samePlaces) {
      error(b, "items", both.getFirst(), Kind.PINNED_ELSEWHERE, other);
    }
  }

  private static boolean meet(Rule a, Rule b) {
    boolean scenarios =
        a.scenarios().isEmpty()
            || b.scenarios().isEmpty()
            || !Collections.disjoint(a.scenarios(), b.scenarios());
    return a.enabled()
        && b.enabled()
        && scenarios
        && (a.until() == null || b.from() == null || b.from().isBefore(a.until()))
        && (b.until() == null || a.from() == null || a.from().isBefore(b.until()));
  }

  private void compareWithCatalog(int r, int matches) {
    Rule rule = set.rules().get(r);
    for (ItemId id : rule.items()) {
      if (catalog.vocabulary().indexOf(id) < 0) {
        warn(r, "items", id, Kind.UNKNOWN_ITEM, Map.of());
      }
    }
    if (catalog.documents() == 0) {
      return;
    }
    String field = rule.when().isEmpty() ? "items" : "when";
    if (matches == 0) {
      warn(r, field, rule.when(), Kind.MATCHES_NONE, Map.of());
    } else if (matches == catalog.documents() && rule.action() instanceof Action.Exclude) {
      warn(r, field, rule.when(), Kind.MATCHES_ALL, Map.of());
    } else if (rule.action() instanceof Action.Quota quota && quota.atLeast() > matches) {
      Map<String, String> values = Map.of("matches", "" + matches);
      warn(r, "atLeast", quota.atLeast(), Kind.TOO_FEW_MATCH, values);
    }
  }

  private void findExcludedPins(int r, CompiledRules compiled, Instant now) {
    Rule pin = set.rules().get(r);
    for (ItemId id : pin.items()) {
      int item = catalog.vocabulary().indexOf(id);
      for (int other = 0; item >= 0 && other < set.rules().size(); other++) {
        Rule rule = set.rules().get(other);
        boolean matches = compiled.matches(other, catalog, item, now);
        boolean out =
            (rule.action() instanceof Action.Exclude && matches)
                || (rule.action() instanceof Action.Filter && !matches);
        if (out && meet(pin, rule)) {
          warn(r, "items", id, Kind.PIN_TAKEN_OUT, Map.of("other", rule.id()));
        }
      }
    }
  }

  private void error(int r, String field, Object value, Kind kind, Map<String, String> values) {
    findings.add(Finding.of(Severity.ERROR, r, field, value, kind, values));
  }

  private void warn(int r, String field, Object value, Kind kind, Map<String, String> values) {
    findings.add(Finding.of(Severity.WARNING, r, field, value, kind, values));
  }

  private List<Finding> sorted() {
    return findings.stream().sorted(java.util.Comparator.comparing(Finding::severity)).toList();
  }
}
