package io.zhiyin.server.report;

import io.zhiyin.learning.train.EvidenceFit;
import io.zhiyin.learning.train.RankerFit;
import java.util.List;
import java.util.Locale;

/// What the order of a list is made of, and whether its probabilities come true.
final class EvidenceSections {
  private static final int SIDE = 240;

  /// The chart's axes go from 1 in 4,096 to 1.
  private static final double DECADES = 12;

  private final RankerFit.Fitted ranked;
  private final Html html;

  EvidenceSections(EvidenceFit.Fitted evidence, Html html) {
    this.ranked = evidence.ranked();
    this.html = html;
  }

  void write() {
    if (ranked.calibration().isEmpty()) {
      return;
    }
    html.open("section").element("h2", new Words("How evidence becomes an order", "证据如何变成排序"));
    html.element(
        "p",
        new Words(
            "On validation choices, by crossing halves: NDCG@10 %s with the learned ranker, %s by the weighted sum alone."
                .formatted(Numbers.four(ranked.ndcg()), Numbers.four(ranked.blendNdcg())),
            "验证集（两半交叉）：学习排序 NDCG@10 %s，仅加权求和 %s。"
                .formatted(Numbers.four(ranked.ndcg()), Numbers.four(ranked.blendNdcg()))));
    reliability();
    gains();
    html.close("section");
  }

  private void reliability() {
    html.element("h3", new Words("Do the probabilities come true?", "概率是否准确？"));
    html.open("figure");
    html.element(
        "figcaption",
        new Words(
            "Candidates with about the same foretold probability (across) and the share of them that was chosen (up); both logarithmic, from 1 in 4,096 to 1. On the line: exactly as foretold.",
            "横轴为预测概率，纵轴为实际被选比例，均为对数坐标（1/4096 到 1）。落在线上表示完全准确。"));
    html.markup(chart());
    html.close("figure");
    new Tables(html)
        .behind(
            new Words("foretold and observed", "预测与实际"),
            List.of(
                new Words("candidates", "候选数"),
                new Words("foretold", "预测"),
                new Words("observed", "实际")),
            ranked.calibration().stream()
                .map(
                    bin ->
                        List.of(
                            Words.same(Numbers.count(bin.rows())),
                            Words.same(percent(bin.foretold())),
                            Words.same(percent(bin.observed()))))
                .toList());
  }

  private String chart() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" width=\"%d\" style=\"max-width:100%%\" aria-hidden=\"true\"><path fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.4\" d=\"M0 %dL%d 0M0 0V%dH%d\"/>",
            SIDE,
            SIDE,
            SIDE,
            SIDE,
            SIDE,
            SIDE,
            SIDE));
    for (RankerFit.Reliability bin : ranked.calibration()) {
      if (bin.observed() > 0) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<circle fill=\"currentColor\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>",
                at(bin.foretold()),
                SIDE - at(bin.observed())));
      }
    }
    return svg.append("</svg>").toString();
  }

  private static double at(double probability) {
    double halvings = -Math.log(probability) / Math.log(2);
    return Math.clamp(1 - halvings / DECADES, 0.0, 1.0) * SIDE;
  }

  private void gains() {
    if (ranked.gains().isEmpty()) {
      return;
    }
    new Tables(html)
        .write(
            new Words("What the ranker goes by", "排序依据"),
            List.of(new Words("feature", "特征"), new Words("share of the gain", "增益占比")),
            ranked.gains().entrySet().stream()
                .sorted((a, b) -> Double.compare(b.getValue(), a.getValue()))
                .limit(12)
                .map(
                    gain ->
                        List.of(
                            Words.same(gain.getKey().name().toLowerCase(Locale.ROOT)),
                            Words.same(percent(gain.getValue()))))
                .toList());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
