package io.zhiyin.engine.recommend;

import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.rule.Action;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.engine.rule.Rule;
import io.zhiyin.engine.rule.RuleExpressions;
import io.zhiyin.engine.rule.RuleSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A made shop whose lists its own rules shape.
abstract class InAShopWithRules extends InAShop {
  static final RuleExpressions EXPRESSIONS = new RuleExpressions();

  static Rule when(String id, String when, Action action) {
    return new Rule(id, "", when, List.of(), "", Set.of(), null, null, true, action);
  }

  static Rule of(String id, Action action, String... items) {
    List<ItemId> ids = Arrays.stream(items).map(ItemId::new).toList();
    return new Rule(id, "", "", ids, "", Set.of(), null, null, true, action);
  }

  static CompiledRules compiled(Rule... rules) {
    return CompiledRules.ofShop(new RuleSet(List.of(rules)), EXPRESSIONS);
  }

  Recommender.Preview made(Snapshot snapshot, Query query, Rule... rules) {
    return over(snapshot, Duration.ofSeconds(20)).preview(query, Adjustments.NONE, compiled(rules));
  }
}
