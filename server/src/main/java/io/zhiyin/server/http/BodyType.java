package io.zhiyin.server.http;

import java.util.Set;

/// Which bodies a route takes.
public enum BodyType {
  /// No body; one that comes is an error.
  NONE(Set.of()),
  /// One JSON document.
  JSON(Set.of("application/json")),
  /// One JSON document, or nothing at all.
  OPTIONAL_JSON(Set.of("application/json")),
  /// A JSON document, an array of them, or one a line.
  BATCH(Set.of("application/json", "application/x-ndjson", "application/ndjson"));

  private final Set<String> mediaTypes;

  BodyType(Set<String> mediaTypes) {
    this.mediaTypes = mediaTypes;
  }

  public Set<String> mediaTypes() {
    return mediaTypes;
  }
}
