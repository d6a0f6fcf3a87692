package io.zhiyin.learning.tune;

import io.zhiyin.learning.train.ShopRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The page of a search: a chart of NDCG@10 by passes with a line for each trial, and the table.
/// Nothing is fetched from anywhere.
final class TuningPage {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 340;
  private static final int LEFT = 64;
  private static final int BOTTOM = 300;
  private static final int TOP = 24;
  private static final int RIGHT = 720;

  private final TuningReport report;
  private final double low;
  private final double high;
  private final List<Integer> passes;

  private TuningPage(TuningReport report) {
    this.report = report;
    double least = report.measured().stream().mapToDouble(Measured::ndcg).min().orElse(0);
    double most = report.measured().stream().mapToDouble(Measured::ndcg).max().orElse(1);
    double margin = Math.max(1e-3, (most - least) * 0.08);
    low = Math.max(0, least - margin);
    high = most + margin;
    passes = report.measured().stream().map(Measured::passes).distinct().sorted().toList();
  }

  static String of(TuningReport report) {
    return new TuningPage(report).page();
  }

  private String page() {
    StringBuilder html = new StringBuilder();
    html.append(
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Zhiyin tune · 知音调参</title>
        <style>
        body{font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;color:#1d2329;background:#fbfaf7;max-width:60em;margin:2em auto;padding:0 1em}
        h1{font-weight:600;font-size:1.5em}.verdict{border-left:4px solid #2f6f5e;padding:.4em 1em;background:#fff}
        svg{width:100%;height:auto;background:#fff;border:1px solid #e4e0d8}
        table{border-collapse:collapse;width:100%;background:#fff}td,th{padding:.35em .7em;border-bottom:1px solid #e4e0d8;text-align:left}
        td.n{text-align:right;font-variant-numeric:tabular-nums}tr.best{font-weight:600}tr.defaults{color:#a4552a}
        </style></head><body>
        """);
    html.append("<h1>Recipe search · 配方搜索：").append(escaped(report.dataset())).append("</h1>\n");
    html.append("<p class=\"verdict\">").append(escaped(report.verdict())).append("</p>\n");
    html.append(
        String.format(
            Locale.ROOT,
            "<p>%,d choices on time-based folds; every line is a trial, further right it was trained longer. / 基于时间的折，共 %,d 个选择；每条线是一次试验，越靠右训练越久。</p>%n",
            report.choices(),
            report.choices()));
    chart(html);
    table(html);
    return html.append("</body></html>\n").toString();
  }

  private void chart(StringBuilder html) {
    html.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"NDCG@10 by passes · 各试验的 NDCG@10\">\n"
            .formatted(WIDTH, HEIGHT));
    for (int i = 0; i <= 4; i++) {
      double value = low + (high - low) * i / 4;
      html.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#e4e0d8\"/><text x=\"%d\" y=\"%.1f\" font-size=\"12\" text-anchor=\"end\" fill=\"#667\">%.4f</text>%n",
              LEFT,
              RIGHT,
              y(value),
              y(value),
              LEFT - 8,
              y(value) + 4,
              value));
    }
    for (int count : passes) {
      html.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" font-size=\"12\" text-anchor=\"middle\" fill=\"#667\">%d passes · 轮</text>%n",
              x(count),
              BOTTOM + 22,
              count));
    }
    Map<Integer, List<Measured>> trials = new TreeMap<>(java.util.Comparator.reverseOrder());
    report
        .measured()
        .forEach(one -> trials.computeIfAbsent(one.trial(), _ -> new ArrayList<>()).add(one));
    trials.forEach((trial, points) -> line(html, trial, points));
    html.append("</svg>\n");
  }

  private void line(StringBuilder html, int trial, List<Measured> points) {
    String colour =
        trial == 1 ? "#a4552a" : trial == report.choice().best().trial() ? "#2f6f5e" : "#b9c0c7";
    StringBuilder path = new StringBuilder();
    for (Measured point : points) {
      path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.passes()), y(point.ndcg())));
      html.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%d: %s, %.4f</title></circle>%n",
              x(point.passes()),
              y(point.ndcg()),
              colour,
              trial,
              escaped(point.recipe().words()),
              point.ndcg()));
    }
    html.append(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n"
            .formatted(path.toString().strip(), colour));
  }

  private double x(int count) {
    int at = passes.indexOf(count);
    return LEFT + 60 + (passes.size() < 2 ? 0 : (RIGHT - LEFT - 120.0) * at / (passes.size() - 1));
  }

  private double y(double value) {
    return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP);
  }

  private void table(StringBuilder html) {
    html.append(
        "<table><tr><th>Trial · 试验</th><th>Passes · 轮数</th><th>NDCG@10</th><th>Seconds · 秒</th><th>Settings · 设置</th></tr>\n");
    for (Measured one : report.last()) {
      String kind =
          one.trial() == report.choice().best().trial()
              ? "best"
              : one.recipe().equals(ShopRecipe.DEFAULTS) ? "defaults" : "";
      html.append(
          String.format(
              Locale.ROOT,
              "<tr class=\"%s\"><td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">%.4f</td><td class=\"n\">%.1f</td><td>%s</td></tr>%n",
              kind,
              one.trial(),
              one.passes(),
              one.ndcg(),
              one.seconds(),
              escaped(one.recipe().words())));
    }
    html.append("</table>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
