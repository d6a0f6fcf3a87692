package io.zhiyin.server.http;

import java.util.List;

/// Which bodies a route takes.
public enum BodyType {
  /// No body; one that comes is an error.
  NONE,
  /// One JSON document.
  JSON("application/json"),
  /// One JSON document, or nothing at all.
  OPTIONAL_JSON("application/json"),
  /// A JSON document, an array of them, or one a line.
  BATCH("application/json", "application/x-ndjson", "application/ndjson"),
  /// Bytes of a file.
  BYTES("application/octet-stream");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> mediaTypes;

  BodyType(String... mediaTypes) {
    this.mediaTypes = List.of(mediaTypes);
  }

  /// The media types that are taken, in lower case.
  public List<String> mediaTypes() {
    return mediaTypes;
  }
}
