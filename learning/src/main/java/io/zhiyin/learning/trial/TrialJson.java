package io.zhiyin.learning.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.evaluate.Interval;
import io.zhiyin.engine.evaluate.PairedDifference;
import io.zhiyin.engine.pipeline.Objective;
import io.zhiyin.learning.train.EvidenceFit;
import io.zhiyin.learning.train.RankerFit;

/// A trial as the document that others read: names and nesting only ever grow.
final class TrialJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TrialJson() {}

  static String of(TrialReport report) {
    TrialSetup setup = report.setup();
    ObjectNode root =
        JSON.createObjectNode()
            .put("dataset", setup.dataset())
            .put("protocol", setup.protocol())
            .put("fit", setup.fit())
            .put("users", setup.users())
            .put("items", setup.items())
            .put("fitEvents", setup.fitEvents())
            .put("maxLength", setup.maxLength())
            .put("seed", setup.seed())
            .put("trainSeconds", Math.round(setup.trainSeconds() * 10) / 10.0);
    ObjectNode byName = root.putObject("methods");
    for (MethodFigures method : report.methods()) {
      ObjectNode views = byName.putObject(method.name());
      for (View view : View.values()) {
        accuracy(views.putObject(view.wireName()), method.of(view), setup.headline());
      }
    }
    comparisons(root, report);
    beyond(root, report);
    slices(root, report);
    curves(root, report);
    report.evidence().ifPresent(evidence -> evidence(root.putObject("evidence"), evidence));
    objectives(root, report);
    report.coldStart().ifPresent(cold -> coldStart(root.putObject("coldStart"), cold, report));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers can always be written", e);
    }
  }

  private static void accuracy(ObjectNode node, MethodFigures.Accuracy accuracy, int k) {
    accuracy.means().forEach((name, value) -> node.put(name, rounded(value)));
    interval(node, "ndcg@" + k + ".ci95", accuracy.ndcg().ci95());
    interval(node, "recall@" + k + ".ci95", accuracy.recall().ci95());
  }

  private static void comparisons(ObjectNode root, TrialReport report) {
    ArrayNode array = root.putArray("comparisons");
    for (Comparison comparison : report.comparisons()) {
      PairedDifference difference = comparison.difference();
      ObjectNode node =
          array
              .addObject()
              .put("method", comparison.method())
              .put("baseline", comparison.baseline())
              .put("view", comparison.view().wireName())
              .put("metric", "ndcg@" + report.setup().headline())
              .put("difference", rounded(difference.mean()))
              .put("pValue", rounded(difference.pValue()))
              .put("n", difference.n());
      interval(node, "ci95", difference.ci95());
    }
  }

  private static void beyond(ObjectNode root, TrialReport report) {
    ObjectNode byName = root.putObject("beyondAccuracy");
    for (BeyondAccuracy beyond : report.beyondAccuracy()) {
      ObjectNode node =
          byName
              .putObject(beyond.method())
              .put("lists", beyond.lists())
              .put("coverage", rounded(beyond.coverage()))
              .put("novelty", rounded(beyond.novelty()))
              .put("diversity", rounded(beyond.diversity()))
              .put("popularity", rounded(beyond.popularity()))
              .put("targetPopularity", rounded(beyond.targetPopularity()))
              .put("gini", rounded(beyond.gini()));
      if (!Double.isNaN(beyond.calibration())) {
        node.put("calibration", rounded(beyond.calibration()));
      }
    }
  }

  private static void slices(ObjectNode root, TrialReport report) {
    ObjectNode byDimension = root.putObject("slices");
    for (Slice.Dimension dimension : Slice.Dimension.values()) {
      ArrayNode rows = byDimension.putArray(dimension.wireName());
      for (Slice slice : report.slices(dimension)) {
        ObjectNode row = rows.addObject().put("label", slice.label()).put("n", slice.n());
        ObjectNode byName = row.putObject("methods");
        slice
            .figures()
            .forEach(
                (method, figures) -> {
                  ObjectNode views = byName.putObject(method);
                  for (View view : View.values()) {
                    accuracy(views.putObject(view.wireName()), figures.of(view), report);
                  }
                });
      }
    }
  }

  private static void accuracy(ObjectNode node, Slice.Accuracy accuracy, TrialReport report) {
    int k = report.setup().headline();
    node.put("recall@" + k, rounded(accuracy.recall().mean()));
    interval(node, "recall@" + k + ".ci95", accuracy.recall().ci95());
    node.put("ndcg@" + k, rounded(accuracy.ndcg().mean()));
    interval(node, "ndcg@" + k + ".ci95", accuracy.ndcg().ci95());
  }

  private static void curves(ObjectNode root, TrialReport report) {
    ArrayNode array = root.putArray("training");
    for (TrainingCurve curve : report.curves()) {
      ArrayNode passes = array.addObject().put("stage", curve.stage()).putArray("passes");
      for (TrainingCurve.Pass pass : curve.passes()) {
        ObjectNode node =
            passes.addObject().put("epoch", pass.epoch()).put("loss", rounded(pass.loss()));
        if (!Double.isNaN(pass.metric())) {
          node.put("validation.ndcg@10", rounded(pass.metric()));
        }
      }
    }
  }

  private static void evidence(ObjectNode node, EvidenceFit.Fitted evidence) {
    ObjectNode blend = node.putObject("blend");
    evidence
        .weights()
        .terms()
        .forEach((kind, term) -> blend.put(kind.wireName(), rounded(term.weight())));
    RankerFit.Fitted ranked = evidence.ranked();
    node.put("trees", ranked.ranker().map(ranker -> ranker.trees().size()).orElse(0));
    if (!ranked.gains().isEmpty()) {
      node.put("validation.blend.ndcg@10", rounded(ranked.blendNdcg()));
      node.put("validation.ranker.ndcg@10", rounded(ranked.ndcg()));
    }
    ObjectNode gains = node.putObject("gains");
    ranked.gains().forEach((feature, share) -> gains.put(feature.name(), rounded(share)));
    ArrayNode bins = node.putArray("calibration");
    for (RankerFit.Reliability bin : ranked.calibration()) {
      bins.addObject()
          .put("n", bin.rows())
          .put("foretold", rounded(bin.foretold()))
          .put("observed", rounded(bin.observed()));
    }
  }

  private static void objectives(ObjectNode root, TrialReport report) {
    if (report.objectives().isEmpty()) {
      return;
    }
    ObjectNode byName = root.putObject("objectives");
    for (ObjectiveFigures figures : report.objectives()) {
      ObjectNode node =
          byName
              .putObject(figures.objective().wireName())
              .put("sales", figures.sales())
              .put("purchase.ndcg@10", rounded(figures.ndcg()))
              .put("revenue@10", rounded(figures.revenue()));
      if (figures.objective() != Objective.ENGAGEMENT) {
        difference(node, "purchase.ndcg@10", figures.ndcgGain());
        difference(node, "revenue@10", figures.revenueGain());
      }
    }
  }

  private static void difference(ObjectNode node, String name, PairedDifference difference) {
    node.put(name + ".difference", rounded(difference.mean()));
    interval(node, name + ".ci95", difference.ci95());
    node.put(name + ".pValue", rounded(difference.pValue()));
  }

  private static void coldStart(ObjectNode node, ColdStartReport cold, TrialReport report) {
    ObjectNode items =
        node.putObject("newItems")
            .put("heldOut", cold.newItems().heldOut())
            .put("removedEvents", cold.newItems().removedEvents())
            .put("n", cold.newItems().cases());
    ObjectNode byName = items.putObject("methods");
    cold.newItems()
        .figures()
        .forEach(
            (method, figures) -> {
              ObjectNode views = byName.putObject(method);
              accuracy(views.putObject("amongAll"), figures.amongAll(), report);
              accuracy(views.putObject("amongNew"), figures.amongNew(), report);
            });
    ArrayNode shoppers = node.putArray("newShoppers");
    for (ColdStartReport.NewShoppers row : cold.newShoppers()) {
      ObjectNode one = shoppers.addObject();
      if (row.events() == ColdStartReport.NewShoppers.ALL) {
        one.put("events", "all");
      } else {
        one.put("events", row.events());
      }
      ObjectNode methods = one.put("n", row.cases()).putObject("methods");
      row.figures()
          .forEach((method, accuracy) -> accuracy(methods.putObject(method), accuracy, report));
    }
  }

  static void interval(ObjectNode node, String name, Interval interval) {
    node.putArray(name).add(rounded(interval.low())).add(rounded(interval.high()));
  }

  static double rounded(double value) {
    return Math.round(value * 1e5) / 1e5;
  }
}
