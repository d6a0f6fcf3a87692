package io.zhiyin.cluster.state;

import java.io.IOException;

/// A snapshot that is not used: damaged, newer than this program, or of another journal. Nothing is
/// lost by it, as the journal has everything.
final class UnusableSnapshotException extends IOException {
  private static final long serialVersionUID = 1L;

  UnusableSnapshotException(String message) {
    super(message);
  }

  UnusableSnapshotException(String message, Throwable cause) {
    super(message, cause);
  }
}
