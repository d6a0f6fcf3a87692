package io.zhiyin.engine.model;

/// A model's files are missing, damaged, or of a format that this version does not read. The
/// message is a sentence that says what to do.
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
