package io.zhiyin.engine.content;

/// The script that most of a text is written in, which decides who can read it.
public enum Script {
  /// Words of Latin letters.
  LATIN,
  /// Chinese characters, and Japanese ones.
  HAN,
  /// Anything else, or nothing to read at all.
  OTHER;

  /// A Han character says about as much as a word of letters, so one counts like the other: `OPI
  /// Nail Lacquer 指甲油` is read as Chinese, `Lancôme Génifique 30ml 精华` as Latin.
  public static Script of(String text) {
    int han = 0;
    int latin = 0;
    int other = 0;
    Character.UnicodeScript word = Character.UnicodeScript.COMMON;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      Character.UnicodeScript script =
          Character.isLetter(point)
              ? Character.UnicodeScript.of(point)
              : Character.UnicodeScript.COMMON;
      switch (script) {
        case HAN, HIRAGANA, KATAKANA -> han++;
        case COMMON, INHERITED -> {}
        case LATIN -> latin += script == word ? 0 : 1;
        default -> other += script == word ? 0 : 1;
      }
      word = script;
    }
    if (other > Math.max(han, latin) || han + latin == 0) {
      return OTHER;
    }
    return han >= latin ? HAN : LATIN;
  }
}
