package io.zhiyin.lab.simulate;

/// The same words in English and Chinese, written `English|中文` in the resource files.
public record Phrase(String en, String zh) {

  static Phrase of(String text) {
    int bar = text.indexOf('|');
    if (bar < 0) {
      throw new IllegalArgumentException("'" + text + "' has no '|' between English and Chinese");
    }
    int end = text.indexOf('|', bar + 1);
    return new Phrase(
        text.substring(0, bar), text.substring(bar + 1, end < 0 ? text.length() : end));
  }

  public String in(ShopLanguage language) {
    return language == ShopLanguage.ENGLISH ? en : zh;
  }
}
