package io.zhiyin.server.http;

import io.zhiyin.engine.event.InvalidFieldException;
import java.util.Locale;

/// The languages in which reasons are given.
enum Language {
  EN(Locale.ENGLISH),
  ZH(Locale.SIMPLIFIED_CHINESE);

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  Locale locale() {
    return locale;
  }

  /// @throws InvalidFieldException when it is neither `en` nor `zh`
  static Language of(String tag) {
    return switch (tag) {
      case "en" -> EN;
      case "zh" -> ZH;
      default -> throw new InvalidFieldException("lang", tag, "must be en or zh");
    };
  }
}
