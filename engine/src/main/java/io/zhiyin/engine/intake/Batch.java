package io.zhiyin.engine.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.engine.event.InvalidFieldException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What one request body held: the good entries, and the bad ones by their place.
///
/// @param kept the good ones, in the order sent
/// @param rejected one entry for each bad one
public record Batch<T>(List<T> kept, List<Rejection> rejected) {
  /// The most entries that one request may carry.
  public static final int MAX_ENTRIES = 1_000;

  public Batch {
    kept = List.copyOf(kept);
    rejected = List.copyOf(rejected);
  }

  /// One refused entry.
  ///
  /// @param index its place in the body, counted from 0; blank lines do not count
  public record Rejection(int index, String field, String value, String reason) {
    static Rejection of(int index, InvalidFieldException e) {
      return new Rejection(index, e.field(), e.value(), e.reason());
    }
  }

  /// Reads a body that is one object, an array of objects, or lines of one object each (NDJSON).
  ///
  /// @param reader makes an entry of a tree, or refuses it
  /// @throws InvalidFieldException when the body as a whole is not usable: not UTF-8, not JSON,
  ///   empty, or with more than [#MAX_ENTRIES] entries. Nothing of it is kept then
  public static <T> Batch<T> read(byte[] body, Function<JsonNode, T> reader) {
    return new Builder<>(reader).read(utf8(body));
  }

  /// The text without the byte order mark that some senders put before it.
  private static String utf8(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      // sent as it is, or put in place of what is no UTF-8: a decoder that refuses tells which, and
      // takes three times the memory
      checkUtf8(body);
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static void checkUtf8(byte[] body) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException e) {
      throw new InvalidFieldException("body", null, "is not UTF-8");
    }
  }

  private static final class Builder<T> {
    private final Function<JsonNode, T> reader;
    private final List<T> kept = new ArrayList<>();
    private final List<Rejection> rejected = new ArrayList<>();

    Builder(Function<JsonNode, T> reader) {
      this.reader = reader;
    }

    Batch<T> read(String text) {
      if (text.isBlank()) {
        throw new InvalidFieldException("body", "", "must not be empty");
      }
      try (JsonParser parser = JsonTree.FACTORY.createParser(text)) {
        if (parser.nextToken() == JsonToken.START_ARRAY) {
          array(parser);
        } else if (!single(parser)) {
          lines(text, new InvalidFieldException("body", null, "has no line that is an object"));
        }
      } catch (JsonProcessingException e) {
        InvalidFieldException refusal = JsonTree.notJson(e);
        if (text.stripLeading().startsWith("[")) {
          throw refusal;
        }
        lines(text, refusal);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Batch<>(kept, rejected);
    }

    private void array(JsonParser parser) throws IOException {
      for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
        entry(index, parser);
      }
      if (parser.nextToken() != null) {
        throw new InvalidFieldException("body", null, "goes on after the array");
      }
    }

    /// Whether the text was one value and nothing after it.
    private boolean single(JsonParser parser) throws IOException {
      JsonNode node;
      InvalidFieldException refusal = null;
      try {
        node = JsonTree.read(parser);
      } catch (InvalidFieldException e) {
        node = null;
        refusal = e;
      }
      if (parser.nextToken() != null) {
        return false;
      }
      if (node == null) {
        rejected.add(Rejection.of(0, java.util.Objects.requireNonNull(refusal)));
      } else {
        keep(0, node);
      }
      return true;
    }

    private void lines(String text, InvalidFieldException whenNone) {
      kept.clear();
      rejected.clear();
      List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
      boolean objects = lines.size() > 1 && lines.stream().skip(1).anyMatch(Builder::isObject);
      if (!objects) {
        throw whenNone;
      }
      for (int index = 0; index < lines.size(); index++) {
        line(index, lines.get(index));
      }
    }

    private void line(int index, String line) {
      limit(index);
      try (JsonParser parser = JsonTree.FACTORY.createParser(line)) {
        parser.nextToken();
        JsonNode node = JsonTree.read(parser);
        if (parser.nextToken() != null) {
          throw new InvalidFieldException("body", line, "has more than one value in a line");
        }
        keep(index, node);
      } catch (InvalidFieldException e) {
        rejected.add(Rejection.of(index, e));
      } catch (JsonProcessingException e) {
        rejected.add(Rejection.of(index, JsonTree.notJson(e)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean isObject(String line) {
      String trimmed = line.strip();
      return trimmed.startsWith("{") && trimmed.endsWith("}");
    }

    private void entry(int index, JsonParser parser) throws IOException {
      limit(index);
      try {
        keep(index, JsonTree.read(parser));
      } catch (InvalidFieldException e) {
        rejected.add(Rejection.of(index, e));
      }
    }

    private static void limit(int index) {
      if (index >= MAX_ENTRIES) {
        throw new InvalidFieldException(
            "body", index + 1, "may have at most " + MAX_ENTRIES + " entries");
      }
    }

    private void keep(int index, JsonNode node) {
      try {
        kept.add(reader.apply(node));
      } catch (InvalidFieldException e) {
        rejected.add(Rejection.of(index, e));
      }
    }
  }
}
