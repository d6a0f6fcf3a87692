package io.zhiyin.engine.event;

import java.io.IOException;

/// Takes folded state piece by piece, to be kept at rest beside the journal.
@FunctionalInterface
public interface StateSink {
  /// About as large as a piece should be, in bytes.
  int PIECE = 1 << 20;

  /// @param kind what the piece is; a number that its writer knows again
  void put(byte kind, byte[] piece) throws IOException;
}
