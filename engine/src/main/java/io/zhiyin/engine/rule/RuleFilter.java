package io.zhiyin.engine.rule;

import io.zhiyin.engine.pipeline.Filter;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.RuleEffect;
import org.jspecify.annotations.Nullable;

/// Only what the rules in force let through; says which rule took an item out.
///
/// Made for one request.
public record RuleFilter(RulesInForce rules) implements Filter {
  @Override
  public String name() {
    return "rule";
  }

  @Override
  public boolean keeps(Query query, int item) {
    return rules.rejection(item) == null;
  }

  @Override
  public @Nullable String rejection(Query query, int item) {
    String rule = rules.rejection(item);
    return rule == null ? null : RuleEffect.REJECTION + rule;
  }
}
