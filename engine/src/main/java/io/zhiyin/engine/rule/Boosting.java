package io.zhiyin.engine.rule;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.RuleEffect;
import io.zhiyin.engine.pipeline.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Boosts and buries. Scores have no natural zero, so a factor is applied to an item's *relevance*
/// within the request: `0.1 + 0.9 · (score - lowest) / (highest - lowest)`. Factors of several
/// rules multiply, whatever their order; the product is kept within 0.01 and 100. The new score is
/// the new relevance on the scale of the scores.
public final class Boosting {
  private static final double FLOOR = 0.1;

  private final RulesInForce rules;
  private final List<RulesInForce.Active> active;
  private final @Nullable Tired tired;
  private final Refused refused;

  /// @param tired what the shopper saw too often lately, where that makes it less relevant
  /// @param refused what the shopper is not interested in
  public Boosting(RulesInForce rules, @Nullable Tired tired, Refused refused) {
    this.refused = refused;
    this.tired = tired;
    this.rules = rules;
    this.active = new ArrayList<>(rules.with(Action.Boost.class));
    this.active.addAll(rules.with(Action.Bury.class));
  }

  /// The candidates in their new order; notes in the trace whose place among them changed.
  ///
  /// @param ranked candidates, best first
  /// @param before how many places there are before the first
  public List<Candidate> apply(List<Candidate> ranked, int before, Trace trace) {
    boolean nothing = active.isEmpty() && tired == null && refused.isEmpty();
    if (nothing || ranked.isEmpty()) {
      return ranked;
    }
    double lowest = ranked.getLast().score();
    double range = ranked.getFirst().score() - lowest;
    double scale = range > 0 ? range : 1;
    double ofLowest = range > 0 ? FLOOR : 1; // where all are equal, all are fully relevant
    Map<Integer, Integer> placeBefore = new HashMap<>();
    boolean changed = false;
    for (Candidate candidate : ranked) {
      placeBefore.put(candidate.item(), before + placeBefore.size() + 1);
      double factor = factor(candidate.item());
      if (factor != 1) {
        double share = range > 0 ? (candidate.score() - lowest) / scale : 1;
        double relevance = (FLOOR + (1 - FLOOR) * share) * factor;
        candidate.score((float) (lowest + scale * (relevance - ofLowest) / (1 - FLOOR)));
        changed = true;
      }
    }
    if (!changed) {
      return ranked;
    }
    List<Candidate> order = new ArrayList<>(ranked);
    order.sort(Comparator.comparingDouble(candidate -> -candidate.score()));
    for (int i = 0; i < order.size(); i++) {
      note(
          order.get(i).item(),
          placeBefore.getOrDefault(order.get(i).item(), 0),
          before + i + 1,
          trace);
    }
    return order;
  }

  private double factor(int item) {
    double factor = (tired == null ? 1 : tired.factor(item)) * refused.factor(item);
    for (RulesInForce.Active rule : active) {
      if (rules.matches(rule, item)) {
        factor *= factorOf(rule.rule().action());
      }
    }
    return Math.clamp(factor, 1 / Action.Boost.MAX_FACTOR, Action.Boost.MAX_FACTOR);
  }

  private static double factorOf(Action action) {
    return switch (action) {
      case Action.Boost boost -> boost.factor();
      case Action.Bury bury -> bury.factor();
      case Action.Filter _, Action.Exclude _, Action.Pin _, Action.Quota _, Action.Cap _ -> 1;
    };
  }

  private void note(int item, int from, int to, Trace trace) {
    int told = 2 * rules.query().n(); // a page and the next one: the rest nobody asks about
    if (from > told && to > told) {
      return;
    }
    if (tired != null && tired.factor(item) != 1) {
      trace.ruled(new RuleEffect(Tired.NAME, "bury", item, from, to));
    }
    if (refused.factor(item) != 1) {
      trace.ruled(new RuleEffect(Refused.NAME, "bury", item, from, to));
    }
    for (RulesInForce.Active rule : active) {
      if (rules.matches(rule, item)) {
        trace.ruled(new RuleEffect(rule.rule().id(), rule.rule().action().type(), item, from, to));
      }
    }
  }
}
