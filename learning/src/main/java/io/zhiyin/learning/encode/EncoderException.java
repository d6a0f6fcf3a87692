package io.zhiyin.learning.encode;

/// A pretrained encoder that is there but does not work.
public final class EncoderException extends RuntimeException {
  public EncoderException(String message) {
    super(message);
  }

  public EncoderException(String message, Throwable cause) {
    super(message, cause);
  }
}
