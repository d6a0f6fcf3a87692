package io.zhiyin.learning.train;

/// A training was to compute where it cannot. The message is a sentence that says what to do, in
/// English and Chinese.
public final class DeviceMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeviceMissingException(String english, String chinese) {
    super(english + " / " + chinese);
  }
}
