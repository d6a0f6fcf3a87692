package io.zhiyin.engine.evaluate;

/// A range that holds the true value with some confidence.
public record Interval(double low, double high) {
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
