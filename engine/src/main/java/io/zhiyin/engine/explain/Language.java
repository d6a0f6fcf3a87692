package io.zhiyin.engine.explain;

/// The languages that reasons are written in.
public enum Language {
  ENGLISH,
  CHINESE;

  /// Chinese for any tag that starts with `zh`, English for all others; a whole `Accept-Language`
  /// header may be given too, whose first tag counts.
  public static Language of(String tag) {
    return tag.strip().regionMatches(true, 0, "zh", 0, 2) ? CHINESE : ENGLISH;
  }

  /// `en` or `zh`, as in the names of attributes such as `title_zh`.
  public String tag() {
    return choose("en", "zh");
  }

  String choose(String english, String chinese) {
    return this == CHINESE ? chinese : english;
  }
}
