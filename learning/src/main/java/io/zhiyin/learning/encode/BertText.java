package io.zhiyin.learning.encode;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// Text as BERT was trained to see it: control characters taken out, optionally lower case without
/// accents, parted into words, punctuation marks and single Chinese characters.
final class BertText {
  /// No word, however long, is made of more characters of the text than this for each token.
  private static final int CHARACTERS_PER_TOKEN = 100;

  private final boolean lowerCase;

  BertText(boolean lowerCase) {
    this.lowerCase = lowerCase;
  }

  /// The words at the beginning of the text, at least `limit` of them where it has so many.
  List<String> words(String text, int limit) {
    String kept = beginning(text, limit * CHARACTERS_PER_TOKEN);
    String plain = lowerCase ? withoutCase(kept) : kept;
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < plain.length() && words.size() < limit; ) {
      int point = plain.codePointAt(i);
      i += Character.charCount(point);
      if (isSpace(point)) {
        flush(word, words);
      } else if (isIdeograph(point) || isPunctuation(point)) {
        flush(word, words);
        words.add(Character.toString(point));
      } else if (!isControl(point)) {
        word.appendCodePoint(point);
      }
    }
    flush(word, words);
    return words;
  }

  /// Cut so that no character made of two is cut in half.
  private static String beginning(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /// Accents off, then lower case, character by character and the same in every locale.
  private static String withoutCase(String text) {
    String parted = Normalizer.normalize(text, Normalizer.Form.NFD);
    StringBuilder result = new StringBuilder(parted.length());
    parted
        .codePoints()
        .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
        .map(Character::toLowerCase)
        .forEach(result::appendCodePoint);
    return result.toString();
  }

  private static boolean isSpace(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || point == 0x0b
        || point == 0x0c
        || point == 0x85
        || Character.isSpaceChar(point);
  }

  private static boolean isControl(int point) {
    int type = Character.getType(point);
    return point == 0xfffd
        || type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE;
  }

  /// Every ASCII mark counts, those that Unicode calls symbols too.
  private static boolean isPunctuation(int point) {
    if (point < 128) {
      return point > ' ' && point < 127 && !Character.isLetterOrDigit(point);
    }
    return switch (Character.getType(point)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /// The blocks of Chinese characters that BERT parts; Japanese kana and Korean syllables are not.
  private static boolean isIdeograph(int point) {
    return (point >= 0x4e00 && point <= 0x9fff)
        || (point >= 0x3400 && point <= 0x4dbf)
        || (point >= 0x20000 && point <= 0x2a6df)
        || (point >= 0x2a700 && point <= 0x2b73f)
        || (point >= 0x2b740 && point <= 0x2b81f)
        || (point >= 0x2b820 && point <= 0x2ceaf)
        || (point >= 0xf900 && point <= 0xfaff)
        || (point >= 0x2f800 && point <= 0x2fa1f);
  }
}
