package io.zhiyin.lab.bench;

/// A bench that cannot be run; the message says why and what to do.
final class BenchFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BenchFailedException(String message) {
    super(message);
  }
}
