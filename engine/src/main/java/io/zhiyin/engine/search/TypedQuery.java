package io.zhiyin.engine.search;

import io.zhiyin.engine.event.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What was typed, cut up: phrases in quotation marks, and the words beside them. There is no other
/// syntax, so that no query can be wrong or costly: `*`, `-`, `AND` and the like are text.
///
/// @param text as it was typed
/// @param phrases what stood in quotation marks, each to be found word by word
/// @param terms the others, at most [#MAX_TERMS]
record TypedQuery(String text, List<String> phrases, List<SearchText.Term> terms) {
  /// In characters as people count them.
  static final int MAX_LENGTH = 200;

  static final int MAX_TERMS = 16;
  private static final int MAX_PHRASES = 4;
  private static final String OPENING = "\"“”„«「『";
  private static final String CLOSING = "\"”“”»」』";

  /// Words that are in too many titles to ask for.
  private static final Set<String> STOP =
      Set.of("a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with");

  /// @throws InvalidFieldException of the field `q` when it is empty or too long
  static TypedQuery of(String text) {
    if (text.isBlank()) {
      throw new InvalidFieldException("q", text, "must not be empty");
    }
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      throw new InvalidFieldException("q", text, "must have at most " + MAX_LENGTH + " characters");
    }
    char[] rest = text.toCharArray();
    List<String> phrases = new ArrayList<>();
    int at = 0;
    while (at < rest.length && phrases.size() < MAX_PHRASES) {
      int mark = OPENING.indexOf(rest[at]);
      int end = mark < 0 ? -1 : text.indexOf(CLOSING.charAt(mark), at + 1);
      if (end < 0) {
        at++;
        continue;
      }
      String phrase = text.substring(at + 1, end);
      if (!phrase.isBlank()) {
        phrases.add(phrase);
      }
      java.util.Arrays.fill(rest, at, end + 1, ' ');
      at = end + 1;
    }
    return new TypedQuery(text, phrases, words(new String(rest)));
  }

  /// The particle 的 joins what a shopper wants and would make two pairs that no title has.
  private static List<SearchText.Term> words(String text) {
    List<SearchText.Term> all = SearchText.terms(SearchText.QUERY, text.replace('的', ' '));
    List<SearchText.Term> telling =
        all.stream().filter(term -> !STOP.contains(term.text())).limit(MAX_TERMS).toList();
    return telling.isEmpty() ? all.stream().limit(MAX_TERMS).toList() : telling;
  }
}
