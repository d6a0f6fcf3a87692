package io.zhiyin.engine.recommend;

import io.zhiyin.engine.rule.CompiledRules;

/// What one request wants differently from how the shop makes its lists.
///
/// @param rules rules for this list alone, which hold besides the shop's
public record Adjustments(CompiledRules rules) {
  /// Nothing.
  public static final Adjustments NONE = new Adjustments(CompiledRules.NONE);
}
