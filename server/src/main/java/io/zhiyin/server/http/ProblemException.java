package io.zhiyin.server.http;

import io.zhiyin.engine.event.InvalidFieldException;
import java.util.List;
import java.util.Map;

/// Ends a call with a [Problem].
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  public ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = Map.copyOf(headers);
  }

  public ProblemException(Problem.Kind kind, String detail) {
    this(new Problem(kind, detail, List.of()), Map.of());
  }

  /// One field was refused.
  public static ProblemException invalid(InvalidFieldException e) {
    return new ProblemException(
        new Problem(
            Problem.Kind.INVALID_INPUT,
            e.getMessage() + ".",
            List.of(Problem.FieldError.of(null, e))),
        Map.of());
  }

  /// There is nothing of that name.
  public static ProblemException notFound(String what, String name) {
    return new ProblemException(Problem.Kind.NOT_FOUND, "There is no " + what + " '" + name + "'.");
  }

  public Problem problem() {
    return problem;
  }

  /// Headers that go with the answer, such as `Allow`.
  public Map<String, String> headers() {
    return headers;
  }
}
