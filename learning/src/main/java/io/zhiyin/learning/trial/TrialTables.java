package io.zhiyin.learning.trial;

import io.zhiyin.engine.evaluate.Estimate;
import io.zhiyin.engine.evaluate.Interval;
import io.zhiyin.engine.evaluate.PairedDifference;
import io.zhiyin.learning.trial.ColdStartReport.NewItems;
import io.zhiyin.learning.trial.ColdStartReport.NewShoppers;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A trial as tables on a console, best method last.
final class TrialTables {
  private final TrialReport report;
  private final int k;
  private final StringBuilder text = new StringBuilder();

  private TrialTables(TrialReport report) {
    this.report = report;
    k = report.setup().headline();
  }

  static String of(TrialReport report) {
    TrialTables tables = new TrialTables(report);
    tables.accuracy();
    tables.comparisons();
    tables.beyond();
    tables.slices();
    tables.objectives();
    report.coldStart().ifPresent(tables::coldStart);
    return tables.text.toString();
  }

  private void line(String words) {
    text.append(words.stripTrailing()).append('\n');
  }

  private static String name(String method) {
    return String.format(Locale.ROOT, "%-14s ", method);
  }

  private void accuracy() {
    TrialSetup setup = report.setup();
    line(
        String.format(
            Locale.ROOT,
            "%s, %s, %s: %,d users, %,d items, all ranked",
            setup.dataset(),
            setup.protocol(),
            setup.fit(),
            setup.users(),
            setup.items()));
    line(
        String.format(
            Locale.ROOT,
            "%-14s %36s   %36s",
            "",
            "own items left out / 不含自己的商品",
            "all items / 全部商品"));
    String heads =
        String.format(Locale.ROOT, "%9s %9s %16s", "recall@" + k, "ndcg@" + k, "95 % of ndcg");
    line(name("method") + heads + "   " + heads);
    for (MethodFigures method : report.methods()) {
      line(name(method.name()) + cells(method.masked()) + "   " + cells(method.unmasked()));
    }
  }

  private void objectives() {
    if (report.objectives().isEmpty()) {
      return;
    }
    line("");
    line(
        String.format(
            Locale.ROOT,
            "Objectives, %,d test choices that were bought / 目标，测试中成交的选择",
            report.objectives().getFirst().sales()));
    line(name("objective") + "  ndcg@10   difference   revenue@10   difference");
    for (ObjectiveFigures figures : report.objectives()) {
      line(
          name(figures.objective().wireName())
              + String.format(
                  Locale.ROOT,
                  "%9.4f %+12.4f %12.2f %+12.2f",
                  figures.ndcg(),
                  figures.ndcgGain().mean(),
                  figures.revenue(),
                  figures.revenueGain().mean()));
    }
  }

  private static String cells(MethodFigures.Accuracy accuracy) {
    Estimate ndcg = accuracy.ndcg();
    return String.format(
        Locale.ROOT, "%9.4f %9.4f %s", accuracy.recall().mean(), ndcg.mean(), words(ndcg.ci95()));
  }

  private static String words(Interval interval) {
    return String.format(Locale.ROOT, "%.4f to %.4f", interval.low(), interval.high());
  }

  private void comparisons() {
    if (report.comparisons().isEmpty()) {
      return;
    }
    line("");
    line("ndcg@" + k + " for the same shoppers, method minus baseline / 同一批用户上与基线之差");
    line(
        String.format(
            Locale.ROOT,
            "%-14s %-14s %-9s %9s %20s %8s",
            "method",
            "baseline",
            "ranked",
            "differs",
            "95 %",
            "p"));
    for (Comparison comparison : report.comparisons()) {
      PairedDifference difference = comparison.difference();
      line(
          String.format(
              Locale.ROOT,
              "%-14s %-14s %-9s %+9.4f %+9.4f to %+7.4f %8.4f%s",
              comparison.method(),
              comparison.baseline(),
              comparison.view().wireName(),
              difference.mean(),
              difference.ci95().low(),
              difference.ci95().high(),
              difference.pValue(),
              difference.isSignificant() ? "" : "  (may be chance / 可能是偶然)"));
    }
  }

