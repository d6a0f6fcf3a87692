package io.zhiyin.learning.dataset;

/// How data is divided into what may be fitted and what is asked.
public enum Protocol {
  /// The last item of each shopper is the test, the one before it the validation.
  LEAVE_ONE_OUT("leave-one-out"),
  /// Everything before one moment is fitted, the first item after it is asked, as a shop lives it.
  TIME_SPLIT("time-split");

  private final String wireName;

  Protocol(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /// @throws IllegalArgumentException for a name that no protocol has
  public static Protocol of(String name) {
    for (Protocol protocol : values()) {
      if (protocol.wireName.equals(name)) {
        return protocol;
      }
    }
    throw new IllegalArgumentException(
        "no protocol is named '" + name + "'; known are leave-one-out and time-split");
  }
}
