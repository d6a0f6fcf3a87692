package io.zhiyin.server.report;

/// Builds a page. Everything that is given as text or as the value of an attribute is escaped, so
/// that no title of an item can become markup.
final class Html {
  private final StringBuilder page = new StringBuilder();

  /// @param attributes names and values in turn
  Html open(String tag, String... attributes) {
    page.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      page.append(' ').append(attributes[i]).append("=\"");
      page.append(escaped(attributes[i + 1])).append('"');
    }
    page.append('>');
    return this;
  }

  Html close(String tag) {
    page.append("</").append(tag).append(">\n");
    return this;
  }

  Html text(String text) {
    page.append(escaped(text));
    return this;
  }

  /// Both languages; the page shows one at a time.
  Html words(Words words) {
    if (words.en().equals(words.zh())) {
      return text(words.en());
    }
    open("span", "lang", "en", "class", "t").text(words.en());
    page.append("</span>");
    open("span", "lang", "zh", "class", "t").text(words.zh());
    page.append("</span>");
    return this;
  }

  Html words(String en, String zh) {
    return words(new Words(en, zh));
  }

  Html element(String tag, Words words, String... attributes) {
    return open(tag, attributes).words(words).close(tag);
  }

  Html element(String tag, String text, String... attributes) {
    return element(tag, Words.same(text), attributes);
  }

  /// Our own markup, as it is: never anything from data.
  Html markup(String own) {
    page.append(own);
    return this;
  }

  static String escaped(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> result.append("&amp;");
        case '<' -> result.append("&lt;");
        case '>' -> result.append("&gt;");
        case '"' -> result.append("&quot;");
        case '\'' -> result.append("&#39;");
        default -> result.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
      }
    }
    return result.toString();
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
