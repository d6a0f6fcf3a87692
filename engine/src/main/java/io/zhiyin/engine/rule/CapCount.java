package io.zhiyin.engine.rule;

import io.zhiyin.engine.catalog.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts a growing list against the caps in force.
public final class CapCount {
  private final RulesInForce rules;
  private final List<RulesInForce.Active> caps;
  private final List<Map<String, Integer>> counts = new ArrayList<>();

  public CapCount(RulesInForce rules) {
    this.rules = rules;
    this.caps = rules.with(Action.Cap.class);
    this.caps.forEach(_ -> counts.add(new HashMap<>()));
  }

  /// Whether there is any cap.
  public boolean isNeeded() {
    return !caps.isEmpty();
  }

  /// The id of the first cap that leaves no room for the item, or null.
  public @Nullable String fullFor(int item) {
    for (int cap = 0; cap < caps.size(); cap++) {
      String key = key(cap, item);
      if (key != null && counts.get(cap).getOrDefault(key, 0) >= limit(cap)) {
        return caps.get(cap).rule().id();
      }
    }
    return null;
  }

  /// Counts the item as in the list.
  public void add(int item) {
    for (int cap = 0; cap < caps.size(); cap++) {
      String key = key(cap, item);
      if (key != null) {
        counts.get(cap).merge(key, 1, Integer::sum);
      }
    }
  }

  /// Counts the item if there is room for it.
  public boolean takes(int item) {
    if (fullFor(item) != null) {
      return false;
    }
    add(item);
    return true;
  }

  private int limit(int cap) {
    return ((Action.Cap) caps.get(cap).rule().action()).limit(rules.query().n());
  }

  /// What the cap counts the item under; null when it does not count it.
  private @Nullable String key(int cap, int item) {
    RulesInForce.Active rule = caps.get(cap);
    if (!rules.matches(rule, item)) {
      return null;
    }
    Grouping per = ((Action.Cap) rule.rule().action()).per();
    if (per == null) {
      return "";
    }
    Item document = rules.query().catalog().at(item);
    return document == null ? null : per.groupOf(document);
  }
}
