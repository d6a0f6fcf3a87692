package io.zhiyin.server.command;

/// A command that cannot be carried out as called. The message is a sentence that says what to do,
/// in English and Chinese.
public final class WrongCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongCallException(String english, String chinese) {
    super(english + " / " + chinese);
  }
}
