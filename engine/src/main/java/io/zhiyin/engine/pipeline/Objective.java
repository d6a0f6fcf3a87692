package io.zhiyin.engine.pipeline;

/// What a scenario's lists are to bring.
public enum Objective {
  /// The next choice: a click, a view, whatever it is.
  ENGAGEMENT("engagement"),
  /// A purchase: the chance of being chosen times that of being bought then.
  CONVERSION("conversion"),
  /// Money: the same times the price.
  REVENUE("revenue");

  private final String wireName;

  Objective(String wireName) {
    this.wireName = wireName;
  }

  /// The name in JSON.
  public String wireName() {
    return wireName;
  }
}
