package io.zhiyin.engine.intake;

import java.io.IOException;
import java.nio.file.Path;

/// A file that cannot be imported at all. The message is one sentence for the person who gave it,
/// in English and Chinese.
public final class UnusableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param english follows the file's name, without a full stop, as in `is empty`
  /// @param chinese the same in Chinese
  public UnusableFileException(Path file, String english, String chinese) {
    super(file + " " + english + ". / " + file + "：" + chinese + "。");
  }
}
