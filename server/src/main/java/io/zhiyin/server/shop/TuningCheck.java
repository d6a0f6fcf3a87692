package io.zhiyin.server.shop;

import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Objective;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.engine.recommend.Scenario;
import io.zhiyin.engine.recommend.Scenarios;
import io.zhiyin.engine.rule.Finding;
import io.zhiyin.engine.rule.RuleCheck;
import io.zhiyin.engine.rule.RuleSet;
import io.zhiyin.engine.rule.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Says of settings that are about to be saved where they would change nothing, or not what one may
/// think. They may be saved all the same: the next model may have what an objective needs.
///
/// @param heads those of the model in use
record TuningCheck(Scenarios scenarios, Supplier<Heads> heads) {
  private static final int NO_RULE = -1;

  /// The result with what was found added.
  RuleCheck.Result with(RuleSet set, RuleCheck.Result result) {
    List<Finding> findings = new ArrayList<>(result.findings());
    for (Map.Entry<String, Tuning> entry : new TreeMap<>(set.scenarios()).entrySet()) {
      if (scenarios.names().contains(entry.getKey())) {
        Scenario scenario = scenarios.named(entry.getKey());
        objective(scenario, entry.getValue().objective(), findings);
        sources(scenario, entry.getValue().sources(), findings);
      }
    }
    return new RuleCheck.Result(List.copyOf(findings), result.matches(), result.compiled());
  }

  private void objective(Scenario scenario, Objective objective, List<Finding> findings) {
    if (objective == Objective.ENGAGEMENT) {
      return;
    }
    if (scenario.weights().isPresent()) {
      warn(
          findings,
          scenario.name() + ".objective",
          objective.wireName(),
          Finding.Kind.OBJECTIVE_WITHOUT_RANKER);
    } else if (heads.get().selling().isEmpty()) {
      warn(
          findings,
          scenario.name() + ".objective",
          objective.wireName(),
          Finding.Kind.OBJECTIVE_NOT_LEARNED);
    }
  }

  private static void sources(
      Scenario scenario, Map<Evidence, Integer> sources, List<Finding> findings) {
    String field = scenario.name() + ".sources";
    if (sources.isEmpty()) {
      return;
    }
    if (scenario.has(Scenario.Rule.GIVEN_CANDIDATES)) {
      warn(findings, field, "", Finding.Kind.SOURCES_NOT_ASKED);
      return;
    }
    if (scenario.drawingOn(sources).sources().isEmpty()) {
      warn(findings, field, "", Finding.Kind.NO_SOURCE_LEFT);
    }
    for (Map.Entry<Evidence, Integer> entry : new TreeMap<>(sources).entrySet()) {
      BlendWeights own = scenario.weights().orElse(null);
      if (own != null && entry.getValue() > 0 && !own.counts(entry.getKey())) {
        warn(
            findings,
            field + "." + entry.getKey().wireName(),
            entry.getValue(),
            Finding.Kind.SOURCE_WITHOUT_WEIGHT);
      }
    }
  }

  private static void warn(List<Finding> findings, String field, Object value, Finding.Kind kind) {
    String place = "scenarios." + field;
    findings.add(new Finding(Finding.Severity.WARNING, NO_RULE, place, "" + value, kind, Map.of()));
  }
}
