package io.zhiyin.engine.rule;

import java.util.List;
import java.util.Map;

/// All rules of a shop, or of one request. Their order matters only between rules that want the
/// same place: the earlier one goes first.
///
/// @param scenarios the scenarios that are set differently from how they come, by name
public record RuleSet(List<Rule> rules, Map<String, Tuning> scenarios) {
  /// How many rules a shop may have.
  public static final int MAX_RULES = 500;

  /// How many rules one request may bring along.
  public static final int MAX_OF_REQUEST = 10;

  /// Without a rule.
  public static final RuleSet NONE = new RuleSet(List.of());

  public RuleSet {
    rules = List.copyOf(rules);
    scenarios = Map.copyOf(scenarios);
  }

  /// Rules alone.
  public RuleSet(List<Rule> rules) {
    this(rules, Map.of());
  }

  /// How that scenario is set.
  public Tuning tuning(String scenario) {
    return scenarios.getOrDefault(scenario, Tuning.NONE);
  }

  /// The same rules with these settings.
  public RuleSet with(Map<String, Tuning> settings) {
    return new RuleSet(rules, settings);
  }
}
