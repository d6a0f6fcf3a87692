package io.zhiyin.lab.bench;

/// One figure.
///
/// @param name what was measured, from the general to the particular, such as `forward.f256.simd`
/// @param value the figure to quote: the median
/// @param n how many measurements it is drawn from
record Result(String name, String unit, double value, double p50, double p99, int n) {
  /// A figure that is computed from others, once.
  static Result derived(String name, String unit, double value) {
    return new Result(name, unit, value, value, value, 1);
  }
}
