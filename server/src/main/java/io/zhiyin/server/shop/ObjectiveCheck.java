package io.zhiyin.server.shop;

import io.zhiyin.engine.pipeline.Objective;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.engine.recommend.Scenarios;
import io.zhiyin.engine.rule.Finding;
import io.zhiyin.engine.rule.RuleCheck;
import io.zhiyin.engine.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Says of objectives that are about to be saved where they would change nothing. They may be saved
/// all the same: the next model may have what they need.
///
/// @param heads those of the model in use
record ObjectiveCheck(Scenarios scenarios, Supplier<Heads> heads) {
  private static final int NO_RULE = -1;

  /// The result with what was found added.
  RuleCheck.Result with(RuleSet set, RuleCheck.Result result) {
    List<Finding> findings = new ArrayList<>(result.findings());
    new TreeMap<>(set.scenarios())
        .forEach(
            (name, tuning) -> {
              String reason = reason(name);
              if (tuning.objective() != Objective.ENGAGEMENT && !reason.isEmpty()) {
                findings.add(
                    new Finding(
                        Finding.Severity.WARNING,
                        NO_RULE,
                        "scenarios." + name + ".objective",
                        tuning.objective().wireName(),
                        reason));
              }
            });
    return new RuleCheck.Result(List.copyOf(findings), result.matches(), result.compiled());
  }

  /// Why an objective changes nothing there; empty where it does.
  private String reason(String scenario) {
    if (!scenarios.names().contains(scenario)) {
      return "";
    }
    if (scenarios.named(scenario).weights().isPresent()) {
      return "changes nothing: the learned ranker has no say in this scenario";
    }
    return heads.get().selling().isPresent()
        ? ""
        : "changes nothing yet: the model in use has not learned what follows on a choice, so lists are made for engagement";
  }
}
