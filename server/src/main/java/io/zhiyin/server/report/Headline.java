package io.zhiyin.server.report;

import io.zhiyin.engine.evaluate.Estimate;
import io.zhiyin.engine.evaluate.PairedDifference;
import io.zhiyin.learning.trial.Comparison;
import io.zhiyin.learning.trial.MethodFigures;
import io.zhiyin.learning.trial.TrialReport;
import io.zhiyin.learning.trial.View;
import java.util.Locale;
import java.util.Optional;

/// What a reader should know after ten seconds.
final class Headline {
  private final TrialReport report;
  private final Html html;

  Headline(TrialReport report, Html html) {
    this.report = report;
    this.html = html;
  }

  void write() {
    if (report.methods().isEmpty() || report.setup().users() == 0) {
      html.element(
          "p",
          new Words(
              "There is no shopper with enough events to ask about. Import more events, then evaluate again.",
              "没有事件足够多的用户可供测试。请导入更多事件后再评估。"),
          "class",
          "lead");
      return;
    }
    MethodFigures best = report.method("zhiyin").orElseGet(() -> report.methods().getLast());
    int k = report.setup().headline();
    html.open("h1").text(report.setup().dataset()).close("h1");
    sentence(best, k);
    html.open("div", "class", "cards");
    Estimate ndcg = best.masked().ndcg();
    card(
        Numbers.four(ndcg.mean()),
        new Words("NDCG@" + k + " of " + best.name(), best.name() + " 的 NDCG@" + k),
        new Words(
            "95 % interval " + Numbers.interval(ndcg.ci95()),
            "95 % 区间 " + Numbers.interval(ndcg.ci95())));
    beside(best, Comparison.PLAIN).ifPresent(c -> difference(c, k));
    beside(best, "sequence").ifPresent(c -> difference(c, k));
    Estimate recall = best.masked().recall();
    card(
        Numbers.percent(recall.mean()),
        new Words(
            "of shoppers find what they chose next in the first " + k,
            "的用户能在前 " + k + " 个推荐中看到自己接下来选择的商品"),
        new Words(
            "95 % interval "
                + Numbers.percent(recall.ci95().low())
                + "–"
                + Numbers.percent(recall.ci95().high()),
            "95 % 区间 "
                + Numbers.percent(recall.ci95().low())
                + "–"
                + Numbers.percent(recall.ci95().high())));
    html.close("div");
  }

  private void sentence(MethodFigures best, int k) {
    String users = Numbers.count(report.setup().users());
    String items = Numbers.count(report.setup().items());
    String share = Numbers.percent(best.masked().recall().mean());
    Optional<String> plain =
        report
            .method(Comparison.PLAIN)
            .filter(method -> !method.name().equals(best.name()))
            .map(method -> Numbers.percent(method.masked().recall().mean()));
    html.element(
        "p",
        new Words(
            "We hid one choice of each of %s shoppers and ranked all %s items for them. The hidden item was among the first %d for %s of them%s."
                .formatted(
                    users,
                    items,
                    k,
                    share,
                    plain
                        .map(p -> "; with plain counting (item-to-item) it was for " + p)
                        .orElse("")),
            "我们隐藏了 %s 位用户各自的一次选择，并为他们对全部 %s 个商品排序。%s 的用户的隐藏商品排在前 %d%s。"
                .formatted(
                    users,
                    items,
                    share,
                    k,
                    plain.map(p -> "；只用共现计数（item-to-item）时为 " + p).orElse(""))),
        "class",
        "lead");
  }

  private Optional<Comparison> beside(MethodFigures method, String baseline) {
    return report.comparisons().stream()
        .filter(
            c ->
                c.method().equals(method.name())
                    && c.baseline().equals(baseline)
                    && c.view() == View.MASKED)
        .findFirst();
  }

  private void difference(Comparison comparison, int k) {
    PairedDifference difference = comparison.difference();
    double base = report.ndcg(comparison.baseline());
    String big =
        base > 0
            ? String.format(Locale.ROOT, "%+.1f %%", 100 * difference.mean() / base)
                .replace('-', '−')
            : Numbers.signed(difference.mean());
    String certainty = Numbers.p(difference.pValue());
    card(
        big,
        new Words(
            "NDCG@" + k + " against " + comparison.baseline(),
            "NDCG@" + k + "，相对 " + comparison.baseline()),
        difference.isSignificant()
            ? new Words("paired test: " + certainty, "配对检验：" + certainty)
            : new Words("may be chance: " + certainty, "可能是偶然：" + certainty));
  }

  private void card(String number, Words what, Words small) {
    html.open("div", "class", "card").element("strong", number, "class", "big");
    html.element("span", what).element("small", small).close("div");
  }
}
