package io.zhiyin.lab.simulate;

/// The language that a shop speaks first; items carry their names in both.
public enum ShopLanguage {
  CHINESE("zh"),
  ENGLISH("en");

  private final String code;

  ShopLanguage(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /// The language with this code; anything but `en` is Chinese.
  public static ShopLanguage of(String code) {
    return code.equals("en") ? ENGLISH : CHINESE;
  }
}
