package io.zhiyin.engine.event;

import java.io.IOException;

/// A record at rest that is damaged or was written by a newer program. The message is a sentence
/// that says what to do.
public final class UnreadableRecordException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreadableRecordException(String message) {
    super(message);
  }

  public UnreadableRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
