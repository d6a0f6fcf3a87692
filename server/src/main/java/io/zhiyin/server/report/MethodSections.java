package io.zhiyin.server.report;

import io.zhiyin.engine.evaluate.PairedDifference;
import io.zhiyin.learning.trial.BeyondAccuracy;
import io.zhiyin.learning.trial.Comparison;
import io.zhiyin.learning.trial.MethodFigures;
import io.zhiyin.learning.trial.TrialReport;
import io.zhiyin.learning.trial.View;
import java.util.ArrayList;
import java.util.List;

/// All methods side by side: accuracy, tests, and what their lists are like.
final class MethodSections {
  private static final Words METHOD = new Words("method", "方法");

  private final TrialReport report;
  private final Html html;
  private final Tables tables;
  private final int k;

  MethodSections(TrialReport report, Html html) {
    this.report = report;
    this.html = html;
    tables = new Tables(html);
    k = report.setup().headline();
  }

  void write() {
    accuracy();
    if (!report.comparisons().isEmpty()) {
      comparisons();
    }
    beyond();
  }

  static Words view(View view) {
    return switch (view) {
      case MASKED -> new Words("own items left out", "不含用户自己的商品");
      case UNMASKED -> new Words("all items", "全部商品");
    };
  }

  /// The class that colours a method everywhere.
  static String style(String method) {
    return "m-" + method;
  }

  private void accuracy() {
    html.open("section").element("h2", new Words("Every method beside the others", "各方法对比"));
    html.element(
        "p",
        new Words(
            "NDCG@"
                + k
                + " with its 95 % interval: 1 would mean that the hidden item always came first.",
            "NDCG@" + k + " 及其 95 % 区间：若隐藏商品总是排第一，则为 1。"));
    double scale =
        report.methods().stream()
            .mapToDouble(
                m -> Math.max(m.masked().ndcg().ci95().high(), m.unmasked().ndcg().ci95().high()))
            .max()
            .orElse(0);
    html.open("div", "class", "pair");
    for (View view : View.values()) {
      html.open("figure").element("figcaption", view(view));
      for (MethodFigures method : report.methods()) {
        var ndcg = method.of(view).ndcg();
        html.open("div", "class", "row").element("span", method.name(), "class", "label");
        html.markup(Bars.stacked(List.of(new Bars.Bar(ndcg, style(method.name()))), scale));
        html.element("span", Numbers.four(ndcg.mean()), "class", "value").close("div");
      }
      html.close("figure");
    }
    html.close("div");
    for (View view : View.values()) {
      List<Words> head = new ArrayList<>(List.of(METHOD));
      List<List<Words>> rows = new ArrayList<>();
      for (MethodFigures method : report.methods()) {
        List<Words> row = new ArrayList<>(List.of(Words.same(method.name())));
        method
            .of(view)
            .means()
            .forEach(
                (name, mean) -> {
                  row.add(Words.same(Numbers.four(mean)));
                  if (rows.isEmpty()) {
                    head.add(Words.same(name));
                  }
                });
        row.add(Words.same(Numbers.interval(method.of(view).ndcg().ci95())));
        row.add(Words.same(Numbers.interval(method.of(view).recall().ci95())));
        rows.add(row);
      }
      head.add(new Words("95 % of ndcg@" + k, "ndcg@" + k + " 的 95 % 区间"));
      head.add(new Words("95 % of recall@" + k, "recall@" + k + " 的 95 % 区间"));
      tables.behind(view(view), head, rows);
    }
    html.close("section");
  }