  private void beyond() {
    if (report.beyondAccuracy().isEmpty()) {
      return;
    }
    line("");
    line(
        "Lists of "
            + TestCases.LIST_LENGTH
            + " beside being right / 推荐列表的其他方面: "
            + report.beyondAccuracy().getFirst().lists()
            + " lists");
    line(
        String.format(
            Locale.ROOT,
            "%-14s %9s %9s %9s %11s %9s %9s %11s",
            "method",
            "mrr@" + k,
            "coverage",
            "novelty",
            "diversity",
            "popular",
            "gini",
            "calibration"));
    for (BeyondAccuracy beyond : report.beyondAccuracy()) {
      line(
          String.format(
              Locale.ROOT,
              "%-14s %9.4f %9.3f %9.2f %11.3f %9.3f %9.3f %11.3f",
              beyond.method(),
              report
                  .method(beyond.method())
                  .map(figures -> figures.masked().means().getOrDefault("mrr@" + k, 0.0))
                  .orElse(0.0),
              beyond.coverage(),
              beyond.novelty(),
              beyond.diversity(),
              beyond.popularity(),
              beyond.gini(),
              beyond.calibration()));
    }
    line(
        String.format(
            Locale.ROOT,
            "%-14s %61.3f",
            "what came",
            report.beyondAccuracy().getFirst().targetPopularity()));
  }

  private void slices() {
    List<String> shown = report.leading();
    for (Slice.Dimension dimension : Slice.Dimension.values()) {
      List<Slice> slices = report.slices(dimension);
      if (slices.isEmpty()) {
        continue;
      }
      line("");
      StringBuilder head =
          new StringBuilder(String.format(Locale.ROOT, "%-34s %8s", title(dimension), "n"));
      for (String method : shown) {
        head.append(String.format(Locale.ROOT, "  %25s", method));
      }
      line(head.toString());
      for (Slice slice : slices) {
        StringBuilder row =
            new StringBuilder(
                String.format(Locale.ROOT, "  %-32s %,8d", cut(slice.label(), 32), slice.n()));
        for (String method : shown) {
          row.append("  ").append(cells(slice.figures().get(method)));
        }
        line(row.toString());
      }
    }
  }

  private static String cells(Slice.@org.jspecify.annotations.Nullable Figures figures) {
    Estimate ndcg = figures == null ? Estimate.NONE : figures.masked().ndcg();
    return String.format(Locale.ROOT, "%7.4f (%s)", ndcg.mean(), words(ndcg.ci95()));
  }

  private static String cut(String label, int length) {
    return label.length() <= length ? label : "…" + label.substring(label.length() - length + 1);
  }

  private String title(Slice.Dimension dimension) {
    return "ndcg@"
        + k
        + switch (dimension) {
          case ACTIVITY -> " by events known of shopper";
          case ITEM_EVENTS -> " by the item's fitted events";
          case ITEM_AGE -> " by the item's age in days";
          case CATEGORY -> " by the item's category";
        };
  }

  private void coldStart(ColdStartReport cold) {
    NewItems items = cold.newItems();
    line("");
    line(
        String.format(
            Locale.ROOT,
            "New items / 新商品: %,d items and %,d events held out of every fit, %,d questions",
            items.heldOut(),
            items.removedEvents(),
            items.cases()));
    String heads =
        String.format(Locale.ROOT, "%9s %9s %16s", "recall@" + k, "ndcg@" + k, "95 % of ndcg");
    line(String.format(Locale.ROOT, "%-14s %36s   %36s", "", "among all", "among the new"));
    line(name("method") + heads + "   " + heads);
    items
        .figures()
        .forEach(
            (method, figures) ->
                line(name(method) + cells(figures.amongAll()) + "   " + cells(figures.amongNew())));
    line("");
    line(
        String.format(
            Locale.ROOT,
            "New shoppers / 新用户: recall@%d and ndcg@%d when only their newest events are known; %,d questions",
            k,
            k,
            cold.newShoppers().stream().mapToInt(NewShoppers::cases).findFirst().orElse(0)));
    StringBuilder head = new StringBuilder(name("method"));
    for (NewShoppers row : cold.newShoppers()) {
      head.append(String.format(Locale.ROOT, "%17s", known(row.events())));
    }
    line(head.toString());
    for (String method : items.figures().keySet()) {
      StringBuilder row = new StringBuilder(name(method));
      for (NewShoppers shoppers : cold.newShoppers()) {
        Slice.Accuracy accuracy = of(shoppers.figures(), method);
        row.append(
            String.format(
                Locale.ROOT, "   %.4f %.4f", accuracy.recall().mean(), accuracy.ndcg().mean()));
      }
      line(row.toString());
    }
  }

  private static Slice.Accuracy of(Map<String, Slice.Accuracy> figures, String method) {
    return figures.getOrDefault(method, new Slice.Accuracy(Estimate.NONE, Estimate.NONE));
  }

  private static String cells(Slice.Accuracy accuracy) {
    return String.format(
        Locale.ROOT,
        "%9.4f %9.4f %s",
        accuracy.recall().mean(),
        accuracy.ndcg().mean(),
        words(accuracy.ndcg().ci95()));
  }

  private static String known(int events) {
    return events == NewShoppers.ALL ? "all / 全部" : events == 1 ? "1 event" : events + " events";
  }
}
