package io.zhiyin.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.zhiyin.server.config.Limits;
import io.zhiyin.server.config.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes a request's body into memory, within the limits of size and time.
final class BodyReader {
  private static final byte[] NOTHING = new byte[0];
  private static final Map<String, String> CLOSE = Map.of("Connection", "close");

  private final Limits limits;
  private final Patience patience;

  BodyReader(Limits limits) {
    this.limits = limits;
    this.patience = limits.patience();
  }

  /// The body's media type, in lower case without parameters; empty when the request names none.
  ///
  /// @throws ProblemException 415 when the route does not take it, 400 when it takes no body
  String mediaType(ServerRequest request, BodyType wanted) {
    boolean present = request.content().hasEntity() && length(request) != 0;
    Optional<String> header = request.headers().first(HeaderNames.CONTENT_TYPE);
    String encoding = request.headers().first(HeaderNames.CONTENT_ENCODING).orElse("identity");
    if (present && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported("Send the body without Content-Encoding.");
    }
    if (wanted == BodyType.NONE) {
      if (present) {
        throw withClose(Problem.Kind.MALFORMED_REQUEST, "This call takes no body.");
      }
      return "";
    }
    if (!present && wanted == BodyType.OPTIONAL_JSON) {
      return "";
    }
    String type = header.map(BodyReader::parse).orElse("");
    if (!wanted.mediaTypes().contains(type)) {
      throw unsupported(
          "Send the body as "
              + String.join(" or ", wanted.mediaTypes().stream().sorted().toList())
              + (type.isEmpty() ? "; no Content-Type was given." : ", not " + type + "."));
    }
    return type;
  }

  private static String parse(String header) {
    try {
      HttpMediaType type = HttpMediaType.create(header);
      boolean utf8 = type.charset().map("utf-8"::equalsIgnoreCase).orElse(true);
      if (!utf8) {
        throw unsupported("JSON is UTF-8; send it without another charset.");
      }
      return type.mediaType().text().toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return header.length() > 100 ? header.substring(0, 100) : header;
    }
  }

  private static ProblemException unsupported(String detail) {
    return withClose(Problem.Kind.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  private static ProblemException withClose(Problem.Kind kind, String detail) {
    Connection.current().refuses();
    return new ProblemException(new Problem(kind, detail, List.of()), CLOSE);
  }

  /// The client stood still within its body and has been told so; there is nobody to answer any
  /// more.
  static final class AnsweredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnsweredException(@Nullable Throwable cause) {
      super("the client stood still", cause);
    }
  }

  /// @param whenStill answers a client that is silent for too long; called by another thread while
  ///   this one waits, and before the connection is closed
  /// @throws ProblemException 413 when the body is too long, 408 when it came too slowly
  /// @throws AnsweredException when `whenStill` was called
  byte[] read(ServerRequest request, Runnable whenStill) throws IOException {
    if (!request.content().hasEntity()) {
      return NOTHING;
    }
    if (length(request) > limits.bodyBytes()) {
      throw tooLarge();
    }
    Connection connection = Connection.current();
    if (isThere(request, connection)) {
      return there(request);
    }
    connection.receives();
    SlowClientWatch watch = new SlowClientWatch(patience.pause(), whenStill);
    byte[] body;
    try (watch;
        InputStream in = request.content().inputStream()) {
      body = all(in, watch);
    } catch (DataReader.InsufficientDataAvailableException
        | ServerConnectionException
        | UncheckedIOException e) {
      if (watch.hasAnswered()) {
        throw new AnsweredException(e);
      }
      throw withClose(Problem.Kind.TIMED_OUT, "The connection ended within the body.");
    } catch (ProblemException e) {
      throw watch.hasAnswered() ? new AnsweredException(e) : e;
    } catch (RuntimeException e) {
      // what the web server throws at chunks that are none, such as a length that is no number
      if (watch.hasAnswered()) {
        throw new AnsweredException(e);
      }
      throw withClose(Problem.Kind.MALFORMED_REQUEST, "The body's chunks are not valid HTTP.");
    }
    if (watch.hasAnswered()) {
      throw new AnsweredException(null);
    }
    connection.answers();
    return body;
  }

  /// Whether the whole body came with the head, as that of one event does: nobody need be watched
  /// then, which took a twentieth of the processor time of single events.
  private static boolean isThere(ServerRequest request, Connection connection) {
    long length = length(request);
    return length >= 0 && connection.reader().available() >= length;
  }

  /// Reads a body that is there, to its end, where the web server takes it for read.
  private static byte[] there(ServerRequest request) throws IOException {
    // not readAllBytes(), whose first buffer of 16 KiB was half of all that a single event
    // allocates
    byte[] body = new byte[(int) length(request)];
    try (InputStream in = request.content().inputStream()) {
      if (in.readNBytes(body, 0, body.length) < body.length || in.read() >= 0) {
        throw new IOException("a body of another length than its head says");
      }
    }
    return body;
  }

  private byte[] all(InputStream in, SlowClientWatch watch) throws IOException {
    long end = System.nanoTime() + patience.body().toNanos();
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    byte[] buffer = new byte[16 << 10];
    for (int n = in.read(buffer); n >= 0 && !watch.hasAnswered(); n = in.read(buffer)) {
      out.write(buffer, 0, n);
      if (out.size() > limits.bodyBytes()) {
        throw tooLarge();
      }
      if (System.nanoTime() - end > 0) {
        throw late();
      }
      watch.goesOn();
    }
    return out.toByteArray();
  }

  private static long length(ServerRequest request) {
    return request.headers().contentLength().orElse(-1);
  }

  private ProblemException tooLarge() {
    return withClose(
        Problem.Kind.TOO_LARGE,
        "The body is longer than " + limits.bodyBytes() + " bytes; send less in one call.");
  }

  private static ProblemException late() {
    return withClose(Problem.Kind.TIMED_OUT, "The body did not arrive in time.");
  }

  /// What a client that stands still is told.
  Answer still() {
    String detail =
        "Nothing of the body came for %d ms; nothing of the call was done."
            .formatted(patience.pause().toMillis());
    return Answer.problem(new Problem(Problem.Kind.TIMED_OUT, detail, List.of())).with(CLOSE);
  }
}
