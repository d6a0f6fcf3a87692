package io.zhiyin.learning.trial;

/// Which items a ranking runs over.
public enum View {
  /// The items of the shopper's own history are left out.
  MASKED("masked"),
  /// Every item is ranked.
  UNMASKED("unmasked");

  private final String wireName;

  View(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
