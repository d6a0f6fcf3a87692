package io.zhiyin.server.telemetry;

import java.time.Clock;
import java.util.function.Consumer;

/// One line a request: time, method, route, status, microseconds, bytes. The route stands with its
/// names in braces and without its query, so that no user and no item can be read from the log.
public final class AccessLog {
  /// Writes nothing.
  public static final AccessLog OFF = new AccessLog(Clock.systemUTC(), _ -> {});

  private final Clock clock;
  private final Consumer<String> lines;

  public AccessLog(Clock clock, Consumer<String> lines) {
    this.clock = clock;
    this.lines = lines;
  }

  public void line(String method, String route, int status, long micros, long bytes) {
    if (this == OFF) {
      return;
    }
    lines.accept(
        clock.instant() + " " + method + " " + route + " " + status + " " + micros + " " + bytes);
  }
}
