package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.engine.event.InvalidFieldException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request, checked against its route: the caller may call, the parameters have known names,
/// the body is of a type that the route takes.
///
/// @param caller null on public routes that came without a key
/// @param path the values of the path's parts in braces
/// @param parameters the query part
/// @param contentType media type of the body without parameters; empty when there is no body
/// @param ifNoneMatch what the client has already, or empty
/// @param takesGzip whether the client can unpack gzip
public record Call(
    @Nullable Caller caller,
    Map<String, String> path,
    Map<String, List<String>> parameters,
    String contentType,
    byte[] body,
    String ifNoneMatch,
    boolean takesGzip) {

  /// Who calls.
  ///
  /// @throws ProblemException on a public route without a key
  public Caller authenticated() {
    if (caller == null) {
      throw new ProblemException(Problem.Kind.KEY_REQUIRED, "This call needs a key.");
    }
    return caller;
  }

  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the route's path has no {" + name + "}");
    }
    return value;
  }

  /// A parameter that may be given once.
  public Optional<String> parameter(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw ProblemException.invalid(
          new InvalidFieldException(name, String.join(", ", values), "may be given only once"));
    }
    return values.stream().findFirst();
  }

  /// A parameter that may be given several times, or once with commas between.
  public List<String> list(String name) {
    return parameters.getOrDefault(name, List.of()).stream()
        .flatMap(value -> java.util.Arrays.stream(value.split(",", -1)))
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /// A whole number between two bounds.
  public int number(String name, int otherwise, int least, int most) {
    Optional<String> text = parameter(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    String range = "must be a whole number between " + least + " and " + most;
    try {
      int value = Integer.parseInt(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, together with numbers out of range
    }
    throw ProblemException.invalid(new InvalidFieldException(name, text.get(), range));
  }

  /// `true` or `false`.
  public boolean flag(String name) {
    String text = parameter(name).orElse("false");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw ProblemException.invalid(
              new InvalidFieldException(name, text, "must be true or false"));
    };
  }

  /// The body as one JSON document.
  public JsonNode json() {
    return Json.document(body);
  }
}
