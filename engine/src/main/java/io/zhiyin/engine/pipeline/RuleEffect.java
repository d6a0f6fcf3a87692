package io.zhiyin.engine.pipeline;

/// What one rule did to one item in one request.
///
/// @param rule the rule's id
/// @param action what was done, such as `boost`, `pin`, `cap` or, for an item that lost its place
///   to another one, `displaced`
/// @param item the item's index
/// @param from its place before, counted from 1; 0 when it had none
/// @param to its place afterwards; 0 when it is not in the list
public record RuleEffect(String rule, String action, int item, int from, int to) {
  /// What [Filter#rejection] says of items that a rule took out: this, and the rule's id.
  public static final String REJECTION = "rule:";

  /// The action of an item that a rule's item took the place of.
  public static final String DISPLACED = "displaced";
}
