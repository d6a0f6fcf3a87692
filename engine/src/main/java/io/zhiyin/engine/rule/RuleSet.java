package io.zhiyin.engine.rule;

import java.util.List;

/// All rules of a shop, or of one request. Their order matters only between rules that want the
/// same place: the earlier one goes first.
public record RuleSet(List<Rule> rules) {
  /// How many rules a shop may have.
  public static final int MAX_RULES = 500;

  /// How many rules one request may bring along.
  public static final int MAX_OF_REQUEST = 10;

  /// Without a rule.
  public static final RuleSet NONE = new RuleSet(List.of());

  public RuleSet {
    rules = List.copyOf(rules);
  }
}
