package io.zhiyin.engine.rule;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.RuleEffect;
import io.zhiyin.engine.pipeline.Trace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Pins, quotas and caps: chooses which `n` of the ordered items are shown, and where.
///
/// 1. Pins take their items. A pin counts for caps, but no cap keeps it out.
/// 2. Each quota, in the order of the rules, takes its best items until it is met, as far as caps
///    leave room.
/// 3. The rest is filled in order, as far as caps leave room; a list is rather short than over a
///    cap.
/// 4. What was taken keeps its order; pinned items stand at their positions.
///
/// So an item gives way only where it must, and the last in order first.
public final class Placement {
  private final RulesInForce rules;
  private final List<RulesInForce.Active> pins;
  private final List<RulesInForce.Active> quotas;
  private final CapCount caps;
  private final Map<Integer, Candidate> open = new LinkedHashMap<>();
  private final Set<Integer> taken = new HashSet<>();
  private final Map<Integer, String> takenBy = new LinkedHashMap<>();
  private final Map<Integer, String> capped = new LinkedHashMap<>();
  private final TreeMap<Integer, Candidate> pinned = new TreeMap<>();
  private final int n;

  public Placement(RulesInForce rules) {
    this.rules = rules;
    this.n = rules.query().n();
    this.pins = rules.with(Action.Pin.class);
    this.quotas = rules.with(Action.Quota.class);
    this.caps = new CapCount(rules);
  }

  /// Whether any rule chooses or places.
  public boolean isNeeded() {
    return !pins.isEmpty() || !quotas.isEmpty() || caps.isNeeded();
  }

  /// The list, at most `n` long. Call once.
  ///
  /// @param order all candidates that may be shown, best first
  public List<Candidate> of(List<Candidate> order, Trace trace) {
    order.forEach(candidate -> open.put(candidate.item(), candidate));
    pins.forEach(pin -> take((Action.Pin) pin.rule().action(), pin, trace));
    quotas.forEach(quota -> take((Action.Quota) quota.rule().action(), quota, trace));
    fill();
    List<Candidate> list = inOrder();
    note(order, list, trace);
    return list;
  }

  private void take(Action.Pin action, RulesInForce.Active pin, Trace trace) {
    int place = action.position();
    int placed = 0;
    for (Candidate candidate : (Iterable<Candidate>) matching(pin)::iterator) {
      while (pinned.containsKey(place)) {
        place++;
      }
      if (placed == action.count() || place > n) {
        break;
      }
      pinned.put(place, candidate);
      taken.add(candidate.item());
      takenBy.put(candidate.item(), pin.rule().id());
      caps.add(candidate.item());
      placed++;
    }
    if (placed == 0 && action.position() <= n) {
      trace.fellShort(pin.rule().id() + ": nothing to pin");
    }
  }

  /// What the pin or quota can take: in the order that the rule names, else best first.
  private Stream<Candidate> matching(RulesInForce.Active rule) {
    if (!rule.rule().items().isEmpty() && rule.rule().action() instanceof Action.Pin) {
      return rule.rule().items().stream()
          .map(rules.query().catalog().vocabulary()::indexOf)
          .filter(item -> item >= 0 && !taken.contains(item) && open.containsKey(item))
          .filter(item -> rules.matches(rule, item))
          .map(open::get);
    }
    return open.values().stream()
        .filter(candidate -> !taken.contains(candidate.item()))
        .filter(candidate -> rules.matches(rule, candidate.item()));
  }

  private void take(Action.Quota action, RulesInForce.Active quota, Trace trace) {
    int wanted = Math.min(action.atLeast(), n);
    int have = (int) taken.stream().filter(item -> rules.matches(quota, item)).count();
    for (Candidate candidate : (Iterable<Candidate>) matching(quota)::iterator) {
      if (have >= wanted || taken.size() == n) {
        break;
      }
      if (admits(candidate)) {
        taken.add(candidate.item());
        takenBy.put(candidate.item(), quota.rule().id());
        have++;
      }
    }
    if (have < wanted) {
      trace.fellShort(quota.rule().id() + ": " + have + " of " + wanted);
    }
  }

  private void fill() {
    for (Candidate candidate : open.values()) {
      if (taken.size() == n) {
        break;
      }
      if (!taken.contains(candidate.item()) && admits(candidate)) {
        taken.add(candidate.item());
      }
    }
  }

  private boolean admits(Candidate candidate) {
    String full = caps.fullFor(candidate.item());
    if (full != null) {
      capped.putIfAbsent(candidate.item(), full);
      return false;
    }
    caps.add(candidate.item());
    return true;
  }

  private List<Candidate> inOrder() {
    Set<Integer> fixed = new HashSet<>();
    pinned.values().forEach(candidate -> fixed.add(candidate.item()));
    List<Candidate> list = new ArrayList<>(n);
    for (Candidate candidate : open.values()) {
      if (taken.contains(candidate.item()) && !fixed.contains(candidate.item())) {
        list.add(candidate);
      }
    }
    // From the first place on, each insertion finds the places before it taken as they will be.
    pinned.forEach((place, candidate) -> list.add(Math.min(place - 1, list.size()), candidate));
    return list;
  }

  private void note(List<Candidate> order, List<Candidate> list, Trace trace) {
    Map<Integer, Integer> places = new LinkedHashMap<>();
    list.forEach(candidate -> places.put(candidate.item(), places.size() + 1));
    @Nullable String taker = null;
    for (int i = 0; i < order.size(); i++) {
      int item = order.get(i).item();
      int to = places.getOrDefault(item, 0);
      String by = takenBy.get(item);
      String cap = to == 0 ? capped.get(item) : null;
      boolean pin = pinned.values().contains(order.get(i));
      if (by != null && (pin || i >= n)) {
        trace.ruled(new RuleEffect(by, pin ? "pin" : "quota", item, i + 1, to));
        taker = by;
      } else if (cap != null) {
        trace.ruled(new RuleEffect(cap, "cap", item, i + 1, 0));
      }
    }
    for (int i = 0; i < Math.min(n, order.size()) && taker != null; i++) {
      int item = order.get(i).item();
      if (!places.containsKey(item) && !capped.containsKey(item)) {
        trace.ruled(new RuleEffect(taker, RuleEffect.DISPLACED, item, i + 1, 0));
      }
    }
  }
}
