package io.zhiyin.server.report;

import io.zhiyin.learning.trial.TrainingCurve;
import io.zhiyin.learning.trial.TrialReport;
import java.util.List;
import java.util.stream.IntStream;

/// How models learned.
final class CurveSections {
  private final TrialReport report;
  private final Html html;

  CurveSections(TrialReport report, Html html) {
    this.report = report;
    this.html = html;
  }

  void write() {
    if (report.curves().isEmpty()) {
      return;
    }
    html.open("section").element("h2", new Words("How the model learned", "模型如何学习"));
    for (TrainingCurve curve : report.curves()) {
      draw(curve);
    }
    html.close("section");
  }

  private void draw(TrainingCurve curve) {
    double[] loss = curve.passes().stream().mapToDouble(TrainingCurve.Pass::loss).toArray();
    double[] metric = curve.passes().stream().mapToDouble(TrainingCurve.Pass::metric).toArray();
    int best = best(metric);
    html.open("h3").text(curve.stage()).close("h3");
    if (curve.passes().size() > 1) {
      html.open("div", "class", "pair");
      if (best >= 0) {
        chart(curve, new Words("Validation NDCG@10 by pass", "每轮验证集 NDCG@10"), metric, best);
      }
      chart(curve, new Words("Loss by pass", "每轮损失"), loss, -1);
      html.close("div");
    }
    new Tables(html)
        .behind(
            new Words("Passes over the data: " + curve.stage(), "训练轮次：" + curve.stage()),
            List.of(
                new Words("pass", "轮次"),
                new Words("loss", "损失"),
                new Words("validation NDCG@10", "验证集 NDCG@10"),
                new Words("seconds", "秒")),
            curve.passes().stream()
                .map(
                    pass ->
                        List.of(
                            Words.same(Integer.toString(pass.epoch())),
                            Words.same(Numbers.four(pass.loss())),
                            Words.same(Numbers.four(pass.metric())),
                            Words.same(
                                String.format(java.util.Locale.ROOT, "%.1f", pass.seconds()))))
                .toList());
  }

  private void chart(TrainingCurve curve, Words title, double[] values, int best) {
    double low = java.util.Arrays.stream(values).filter(v -> !Double.isNaN(v)).min().orElse(0);
    double high = java.util.Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0);
    html.open("figure").element("figcaption", title);
    html.open("div", "class", "plot").open("div", "class", "y");
    html.element("span", Numbers.four(high)).element("span", Numbers.four(low)).close("div");
    html.markup(CurveChart.of(values, best));
    html.open("div", "class", "x");
    html.element("span", Integer.toString(curve.passes().getFirst().epoch()));
    if (best >= 0) {
      int pass = curve.passes().get(best).epoch();
      html.element(
          "span",
          new Words(
              "best after pass %d: %s".formatted(pass, Numbers.four(values[best])),
              "第 %d 轮后最佳：%s".formatted(pass, Numbers.four(values[best]))),
          "class",
          "best");
    }
    html.element("span", Integer.toString(curve.passes().getLast().epoch()));
    html.close("div").close("div").close("figure");
  }

  private static int best(double[] metric) {
    return IntStream.range(0, metric.length)
        .filter(i -> !Double.isNaN(metric[i]))
        .reduce(-1, (a, b) -> a < 0 || metric[b] > metric[a] ? b : a);
  }
}
