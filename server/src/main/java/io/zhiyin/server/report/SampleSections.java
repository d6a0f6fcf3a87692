package io.zhiyin.server.report;

import io.zhiyin.learning.trial.SampleList;
import io.zhiyin.learning.trial.TrialReport;

/// Some lists as shoppers would see them.
final class SampleSections {
  private final TrialReport report;
  private final Html html;

  SampleSections(TrialReport report, Html html) {
    this.report = report;
    this.html = html;
  }

  void write() {
    if (report.samples().isEmpty()) {
      return;
    }
    String method = report.samples().getFirst().method();
    html.open("section").element("h2", new Words("Sample lists", "推荐示例"));
    html.element(
        "p",
        new Words(
            report.samples().size()
                + " shoppers drawn by the seed, not chosen; lists by "
                + method
                + ", own items left out.",
            report.samples().size() + " 位用户按种子抽取，未经挑选；列表由 " + method + " 给出，不含用户自己的商品。"));
    html.open("div", "class", "samples");
    for (int i = 0; i < report.samples().size(); i++) {
      sample(report.samples().get(i), i + 1);
    }
    html.close("div").close("section");
  }

  private void sample(SampleList sample, int number) {
    html.open("article", "class", "card");
    html.element("h3", new Words("Shopper " + number, "用户 " + number));
    html.element("h4", new Words("did", "做过"));
    if (sample.earlier() > 0) {
      html.element(
          "p",
          new Words(
              Numbers.count(sample.earlier()) + " earlier events, then",
              "此前 " + Numbers.count(sample.earlier()) + " 个事件，然后"),
          "class",
          "quiet");
    }
    html.open("ol", "class", "did");
    sample.history().forEach(title -> html.element("li", title));
    html.close("ol").element("h4", new Words("was shown", "推荐"));
    html.open("ol");
    for (int i = 0; i < sample.list().size(); i++) {
      if (i == sample.place()) {
        html.open("li", "class", "hit").element("strong", sample.list().get(i)).text(" ✓");
        html.close("li");
      } else {
        html.element("li", sample.list().get(i));
      }
    }
    html.close("ol").element("h4", new Words("then chose", "随后选择"));
    html.open("p").element("strong", sample.target()).text(" ");
    html.words(
            sample.place() >= 0
                ? new Words(
                    "– place " + (sample.place() + 1) + " of the list",
                    "——列表第 " + (sample.place() + 1) + " 位")
                : new Words("– not on the list", "——不在列表中"))
        .close("p");
    html.close("article");
  }
}
