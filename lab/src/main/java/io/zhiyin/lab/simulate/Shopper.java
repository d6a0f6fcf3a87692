package io.zhiyin.lab.simulate;

/// Someone who shops here, with what only the simulation knows: tastes, budget and habits.
///
/// @param types how the wish for each product type is shared out; sums to 1
/// @param brands liking of each brand, by index, around 0
/// @param styles liking of each style, by index, around 0
/// @param budget the price level looked for in every type, 0 thrifty to 1 lavish
/// @param visits how often this shopper comes in a month
/// @param peakHour hour of the day of the most visits
public record Shopper(
    int index,
    Membership membership,
    double[] types,
    double[] brands,
    double[] styles,
    double budget,
    double visits,
    int peakHour) {

  /// The account; also of those who have none yet, to whom it will be given when they sign up.
  public String userId() {
    return "u" + (10_001 + index);
  }

  /// The browser.
  public String visitorId() {
    return "v" + (10_001 + index);
  }

  /// How the shop knows a shopper.
  public enum Membership {
    /// signed in at each visit
    MEMBER,
    /// signed in at some visits only after a look around
    FORGETFUL,
    /// a visitor who signs up during the period
    JOINS_LATER,
    /// never signs up
    ANONYMOUS
  }
}
