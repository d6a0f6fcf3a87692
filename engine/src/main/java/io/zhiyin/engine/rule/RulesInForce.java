package io.zhiyin.engine.rule;

import io.zhiyin.engine.pipeline.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules that hold for one request: of the shop first, then those that the request brought
/// along. Made once a request; what holds for an item is then read off bits.
public final class RulesInForce {
  private final Query query;
  private final List<Part> parts;
  private final List<Active> active;

  /// One rule in force.
  record Active(CompiledRules rules, int number) {
    Rule rule() {
      return rules.set().rules().get(number);
    }
  }

  /// @param excludes bits of the rules that take out what matches
  /// @param filters bits of the rules that take out what does not match
  private record Part(CompiledRules rules, long[] excludes, long[] filters) {}

  private RulesInForce(Query query, List<Part> parts, List<Active> active) {
    this.query = query;
    this.parts = parts;
    this.active = active;
  }

  /// Those of `all` that hold for the request.
  public static RulesInForce of(Query query, CompiledRules... all) {
    List<Part> parts = new ArrayList<>();
    List<Active> active = new ArrayList<>();
    for (CompiledRules rules : all) {
      long[] excludes = new long[rules.words()];
      long[] filters = new long[rules.words()];
      boolean takesOut = false;
      for (int r = 0; r < rules.set().rules().size(); r++) {
        Rule rule = rules.set().rules().get(r);
        if (!rule.isActive(query.scenario(), query.now()) || !rules.isFor(r, query)) {
          continue;
        }
        switch (rule.action()) {
          case Action.Exclude _ -> {
            excludes[r >> 6] |= 1L << r;
            takesOut = true;
          }
          case Action.Filter _ -> {
            filters[r >> 6] |= 1L << r;
            takesOut = true;
          }
          case Action.Boost _, Action.Bury _, Action.Pin _, Action.Quota _, Action.Cap _ ->
              active.add(new Active(rules, r));
        }
      }
      if (takesOut) {
        parts.add(new Part(rules, excludes, filters));
      }
    }
    return new RulesInForce(query, parts, active);
  }

  public Query query() {
    return query;
  }

  /// The id of the first rule that takes the item out, or null.
  public @Nullable String rejection(int item) {
    for (Part part : parts) {
      long[] bits = part.rules().bits(query.catalog(), item, query.now());
      for (int word = 0; word < bits.length; word++) {
        long out = (bits[word] & part.excludes()[word]) | (~bits[word] & part.filters()[word]);
        if (out != 0) {
          int number = 64 * word + Long.numberOfTrailingZeros(out);
          return part.rules().set().rules().get(number).id();
        }
      }
    }
    return null;
  }

  /// Whether any rule takes items out.
  public boolean takesOut() {
    return !parts.isEmpty();
  }

  boolean matches(Active rule, int item) {
    return rule.rules().matches(rule.number(), query.catalog(), item, query.now());
  }

  /// The rules with an action of that kind, in order.
  List<Active> with(Class<? extends Action> kind) {
    List<Active> found = new ArrayList<>();
    for (Active rule : active) {
      if (kind.isInstance(rule.rule().action())) {
        found.add(rule);
      }
    }
    return found;
  }
}
