package io.zhiyin.engine.search;

/// One way to go on typing.
///
/// @param kind what it leads to
/// @param text as a person reads it
/// @param value the item's id, the category's path or the brand
public record Suggestion(Kind kind, String text, String value) {
  /// What a suggestion leads to.
  public enum Kind {
    CATEGORY("category"),
    BRAND("brand"),
    ITEM("item");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }
}
