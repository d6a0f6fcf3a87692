package io.zhiyin.server.report;

import io.zhiyin.learning.trial.TrialReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// A trial as one page to show: no file beside it, no request to any host, no script. It reads in
/// English and Chinese, on light and dark screens, on a telephone and on paper; every chart has its
/// numbers in a table.
public final class ReportPage {
  private final TrialReport report;
  private final Html html = new Html();

  private ReportPage(TrialReport report) {
    this.report = report;
  }

  /// How the page is made.
  ///
  /// @param versions of the program and of what it runs on
  /// @param writtenAt the moment that the page names
  public record Edition(List<String> versions, Instant writtenAt, Language opensIn) {
    public Edition {
      versions = List.copyOf(versions);
    }
  }

  /// The whole page.
  public static String of(TrialReport report, Edition edition) {
    return new ReportPage(report).page(edition);
  }

  private String page(Edition edition) {
    head(edition);
    html.open("main");
    new Headline(report, html).write();
    new MethodSections(report, html).write();
    new SliceSections(report, html).write();
    new CurveSections(report, html).write();
    report.evidence().ifPresent(evidence -> new EvidenceSections(evidence, html).write());
    report.coldStart().ifPresent(cold -> new ColdStartSections(report, cold, html).write());
    new SampleSections(report, html).write();
    Glossary.write(html, report);
    protocol(edition);
    html.close("main").markup("</body></html>\n");
    return html.toString();
  }

  private void head(Edition edition) {
    boolean chinese = edition.opensIn() == Language.CHINESE;
    String title = "Zhiyin 知音 · " + report.setup().dataset();
    html.markup("<!doctype html>\n");
    html.open("html", "lang", chinese ? "zh" : "en").markup("<head><meta charset=\"utf-8\">\n");
    html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.markup(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    html.element("title", title);
    html.markup("<style>\n" + style() + "</style></head><body>\n");
    html.open("header", "class", "top").markup(MARK);
    html.open("div", "class", "name").element("strong", "Zhiyin 知音");
    html.element("span", new Words("How good are the recommendations?", "推荐效果如何？"));
    html.close("div");
    html.open("div", "class", "switch", "role", "radiogroup", "aria-label", "Language / 语言");
    choice("en", "English", !chinese);
    choice("zh", "中文", chinese);
    html.close("div").close("header");
  }

  private void choice(String id, String name, boolean chosen) {
    html.markup(
        "<input type=\"radio\" name=\"language\" id=\""
            + id
            + "\""
            + (chosen ? " checked" : "")
            + ">");
    html.element("label", name, "for", id);
  }

  private static String style() {
    try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css lies beside this class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void protocol(Edition edition) {
    var setup = report.setup();
    html.open("section").element("h2", new Words("How it was measured", "评估方法"));
    html.open("dl", "class", "facts");
    fact(new Words("Data", "数据"), Words.same(setup.dataset()));
    fact(
        new Words("Questions", "测试方式"),
        setup.protocol().equals("leave-one-out")
            ? new Words(
                "leave-one-out: the last item of each shopper is the test, the one before it the validation",
                "留一法：每位用户的最后一个商品为测试，倒数第二个为验证")
            : new Words(
                "time split: everything before one moment is fitted, the first item of each shopper after it is asked",
                "按时间划分：某一时刻之前的数据用于拟合，之后每位用户的第一个商品为测试"));
    fact(
        new Words("What is fitted", "拟合数据"),
        setup.fit().equals("train-only")
            ? new Words(
                "train-only: neither validation nor test items are fitted by anything",
                "仅训练集：任何方法都没有见过验证与测试商品")
            : new Words(
                "refit: choices made on validation, then everything but the test items fitted",
                "重新拟合：在验证集上做完选择后，用除测试商品外的全部数据拟合"));
    fact(
        new Words("What is ranked", "排序范围"),
        new Words(
            "all "
                + Numbers.count(setup.items())
                + " items, none sampled; with and without the shopper's own items",
            "全部 " + Numbers.count(setup.items()) + " 个商品，不抽样；分别给出去掉与保留用户自己商品的结果"));
    fact(new Words("Shoppers asked", "测试用户"), Words.same(Numbers.count(setup.users())));
    fact(new Words("Events fitted", "拟合事件"), Words.same(Numbers.count(setup.fitEvents())));
    fact(
        new Words("Events the model reads", "模型读取长度"),
        new Words("the newest " + setup.maxLength(), "最近 " + setup.maxLength() + " 个"));
    fact(new Words("Seed", "随机种子"), Words.same(Long.toString(setup.seed())));
    fact(
        new Words("Time to fit", "拟合时间"),
        Words.same(String.format(java.util.Locale.ROOT, "%.1f s", setup.trainSeconds())));
    fact(new Words("Program", "程序版本"), Words.same(String.join(" · ", edition.versions())));
    fact(
        new Words("Written", "生成时间"),
        Words.same(edition.writtenAt().truncatedTo(ChronoUnit.SECONDS).toString()));
    html.close("dl").close("section");
  }

  private void fact(Words name, Words value) {
    html.element("dt", name).element("dd", value);
  }

  private static final String MARK =
      "<svg class=\"mark\" viewBox=\"0 0 48 48\" aria-hidden=\"true\"><rect width=\"48\" height=\"48\" rx=\"12\" fill=\"#0e6656\"/>"
          + "<g fill=\"none\" stroke=\"#fff\" stroke-linecap=\"round\" stroke-width=\"2.6\"><path d=\"M10 17c7-5 21 5 28 0\" opacity=\".55\"/>"
          + "<path d=\"M10 24c7-7 21 7 28 0\"/><path d=\"M10 31c7-5 21 5 28 0\" opacity=\".55\"/></g><circle cx=\"24\" cy=\"24\" r=\"3.4\" fill=\"#f3b49f\"/></svg>";
}
