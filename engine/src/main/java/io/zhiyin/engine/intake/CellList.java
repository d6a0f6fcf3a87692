package io.zhiyin.engine.intake;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// A list written into one cell: `A|B`, `A;B`, `A,B`, `A、B`, `A B`, `["A","B"]` or `['A', 'B']`.
final class CellList {
  private static final Pattern BARS = Pattern.compile("[|;；]");
  private static final Pattern COMMAS = Pattern.compile("[,，、]");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private CellList() {}

  /// Ids, in order. The strongest separator that occurs is the one that parts.
  static List<String> parse(String cell) {
    return parse(cell, BLANKS);
  }

  /// Words that may hold blanks, in order.
  static List<String> phrases(String cell) {
    return parse(cell, COMMAS);
  }

  private static List<String> parse(String cell, Pattern weakest) {
    String text = cell.strip();
    boolean brackets = text.startsWith("[") && text.endsWith("]");
    String inner = brackets ? text.substring(1, text.length() - 1) : text;
    Pattern separator = brackets ? COMMAS : separator(inner, weakest);
    return Arrays.stream(separator.split(inner))
        .map(String::strip)
        .map(entry -> brackets ? unquoted(entry) : entry)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private static Pattern separator(String text, Pattern weakest) {
    if (BARS.matcher(text).find()) {
      return BARS;
    }
    return COMMAS.matcher(text).find() ? COMMAS : weakest;
  }

  private static String unquoted(String entry) {
    boolean quoted =
        entry.length() >= 2
            && (entry.charAt(0) == '"' || entry.charAt(0) == '\'')
            && entry.charAt(entry.length() - 1) == entry.charAt(0);
    return quoted ? entry.substring(1, entry.length() - 1) : entry;
  }
}
