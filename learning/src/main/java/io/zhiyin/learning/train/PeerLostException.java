package io.zhiyin.learning.train;

import org.jspecify.annotations.Nullable;

/// A process that takes part in a training is missing, gone, or of another kind. The message is a
/// sentence that says what to do, in English and Chinese.
public final class PeerLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PeerLostException(String english, String chinese) {
    super(english + " / " + chinese);
  }

  PeerLostException(String english, String chinese, @Nullable Throwable cause) {
    super(english + " / " + chinese, cause);
  }
}
