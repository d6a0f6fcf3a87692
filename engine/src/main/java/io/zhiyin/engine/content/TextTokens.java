package io.zhiyin.engine.content;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts a title into words, without a dictionary and the same way for every language.
///
/// Text is normalised (NFKC, lower case). Scripts that write words apart give words with their
/// plural ending taken off and runs of digits; Chinese and Japanese give single characters.
/// Neighbours inside one run of the same kind of script give pairs, which for Chinese are mostly
/// words.
final class TextTokens {
  private static final int MAX_TOKENS = 64;

  private final List<String> words = new ArrayList<>();
  private final List<String> characters = new ArrayList<>();
  private final List<String> wordPairs = new ArrayList<>();
  private final List<String> characterPairs = new ArrayList<>();

  private TextTokens() {}

  static TextTokens of(String text) {
    TextTokens tokens = new TextTokens();
    tokens.read(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
    return tokens;
  }

  /// Words and numbers of scripts that part them by spaces.
  List<String> words() {
    return words;
  }

  /// Single Chinese or Japanese characters.
  List<String> characters() {
    return characters;
  }

  /// Two words in a row.
  List<String> wordPairs() {
    return wordPairs;
  }

  /// Two characters in a row.
  List<String> characterPairs() {
    return characterPairs;
  }

  private void read(String text) {
    String previousWord = "";
    String previousCharacter = "";
    int i = 0;
    while (i < text.length() && words.size() + characters.size() < MAX_TOKENS) {
      int point = text.codePointAt(i);
      int end = i + Character.charCount(point);
      if (isWrittenTogether(point)) {
        String character = text.substring(i, end);
        characters.add(character);
        if (!previousCharacter.isEmpty()) {
          characterPairs.add(previousCharacter + character);
        }
        previousCharacter = character;
        previousWord = "";
      } else if (Character.isLetterOrDigit(point)) {
        end = endOfWord(text, i);
        String word = singular(text.substring(i, end).replace("'", ""));
        words.add(word);
        if (!previousWord.isEmpty()) {
          wordPairs.add(previousWord + ' ' + word);
        }
        previousWord = word;
        previousCharacter = "";
      } else {
        previousCharacter = "";
      }
      i = end;
    }
  }

  private static int endOfWord(String text, int start) {
    int end = start;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      boolean inner = Character.isLetterOrDigit(point) && !isWrittenTogether(point);
      if (!inner && !(joins(point) && continues(text, end))) {
        break;
      }
      end += Character.charCount(point);
    }
    return end;
  }

  /// An apostrophe or a decimal point stays inside a word: `l'oreal`, `0.5`.
  private static boolean joins(int point) {
    return point == '\'' || point == '.';
  }

  private static boolean continues(String text, int at) {
    return at > 0
        && at + 1 < text.length()
        && (text.charAt(at) == '\''
            ? Character.isLetter(text.charAt(at + 1))
            : Character.isDigit(text.charAt(at - 1)) && Character.isDigit(text.charAt(at + 1)));
  }

  private static boolean isWrittenTogether(int point) {
    if (point < 0x2e80) {
      return false;
    }
    Character.UnicodeScript script = Character.UnicodeScript.of(point);
    return script == Character.UnicodeScript.HAN
        || script == Character.UnicodeScript.HIRAGANA
        || script == Character.UnicodeScript.KATAKANA;
  }

  private static String singular(String word) {
    int n = word.length();
    if (n > 4 && word.endsWith("ies")) {
      return word.substring(0, n - 3) + 'y';
    }
    if (n > 4 && (word.endsWith("shes") || word.endsWith("ches") || word.endsWith("xes"))) {
      return word.substring(0, n - 2);
    }
    boolean plural = n > 3 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us");
    return plural ? word.substring(0, n - 1) : word;
  }
}
