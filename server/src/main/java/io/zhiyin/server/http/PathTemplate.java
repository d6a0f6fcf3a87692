package io.zhiyin.server.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A path as the OpenAPI document writes it, such as `/v1/models/{modelId}:activate`. A part in
/// braces stands for one segment, or for what is left of it before a `:verb`; `{path*}` at the end
/// stands for the rest of the path.
public final class PathTemplate {
  private final String text;
  private final List<String> parts;

  public PathTemplate(String text) {
    this.text = text;
    this.parts = List.of(text.substring(1).split("/", -1));
  }

  /// The values of the parts in braces, decoded, or nothing when the path is another one.
  ///
  /// @param rawPath the path as it came, still percent-encoded
  /// @throws IllegalArgumentException when an encoding is broken
  public Optional<Map<String, String>> match(String rawPath) {
    if (!rawPath.startsWith("/")) {
      return Optional.empty();
    }
    String[] segments = rawPath.substring(1).split("/", -1);
    boolean open = parts.getLast().endsWith("*}");
    if (open ? segments.length < parts.size() : segments.length != parts.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      int close = part.indexOf('}');
      if (close < 0) {
        if (!part.equals(segments[i])) {
          return Optional.empty();
        }
      } else if (part.charAt(close - 1) == '*') {
        String[] rest = java.util.Arrays.copyOfRange(segments, i, segments.length);
        values.put(part.substring(1, close - 1), decode(String.join("/", rest)));
        break;
      } else {
        String suffix = part.substring(close + 1);
        String segment = segments[i];
        if (!segment.endsWith(suffix) || segment.length() == suffix.length()) {
          return Optional.empty();
        }
        String value = segment.substring(0, segment.length() - suffix.length());
        values.put(part.substring(1, close), decode(value));
      }
    }
    return Optional.of(values);
  }

  /// Decodes `%XX` as UTF-8; a plus stays a plus, as paths have it.
  private static String decode(String raw) {
    return Percent.decode(raw, false);
  }

  @Override
  public String toString() {
    return text;
  }
}
