package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.RecordReader;

/// Copies what some shoppers did into pieces of a size that is cheap to move. Used by one thread.
final class Packing {
  private static final int PIECE = 1 << 16;

  private int left;
  private int largestItem = Vocabulary.UNKNOWN;
  private Resting.Piece piece = new Resting.Piece(new byte[0]);

  /// @param bytes how many there will be at most
  Packing(int bytes) {
    left = bytes;
  }

  /// What is packed names items up to this index.
  void names(int item) {
    largestItem = Math.max(largestItem, item);
  }

  int largestItem() {
    return largestItem;
  }

  /// @param length how many bytes from `from` on [the reader][RecordReader#copy] has gone past
  Resting add(RecordReader in, int from, int length) {
    if (length > piece.room()) {
      piece = new Resting.Piece(new byte[Math.max(length, Math.min(PIECE, left))]);
    }
    left -= length;
    return piece.add(in, from, length);
  }
}
