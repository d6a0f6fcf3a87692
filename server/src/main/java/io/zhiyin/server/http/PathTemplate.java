package io.zhiyin.server.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A path as the OpenAPI document writes it, such as `/v1/models/{modelId}:activate`. A part in
/// braces stands for one segment, or for what is left of it before a `:verb`; `{path*}` at the end
/// stands for the rest of the path.
public final class PathTemplate {
  private final String text;
  private final List<Part> parts;
  private final boolean open;

  /// One segment: a word as it is, or a named value with what must follow it.
  ///
  /// @param name empty where it is no value
  private record Part(String word, String name, boolean isRest) {
    static Part of(String text) {
      int close = text.indexOf('}');
      if (close < 0) {
        return new Part(text, "", false);
      }
      boolean rest = text.charAt(close - 1) == '*';
      return new Part(text.substring(close + 1), text.substring(1, rest ? close - 1 : close), rest);
    }

    boolean isValue() {
      return !name.isEmpty();
    }

    boolean fits(String segment) {
      return isRest
          || (isValue()
              ? segment.endsWith(word) && segment.length() > word.length()
              : segment.equals(word));
    }
  }

  public PathTemplate(String text) {
    this.text = text;
    this.parts = Arrays.stream(segments(text)).map(Part::of).toList();
    this.open = parts.getLast().isRest();
  }

  /// The segments of a path that came, still percent-encoded; none when it is no path.
  static String[] segments(String rawPath) {
    return rawPath.startsWith("/") ? rawPath.substring(1).split("/", -1) : new String[0];
  }

  /// The values of the parts in braces, decoded, or nothing when the path is another one.
  ///
  /// @param rawPath the path as it came, still percent-encoded
  /// @throws IllegalArgumentException when an encoding is broken
  public Optional<Map<String, String>> match(String rawPath) {
    String[] segments = segments(rawPath);
    return fits(segments) ? Optional.of(values(segments)) : Optional.empty();
  }

  /// Whether a path is of this form. Every request asks it of every route, so it makes nothing.
  boolean fits(String[] segments) {
    if (open ? segments.length < parts.size() : segments.length != parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).fits(segments[i])) {
        return false;
      }
    }
    return true;
  }

  /// The values of a path that [#fits].
  ///
  /// @throws IllegalArgumentException when an encoding is broken
  Map<String, String> values(String[] segments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.isRest()) {
        String[] rest = Arrays.copyOfRange(segments, i, segments.length);
        values.put(part.name(), decode(String.join("/", rest)));
      } else if (part.isValue()) {
        String segment = segments[i];
        String value = segment.substring(0, segment.length() - part.word().length());
        values.put(part.name(), decode(value));
      }
    }
    return values;
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
