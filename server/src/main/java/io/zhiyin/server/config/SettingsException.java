package io.zhiyin.server.config;

/// The server cannot start, or go on, as it is set up. The message is a sentence for the person who
/// runs it and says what to do.
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SettingsException(String sentence) {
    super(sentence);
  }

  public SettingsException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
