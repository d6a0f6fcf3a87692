package io.zhiyin.engine.rule;

import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.pipeline.Query;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/// Finds what pins and quotas need and the sources have not found, counting along with the caps.
public final class Supply {
  private final RulesInForce rules;
  private final Finder finder;
  private final CapCount counts;
  private final Set<Integer> counted = new HashSet<>();

  /// Adds candidates to the request.
  public interface Finder {
    /// Adds the items that may be shown, in vain for the others.
    void add(List<Integer> items);

    /// Adds items that may be shown and are wanted, the best known first.
    ///
    /// @param taken hears of each item that was added
    /// @param count how many are missing; more may come
    void find(IntPredicate wanted, IntConsumer taken, int count);
  }

  public Supply(RulesInForce rules, Finder finder) {
    this.rules = rules;
    this.finder = finder;
    this.counts = new CapCount(rules);
  }

  /// Whether any rule may need items.
  public static boolean mayBeNeeded(RulesInForce rules) {
    return !rules.with(Action.Pin.class).isEmpty() || !rules.with(Action.Quota.class).isEmpty();
  }

  /// Adds what is missing.
  ///
  /// @param found gives the items that are there at the moment
  public void run(Supplier<Collection<Integer>> found) {
    Query query = rules.query();
    for (RulesInForce.Active pin : rules.with(Action.Pin.class)) {
      Action.Pin action = (Action.Pin) pin.rule().action();
      if (action.position() <= query.n()) {
        name(pin, found.get());
        take(pin, action.count(), false, found);
      }
    }
    for (RulesInForce.Active quota : rules.with(Action.Quota.class)) {
      name(quota, found.get());
      take(
          quota,
          Math.min(((Action.Quota) quota.rule().action()).atLeast(), query.n()),
          true,
          found);
    }
  }

  private void name(RulesInForce.Active rule, Collection<Integer> found) {
    finder.add(
        rule.rule().items().stream()
            .map((ItemId id) -> rules.query().catalog().vocabulary().indexOf(id))
            .filter(item -> item >= 0 && !found.contains(item))
            .toList());
  }

  private void take(
      RulesInForce.Active rule, int count, boolean capped, Supplier<Collection<Integer>> found) {
    int have = 0;
    for (int item : found.get()) {
      if (have == count) {
        break;
      }
      if (rules.matches(rule, item) && takes(item, capped)) {
        have++;
      }
    }
    if (have < count && rule.rule().items().isEmpty()) {
      IntPredicate wanted =
          item -> rules.matches(rule, item) && (!capped || counts.fullFor(item) == null);
      finder.find(wanted, this::count, count - have);
    }
  }

  private boolean takes(int item, boolean capped) {
    if (counted.contains(item)) {
      return capped; // a quota is served by what is there already; a pin needs one of its own
    }
    if (capped && counts.fullFor(item) != null) {
      return false;
    }
    count(item);
    return true;
  }

  private void count(int item) {
    if (counted.add(item)) {
      counts.add(item);
    }
  }
}
