package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.RecordReader;
import java.nio.ByteBuffer;

/// Copies what some shoppers did into pieces outside the heap: what is read at a start stays where
/// it was put, where the garbage collector would move half a gigabyte of a million shoppers twice.
/// Pieces grow with what there is, so that few shoppers take little. Used by one thread at a time.
final class Packing {
  private static final int PIECE = 1 << 20;
  private static final int FIRST = 1 << 16;

  private int packed;
  private int largestItem = Vocabulary.UNKNOWN;
  private Resting.Piece piece = new Resting.Piece(ByteBuffer.allocate(0));

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
      int size = Math.max(length, Math.clamp(packed, FIRST, PIECE));
      piece = new Resting.Piece(ByteBuffer.allocateDirect(size));
    }
    packed = Math.min(PIECE, packed + length);
    return piece.add(in, from, length);
  }
}
