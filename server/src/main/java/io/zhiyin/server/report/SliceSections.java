package io.zhiyin.server.report;

import io.zhiyin.engine.evaluate.Estimate;
import io.zhiyin.learning.trial.Slice;
import io.zhiyin.learning.trial.Slices;
import io.zhiyin.learning.trial.TrialReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Where it works well and where it does not.
final class SliceSections {
  private final TrialReport report;
  private final Html html;
  private final Tables tables;
  private final int k;

  SliceSections(TrialReport report, Html html) {
    this.report = report;
    this.html = html;
    tables = new Tables(html);
    k = report.setup().headline();
  }

  void write() {
    if (report.slices().isEmpty()) {
      return;
    }
    html.open("section").element("h2", new Words("Where it works, and where not", "在哪些情况下有效"));
    html.element(
        "p",
        new Words(
            "NDCG@"
                + k
                + " by kind of shopper and of item, own items left out. n is the number of shoppers asked, the figure that of "
                + report.leading().getLast()
                + ".",
            "按用户与商品类型划分的 NDCG@"
                + k
                + "（不含用户自己的商品）。n 为测试用户数，右侧数值属于 "
                + report.leading().getLast()
                + "。"));
    legend(html, report.leading());
    html.open("div", "class", "pair");
    for (Slice.Dimension dimension : Slice.Dimension.values()) {
      List<Slice> slices = report.slices(dimension);
      if (!slices.isEmpty()) {
        chart(dimension, slices);
      }
    }
    html.close("div").close("section");
  }

  static void legend(Html html, List<String> methods) {
    html.open("p", "class", "legend");
    for (String method : methods) {
      html.open("span", "class", "key " + MethodSections.style(method));
      html.markup("<svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><rect class=\"bar ");
      html.text(MethodSections.style(method));
      html.markup("\" width=\"12\" height=\"12\" rx=\"2\"/></svg>").text(method).close("span");
    }
    html.close("p");
  }

  private void chart(Slice.Dimension dimension, List<Slice> slices) {
    List<String> shown = report.leading();
    double scale =
        Bars.scale(slices.stream().flatMap(slice -> shown.stream().map(m -> ndcg(slice, m))));
    html.open("figure").element("figcaption", title(dimension));
    for (Slice slice : slices) {
      html.open("div", "class", "row").open("span", "class", "label").words(label(slice));
      html.element("small", "n = " + Numbers.count(slice.n())).close("span");
      html.markup(
          Bars.stacked(
              shown.stream()
                  .map(m -> new Bars.Bar(ndcg(slice, m), MethodSections.style(m)))
                  .toList(),
              scale));
      html.element("span", Numbers.four(ndcg(slice, shown.getLast()).mean()), "class", "value");
      html.close("div");
    }
    List<Words> head = new ArrayList<>(List.of(title(dimension), Words.same("n")));
    for (String method : shown) {
      head.add(Words.same(method + " NDCG@" + k));
      head.add(new Words("95 %", "95 % 区间"));
      head.add(Words.same(method + " R@" + k));
      head.add(new Words("95 %", "95 % 区间"));
    }
    List<List<Words>> rows = new ArrayList<>();
    for (Slice slice : slices) {
      List<Words> row =
          new ArrayList<>(List.of(label(slice), Words.same(Numbers.count(slice.n()))));
      for (String method : shown) {
        Estimate ndcg = ndcg(slice, method);
        Estimate recall = figures(slice, method).masked().recall();
        row.add(Words.same(Numbers.four(ndcg.mean())));
        row.add(Words.same(Numbers.interval(ndcg.ci95())));
        row.add(Words.same(Numbers.four(recall.mean())));
        row.add(Words.same(Numbers.interval(recall.ci95())));
      }
      rows.add(row);
    }
    tables.behind(title(dimension), head, rows);
    html.close("figure");
  }

  private static Slice.Figures figures(Slice slice, String method) {
    return Objects.requireNonNull(slice.figures().get(method));
  }

  private static Estimate ndcg(Slice slice, String method) {
    return figures(slice, method).masked().ndcg();
  }

  private static Words title(Slice.Dimension dimension) {
    return switch (dimension) {
      case ACTIVITY -> new Words("Events known of the shopper", "已知的用户事件数");
      case ITEM_EVENTS ->
          new Words("Events of the right item in what was fitted", "正确商品在拟合数据中的事件数");
      case ITEM_AGE -> new Words("Days since the right item's first fitted event", "正确商品首次出现以来的天数");
      case CATEGORY -> new Words("Category of the right item", "正确商品的类目");
    };
  }

  private static Words label(Slice slice) {
    return switch (slice.label()) {
      case Slices.NOT_FITTED -> new Words("never seen", "从未出现");
      case Slices.OTHER -> new Words("all other categories", "其他类目");
      case Slices.NONE -> new Words("no category", "无类目");
      default -> Words.same(slice.label());
    };
  }
}
