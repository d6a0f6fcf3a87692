package io.zhiyin.server.command;

import io.zhiyin.server.shop.ImportRun;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// How far a long command is: share done, rate and time left. On a terminal one line that is
/// renewed every second; elsewhere a new line every five.
final class ConsoleProgress implements ImportRun.Progress {
  private final PrintWriter err;
  private final Clock clock;
  private final Mode mode;
  private Instant start;
  private Instant next;
  private int width;

  /// Where the lines go.
  enum Mode {
    TERMINAL(Duration.ofSeconds(1)),
    LOG(Duration.ofSeconds(5));

    private final Duration every;

    Mode(Duration every) {
      this.every = every;
    }

    static Mode ofThisProcess() {
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
          ? TERMINAL
          : LOG;
    }
  }

  /// Writes as suits where this process's lines go.
  static ConsoleProgress ofThisProcess(PrintWriter err, Clock clock) {
    return new ConsoleProgress(err, clock, Mode.ofThisProcess());
  }

  ConsoleProgress(PrintWriter err, Clock clock, Mode mode) {
    this.err = err;
    this.clock = clock;
    this.mode = mode;
    this.start = clock.instant();
    this.next = start.plus(mode.every);
  }

  /// A new stage begins: its rate and time left are its own.
  @Override
  public void begin() {
    finish();
    start = clock.instant();
    next = start.plus(mode.every);
  }

  @Override
  public void at(String stage, double share, long count) {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(mode.every);
    double seconds = Math.max(1e-3, Duration.between(start, now).toMillis() / 1000.0);
    double left = share > 0 ? seconds * (1 - share) / share : 0;
    show(
        String.format(
            Locale.ROOT,
            "%s  %3.0f%% · %,d · %,.0f/s · %s left / 剩余",
            stage,
            100 * share,
            count,
            count / seconds,
            words(Duration.ofMillis((long) (left * 1000)))));
  }

  private void show(String line) {
    if (mode == Mode.TERMINAL) {
      err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      width = line.length();
    } else {
      err.println(line);
    }
    err.flush();
  }

  /// Leaves the renewed line behind.
  @Override
  public void finish() {
    if (width > 0) {
      err.print("\r" + " ".repeat(2 * width) + "\r");
      err.flush();
      width = 0;
    }
  }

  /// As in `1 h 05 min`, `2 min 10 s` or `7 s`.
  static String words(Duration time) {
    if (time.toHours() > 0) {
      return String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart())
        : time.toSeconds() + " s";
  }
}
