package io.zhiyin.kernel.nn;

/// A file of weights that is damaged, cut off, or does not hold what was asked of it. The message
/// is a sentence for the person who has the file.
public final class SafetensorsException extends RuntimeException {
  public SafetensorsException(String message) {
    super(message);
  }
}
