package io.zhiyin.server.http;

import java.util.Locale;

/// What a call costs the server, and so by which [Admission] it is let in.
public enum Load {
  /// Next to nothing: always let in, such as health and metrics.
  FREE,
  /// The processor, for as long as it takes: making a list.
  LISTS,
  /// The disk: events and items.
  WRITES;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
