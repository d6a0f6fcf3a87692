package io.zhiyin.server.command;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Logs as one line each: time, level, last part of the name, message.
public final class OneLineLogs extends Formatter {
  private OneLineLogs() {}

  /// Makes all log output of this process look so.
  public static void install() {
    Logger root = LogManager.getLogManager().getLogger("");
    for (Handler handler : root.getHandlers()) {
      handler.setFormatter(new OneLineLogs());
    }
  }

  @Override
  public String format(LogRecord record) {
    String name = String.valueOf(record.getLoggerName());
    Throwable thrown = record.getThrown();
    return "%s %s %s: %s%s%n"
        .formatted(
            DateTimeFormatter.ISO_LOCAL_TIME.format(
                record.getInstant().atZone(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS)),
            record.getLevel().getName().toLowerCase(Locale.ROOT),
            name.substring(name.lastIndexOf('.') + 1),
            formatMessage(record),
            thrown == null ? "" : " (" + thrown + ")");
  }
}
