package io.zhiyin.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Problem documents for what fails before or below the routes: a request line or headers that
/// cannot be read, too long, or of another protocol.
final class TransportProblems implements DirectHandler {
  /// What the web server says of headers that are too long, with a status of 400.
  private static final String HEADERS_TOO_LONG = "Header size exceeded";

  static DirectHandlers handlers() {
    DirectHandlers.Builder builder = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      builder.addHandler(type, new TransportProblems());
    }
    return builder.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    Connection.current().refuses();
    Problem.Kind kind = kind(status.code(), message);
    Answer answer = Answer.problem(new Problem(kind, detail(kind), List.of()));
    headers.set(HeaderNames.CONTENT_TYPE, answer.contentType());
    headers.set(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    return TransportResponse.builder()
        .status(Status.create(kind.status()))
        .headers(headers)
        .keepAlive(false)
        .entity(answer.body())
        .build();
  }

  private static Problem.Kind kind(int status, @Nullable String message) {
    if (message != null && message.contains(HEADERS_TOO_LONG)) {
      return Problem.Kind.HEADERS_TOO_LARGE;
    }
    return switch (status) {
      case 404 -> Problem.Kind.NOT_FOUND;
      case 408 -> Problem.Kind.TIMED_OUT;
      case 413 -> Problem.Kind.TOO_LARGE;
      case 414 -> Problem.Kind.URI_TOO_LONG;
      case 431 -> Problem.Kind.HEADERS_TOO_LARGE;
      case 503 -> Problem.Kind.UNAVAILABLE;
      case 505 -> Problem.Kind.VERSION_NOT_SUPPORTED;
      // the web server calls what it cannot parse an error of its own, such as a strange method
      default ->
          status >= 500 && Connection.current().isAnswering()
              ? Problem.Kind.INTERNAL
              : Problem.Kind.MALFORMED_REQUEST;
    };
  }

  private static String detail(Problem.Kind kind) {
    return switch (kind) {
      case HEADERS_TOO_LARGE -> "The headers are longer than this server takes.";
      case URI_TOO_LONG -> "The request line is longer than this server takes.";
      case TOO_LARGE -> "The body is longer than this server takes.";
      case INTERNAL -> "The server could not finish the request.";
      case VERSION_NOT_SUPPORTED -> "Speak HTTP/1.1.";
      default -> "The request line, a header or the body is not valid HTTP.";
    };
  }
}
