package io.zhiyin.cluster.journal;

import java.io.IOException;

/// Data that this program will not touch: in use, damaged, or written by a newer program. The
/// message is a sentence that says what to do.
public final class DataRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  public DataRefusedException(String message) {
    super(message);
  }

  public DataRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
