package io.zhiyin.engine.rule;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.filter.RequestExpression;
import io.zhiyin.engine.pipeline.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Rules, ready to be asked: which of them an item matches is evaluated once for each version of
/// the item and then remembered. Replaced as a whole; safe for use by many threads.
///
/// What follows from the age of an item is as of the minute.
public final class CompiledRules {
  /// Without a rule.
  public static final CompiledRules NONE =
      new CompiledRules(RuleSet.NONE, List.of(), new Verdicts.Shared());

  private static final long MILLIS_PER_MINUTE = 60_000;

  private final RuleSet set;
  private final List<Condition> conditions;
  private final Verdicts verdicts;
  private final boolean readsClock;

  private record Condition(
      Optional<RequestExpression> when, Set<ItemId> ids, Predicate<Query> audience) {
    boolean matches(ItemId id, @Nullable Item item, Instant now) {
      return (ids.isEmpty() || ids.contains(id))
          && (when.isEmpty() || (item != null && when.get().at(now).holds(item)));
    }
  }

  private CompiledRules(RuleSet set, List<Condition> conditions, Verdicts verdicts) {
    this.set = set;
    this.conditions = conditions;
    this.verdicts = verdicts;
    this.readsClock =
        conditions.stream()
            .flatMap(condition -> condition.when().stream())
            .anyMatch(RequestExpression::readsClock);
  }

  /// Rules of a shop.
  ///
  /// @throws InvalidFieldException of the first condition that does not compile, such as
  ///   `rules[3].when`
  public static CompiledRules ofShop(RuleSet set, RuleExpressions expressions) {
    return compile(set, expressions, new Verdicts.Shared());
  }

  /// Rules that one request brings along.
  ///
  /// @throws InvalidFieldException as with [#ofShop], or when there are too many
  public static CompiledRules ofRequest(RuleSet set, RuleExpressions expressions) {
    if (set.rules().size() > RuleSet.MAX_OF_REQUEST) {
      throw new InvalidFieldException(
          "rules",
          set.rules().size(),
          "may have at most " + RuleSet.MAX_OF_REQUEST + " entries in a request");
    }
    return compile(set, expressions, new Verdicts.OfRequest());
  }

  private static CompiledRules compile(
      RuleSet set, RuleExpressions expressions, Verdicts verdicts) {
    List<Condition> conditions = new ArrayList<>();
    for (Rule rule : set.rules()) {
      try {
        conditions.add(
            new Condition(
                expressions.when(rule), Set.copyOf(rule.items()), expressions.audience(rule)));
      } catch (InvalidFieldException e) {
        String place = "rules[" + conditions.size() + "]." + e.field();
        throw new InvalidFieldException(place, e.value(), e.reason());
      }
    }
    return new CompiledRules(set, List.copyOf(conditions), verdicts);
  }

  public RuleSet set() {
    return set;
  }

  /// Bit r of the answer (r modulo 64 of word r / 64) says whether the item matches rule r.
  ///
  /// @param item the item's index
  long[] bits(Catalog catalog, int item, Instant now) {
    Item document = catalog.at(item);
    long clock = readsClock ? now.toEpochMilli() / MILLIS_PER_MINUTE : 0;
    return verdicts.of(item, document, clock, () -> evaluate(catalog, item, document, now));
  }

  private long[] evaluate(Catalog catalog, int index, @Nullable Item item, Instant now) {
    ItemId id = catalog.vocabulary().idOf(index);
    long[] bits = new long[words()];
    for (int rule = 0; rule < conditions.size(); rule++) {
      if (conditions.get(rule).matches(id, item, now)) {
        bits[rule >> 6] |= 1L << rule;
      }
    }
    return bits;
  }

  int words() {
    return (conditions.size() + 63) >> 6;
  }

  boolean matches(int rule, Catalog catalog, int item, Instant now) {
    return (bits(catalog, item, now)[rule >> 6] & 1L << rule) != 0;
  }

  boolean isFor(int rule, Query query) {
    return conditions.get(rule).audience().test(query);
  }

  /// Evaluates every rule on every item, so that no request has to; counts the matches.
  ///
  /// @return for each rule, how many items that have a document match it
  public int[] countMatches(Catalog catalog, Instant now) {
    int[] counts = new int[conditions.size()];
    if (counts.length == 0) { // nothing that is worth an entry for each item
      return counts;
    }
    for (int item = 0; item < catalog.indexBound(); item++) {
      if (catalog.at(item) != null) {
        long[] bits = bits(catalog, item, now);
        for (int rule = 0; rule < counts.length; rule++) {
          counts[rule] += (int) (bits[rule >> 6] >>> rule & 1);
        }
      }
    }
    return counts;
  }
}
