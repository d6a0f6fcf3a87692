package io.zhiyin.server.http;

/// A call that was not let in because too many wait already.
final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OverloadedException() {
    super("too many calls wait already", null, false, false);
  }
}
