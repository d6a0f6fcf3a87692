package io.zhiyin.server.report;

import io.zhiyin.engine.evaluate.Interval;
import java.util.Locale;

/// Numbers as the page writes them.
final class Numbers {
  private Numbers() {}

  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  static String four(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }

  static String three(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }

  static String signed(double value) {
    return String.format(Locale.ROOT, "%+.4f", value).replace('-', '−');
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String interval(Interval interval) {
    return four(interval.low()) + "–" + four(interval.high());
  }

  static String signed(Interval interval) {
    return signed(interval.low()) + " … " + signed(interval.high());
  }

  /// A p-value; small ones only as small as the test can tell.
  static String p(double value) {
    return value < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.3f", value);
  }
}
