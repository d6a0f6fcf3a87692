package io.zhiyin.engine.recommend;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.profile.Responses;
import io.zhiyin.engine.profile.ShownItems;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.engine.rule.Tuning;

/// What one request wants differently from how the shop makes its lists, and what is known beside
/// the profile.
///
/// @param rules rules for this list alone, which hold besides the shop's
/// @param tuning how this list is set, which goes before how the shop sets the scenario
/// @param shown what was shown to the shopper lately
/// @param responses how often items were shown and clicked
public record Adjustments(
    CompiledRules rules, Tuning tuning, ShownItems shown, Responses responses) {
  /// Nothing.
  public static final Adjustments NONE = new Adjustments(CompiledRules.NONE);

  /// Rules alone.
  public Adjustments(CompiledRules rules) {
    this(rules, Tuning.NONE, ShownItems.NONE);
  }

  /// Without a count of responses.
  public Adjustments(CompiledRules rules, Tuning tuning, ShownItems shown) {
    this(rules, tuning, shown, new Responses(new Vocabulary()));
  }
}
