package io.zhiyin.engine.rule;

import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.filter.AudienceExpressions;
import io.zhiyin.engine.filter.RequestExpression;
import io.zhiyin.engine.filter.RequestExpressions;
import io.zhiyin.engine.pipeline.Query;
import java.util.Optional;
import java.util.function.Predicate;

/// Compiles the conditions of rules.
///
/// @param items those on items, the same language as a request's `filter`
/// @param audiences those on who asks
public record RuleExpressions(RequestExpressions items, AudienceExpressions audiences) {
  public RuleExpressions() {
    this(new RequestExpressions(), new AudienceExpressions());
  }

  /// @throws InvalidFieldException of the field `when`
  Optional<RequestExpression> when(Rule rule) {
    if (rule.when().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(items.compile(rule.when()));
    } catch (InvalidFieldException e) {
      boolean asksWho = rule.when().matches("(?s).*\\b(user|page|cart)\\..*");
      throw new InvalidFieldException(
          "when",
          rule.when(),
          e.reason()
              + (asksWho ? "; what is asked of user, page or cart belongs in audience" : ""));
    }
  }

  /// @throws InvalidFieldException of the field `audience`
  Predicate<Query> audience(Rule rule) {
    return rule.audience().isEmpty() ? _ -> true : audiences.compile(rule.audience());
  }
}
