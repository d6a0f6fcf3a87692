package io.zhiyin.server.report;

import io.zhiyin.engine.evaluate.Estimate;
import io.zhiyin.engine.evaluate.Interval;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Bars with the line of their interval. Drawn without text and stretched to any width, so that
/// labels beside them keep their size on a telephone.
final class Bars {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 12;

  private Bars() {}

  /// A bar drawn from 0.
  ///
  /// @param style the class that colours it
  record Bar(Estimate estimate, String style) {}

  /// Bars under each other.
  ///
  /// @param scale what the full width means
  static String stacked(List<Bar> bars, double scale) {
    StringBuilder svg = new StringBuilder();
    int height = HEIGHT * bars.size();
    svg.append(open(height, 9 * bars.size() + 5));
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int top = i * HEIGHT;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"bar %s\" x=\"0\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
              Html.escaped(bar.style()),
              top + 2,
              x(bar.estimate().mean(), scale),
              HEIGHT - 4));
      if (bar.estimate().n() > 0) {
        svg.append(whisker(bar.estimate().ci95(), scale, top + HEIGHT / 2));
      }
    }
    return svg.append("</svg>").toString();
  }

  /// A difference around 0, with 0 in the middle.
  ///
  /// @param scale what half the width means
  static String around(double mean, Interval ci95, double scale, String style) {
    StringBuilder svg = new StringBuilder(open(HEIGHT, 14));
    double middle = WIDTH / 2.0;
    double end = middle + x(mean, scale) / 2;
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"bar %s\" x=\"%.1f\" y=\"2\" width=\"%.1f\" height=\"%d\"/>",
            Html.escaped(style),
            Math.min(middle, end),
            Math.abs(end - middle),
            HEIGHT - 4));
    svg.append(
        String.format(Locale.ROOT, "<path class=\"zero\" d=\"M%.1f 0V%d\"/>", middle, HEIGHT));
    Interval shifted = new Interval((ci95.low() + scale) / 2, (ci95.high() + scale) / 2);
    return svg.append(whisker(shifted, scale, HEIGHT / 2)).append("</svg>").toString();
  }

  private static String open(int height, int pixels) {
    return String.format(
        Locale.ROOT,
        "<svg class=\"bars\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" height=\"%d\" aria-hidden=\"true\">",
        WIDTH,
        height,
        pixels);
  }

  private static String whisker(Interval interval, double scale, int y) {
    String low = String.format(Locale.ROOT, "%.1f", x(interval.low(), scale));
    String high = String.format(Locale.ROOT, "%.1f", x(interval.high(), scale));
    // a line that goes on beyond the edge has no end to draw
    String end =
        interval.high() > scale * 1.0001
            ? ""
            : String.format(Locale.ROOT, "M%s %dV%d", high, y - 3, y + 3);
    return String.format(
        Locale.ROOT,
        "<path class=\"whisker\" d=\"M%s %dH%sM%s %dV%d%s\"/>",
        low,
        y,
        high,
        low,
        y - 3,
        y + 3,
        end);
  }

  /// What the full width should mean: room for every interval, but no more than for twice the
  /// largest mean, so that few cases with a wide interval do not flatten all others.
  static double scale(Stream<Estimate> estimates) {
    List<Estimate> all = estimates.toList();
    double mean = all.stream().mapToDouble(Estimate::mean).max().orElse(0);
    double high = all.stream().mapToDouble(e -> e.ci95().high()).max().orElse(0);
    return mean == 0 ? high : Math.min(high, 2 * mean);
  }

  private static double x(double value, double scale) {
    return scale <= 0 ? 0 : Math.clamp(value / scale, -1.0, 1.0) * WIDTH;
  }
}
