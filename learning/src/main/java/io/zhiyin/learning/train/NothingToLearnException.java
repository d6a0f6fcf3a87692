package io.zhiyin.learning.train;

/// The data has nothing that a model could learn from. The message is a sentence that says what to
/// do.
public final class NothingToLearnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NothingToLearnException(String message) {
    super(message);
  }
}
