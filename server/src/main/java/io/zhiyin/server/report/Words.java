package io.zhiyin.server.report;

/// The same in both languages, as plain text.
record Words(String en, String zh) {
  /// What needs no translation, such as a name or a number.
  static Words same(String text) {
    return new Words(text, text);
  }
}
