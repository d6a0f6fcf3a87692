package io.zhiyin.server.report;

import java.util.Locale;

/// In which language the page opens; a switch on it shows the other.
public enum Language {
  ENGLISH,
  CHINESE;

  /// What a reader with that locale reads first.
  public static Language of(Locale locale) {
    return locale.getLanguage().equals(Locale.CHINESE.getLanguage()) ? CHINESE : ENGLISH;
  }
}
