package io.zhiyin.engine.intake;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that was probably meant.
final class Names {
  private Names() {}

  /// The nearest of `known`, when it is near enough to be meant: the same but for case, `_`, `-`
  /// and blanks, or at most a third of the letters (and never more than three) away.
  static Optional<String> nearest(String written, Collection<String> known) {
    if (written.length() > 64) {
      return Optional.empty();
    }
    String plain = plain(written);
    int allowed = Math.min(3, Math.max(1, plain.length() / 3));
    return known.stream()
        .filter(name -> distance(plain, plain(name)) <= allowed)
        .min(
            Comparator.<String>comparingInt(name -> distance(plain, plain(name)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// Letters and digits only, in lower case.
  static String plain(String name) {
    StringBuilder letters = new StringBuilder(name.length());
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(letters::appendCodePoint);
    return letters.toString();
  }

  /// Levenshtein's distance: how many letters to put in, take out or change.
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j < before.length; j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, Math.min(before[j], row[j - 1]) + 1);
      }
      before = row;
    }
    return before[b.length()];
  }
}
