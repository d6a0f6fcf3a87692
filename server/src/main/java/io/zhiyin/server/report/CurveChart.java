package io.zhiyin.server.report;

import java.util.Locale;

/// A line over the passes of a training, with the pass marked whose weights were kept.
final class CurveChart {
  private static final int WIDTH = 600;
  private static final int HEIGHT = 160;

  private CurveChart() {}

  /// @param values one a pass, NaN where not measured
  /// @param marked the position of the pass to mark, or -1
  static String of(double[] values, int marked) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        path.append(
            String.format(
                Locale.ROOT,
                "%s%.1f %.1f",
                path.isEmpty() ? "M" : "L",
                x(i, values.length),
                HEIGHT
                    - 6
                    - (high > low ? (values[i] - low) / (high - low) : 0.5) * (HEIGHT - 12)));
      }
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg class=\"curve\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
            WIDTH,
            HEIGHT));
    svg.append(
        String.format(
            Locale.ROOT,
            "<path class=\"grid\" d=\"M0 6H%d M0 %dH%d M0 %dH%d\"/>",
            WIDTH,
            HEIGHT / 2,
            WIDTH,
            HEIGHT - 6,
            WIDTH));
    if (marked >= 0) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<path class=\"marked\" d=\"M%.1f 0V%d\"/>",
              x(marked, values.length),
              HEIGHT));
    }
    return svg.append("<path class=\"line\" d=\"").append(path).append("\"/></svg>").toString();
  }

  private static double x(int i, int n) {
    return n < 2 ? WIDTH / 2.0 : i * (double) WIDTH / (n - 1);
  }
}
