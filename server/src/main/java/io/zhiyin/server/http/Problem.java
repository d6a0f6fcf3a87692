package io.zhiyin.server.http;

import io.zhiyin.engine.event.InvalidFieldException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A problem document (RFC 9457) with our list of field errors.
///
/// @param kind the kind of the problem; `type` is `urn:zhiyin:problem:` and its name
/// @param detail a sentence about this very case
/// @param errors which field of which event or item was refused, and why
public record Problem(Kind kind, String detail, List<FieldError> errors) {
  public Problem {
    errors = List.copyOf(errors);
  }

  /// One refused field.
  ///
  /// @param index which event or item of a batch, from 0; null when there is no batch
  public record FieldError(@Nullable Integer index, String field, String value, String reason) {
    public static FieldError of(@Nullable Integer index, InvalidFieldException e) {
      return new FieldError(index, e.field(), e.value(), e.reason());
    }
  }

  /// Every way in which a call can fail. `docs/api-errors.md` says when, and what to do.
  public enum Kind {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    INVALID_INPUT(400, "Some of the input was refused"),
    UNKNOWN_PARAMETER(400, "The call has no such parameter"),
    KEY_REQUIRED(401, "A valid key is required"),
    NOT_ALLOWED(403, "The key's role does not allow this call"),
    FOREIGN_ORIGIN(403, "Calls from another origin are refused"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "The path does not answer that method"),
    TIMED_OUT(408, "The request took too long to arrive"),
    CONFLICT(409, "Not possible in the present state"),
    TOO_LARGE(413, "The request is too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's type is not understood"),
    MISDIRECTED(421, "This server does not answer for that host"),
    HEADERS_TOO_LARGE(431, "The request's headers are too large"),
    INTERNAL(500, "Something went wrong here"),
    OVERLOADED(503, "Too much is asked at the moment"),
    UNAVAILABLE(503, "Not possible at the moment"),
    VERSION_NOT_SUPPORTED(505, "The protocol version is not supported");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    public int status() {
      return status;
    }

    public String title() {
      return title;
    }

    public String type() {
      return "urn:zhiyin:problem:" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
