package io.zhiyin.learning.trial;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.ContentIndex;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.train.EvidenceFit;
import java.util.List;
import java.util.Optional;

/// Turns places and lists into a report.
///
/// @param fitted what the measured methods have fitted
record Summary(Catalog catalog, List<History> fitted, TestCases cases, TrialSetup setup) {
  TrialReport of(
      List<MethodRanks> ranks,
      List<TrainingCurve> curves,
      Optional<ColdStartReport> coldStart,
      Optional<EvidenceFit.Fitted> evidence,
      List<ObjectiveFigures> objectives) {
    ItemFigures items = new ItemFigures(catalog, fitted);
    BeyondAccuracy.Meter meter =
        new BeyondAccuracy.Meter(items, ContentIndex.fit(catalog), cases.listed());
    return new TrialReport(
        setup,
        ranks.stream().map(method -> MethodFigures.of(method, setup)).toList(),
        Comparison.all(ranks, setup),
        ranks.stream().map(meter::of).toList(),
        Slices.of(cases.all(), items, ranks, setup.headline(), setup.seed()),
        curves,
        ranks.isEmpty()
            ? List.of()
            : SampleList.draw(catalog, cases.listed(), ranks.getLast(), setup.seed()),
        coldStart,
        evidence,
        objectives);
  }
}