  private void comparisons() {
    html.open("section").element("h2", new Words("Could it be chance?", "会不会是偶然？"));
    html.element(
        "p",
        new Words(
            "The difference in NDCG@"
                + k
                + " for the same shoppers, own items left out. Where the line stays clear of zero, chance is an unlikely explanation.",
            "同一批用户上 NDCG@" + k + " 之差（不含用户自己的商品）。区间线不跨过零时，难以用偶然解释。"));
    List<Comparison> shown =
        report.comparisons().stream().filter(c -> c.view() == View.MASKED).toList();
    double scale =
        shown.stream()
            .mapToDouble(
                c ->
                    Math.max(
                        Math.abs(c.difference().ci95().low()),
                        Math.abs(c.difference().ci95().high())))
            .max()
            .orElse(0);
    html.open("figure");
    for (Comparison comparison : shown) {
      PairedDifference difference = comparison.difference();
      html.open("div", "class", "row wide");
      html.element("span", comparison.method() + " − " + comparison.baseline(), "class", "label");
      html.markup(
          Bars.around(difference.mean(), difference.ci95(), scale, style(comparison.method())));
      html.open("span", "class", "value").text(Numbers.signed(difference.mean()));
      html.element("small", " " + Numbers.p(difference.pValue())).close("span").close("div");
    }
    html.close("figure");
    tables.behind(
        new Words("Differences of NDCG@" + k, "NDCG@" + k + " 之差"),
        List.of(
            METHOD,
            new Words("baseline", "基线"),
            new Words("ranked", "排序范围"),
            new Words("difference", "差值"),
            new Words("95 % interval", "95 % 区间"),
            Words.same("p"),
            new Words("shoppers", "用户数")),
        report.comparisons().stream()
            .map(
                c ->
                    List.of(
                        Words.same(c.method()),
                        Words.same(c.baseline()),
                        view(c.view()),
                        Words.same(Numbers.signed(c.difference().mean())),
                        Words.same(Numbers.signed(c.difference().ci95())),
                        Words.same(Numbers.four(c.difference().pValue())),
                        Words.same(Numbers.count(c.difference().n()))))
            .toList());
    html.close("section");
  }

  private void beyond() {
    if (report.beyondAccuracy().isEmpty()) {
      return;
    }
    html.open("section").element("h2", new Words("Beside being right", "准确之外"));
    html.element(
        "p",
        new Words(
            "What the lists of ten are like. A list can be accurate and still show everybody the same few favourites.",
            "十个商品的推荐列表是什么样的。列表可以很准，却只给所有人看同样的几个热门商品。"));
    List<List<Words>> rows = new ArrayList<>();
    for (BeyondAccuracy beyond : report.beyondAccuracy()) {
      rows.add(
          row(
              beyond.method(),
              report
                  .method(beyond.method())
                  .map(m -> Numbers.four(m.masked().means().getOrDefault("mrr@" + k, Double.NaN)))
                  .orElse("–"),
              Numbers.percent(beyond.coverage()),
              Numbers.three(beyond.novelty()),
              Numbers.three(beyond.diversity()),
              Numbers.percent(beyond.popularity()),
              Numbers.three(beyond.gini()),
              Numbers.three(beyond.calibration())));
    }
    List<Words> chosen =
        new ArrayList<>(
            row(
                "",
                "",
                "",
                "",
                "",
                Numbers.percent(report.beyondAccuracy().getFirst().targetPopularity()),
                "",
                ""));
    chosen.set(0, new Words("what they chose", "用户实际选择"));
    rows.add(chosen);
    int lists = report.beyondAccuracy().getFirst().lists();
    tables.write(
        new Words(
            Numbers.count(lists) + " lists of ten, own items left out",
            Numbers.count(lists) + " 个十商品列表，不含用户自己的商品"),
        List.of(
            METHOD,
            Words.same("MRR@" + k),
            new Words("coverage ↑", "覆盖率 ↑"),
            new Words("novelty, bits ↑", "新颖度（比特）↑"),
            new Words("diversity ↑", "多样性 ↑"),
            new Words("popularity", "热门程度"),
            new Words("Gini ↓", "基尼系数 ↓"),
            new Words("miscalibration ↓", "类目偏离 ↓")),
        rows);
    html.close("section");
  }

  private static List<Words> row(String... cells) {
    return java.util.Arrays.stream(cells).map(Words::same).toList();
  }
}
