package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.util.Arrays;

/// What one shopper did, as [Deeds.Of#put] wrote it, in a piece of memory that it may share with
/// others. Immutable as long as somebody may read it.
record Resting(Piece piece, int from, int length) implements Kept {
  /// Bytes of some shoppers together: the garbage collector has fewer arrays to move. Whoever puts,
  /// moves or wipes them is one thread at a time.
  static final class Piece {
    private final byte[] bytes;
    private int end;
    private int used;

    Piece(byte[] bytes) {
      this.bytes = bytes;
    }

    int room() {
      return bytes.length - end;
    }

    Resting add(RecordReader in, int from, int length) {
      in.copy(from, length, bytes, end);
      end += length;
      used += length;
      return new Resting(this, end - length, length);
    }
  }

  /// Whether most of the piece is held for nothing, so that whoever rests there should move.
  boolean isAmongGaps() {
    return 2 * piece.used < piece.bytes.length;
  }

  /// The same in a piece of its own; nobody may read this one any more.
  Resting moved() {
    Resting moved = new Piece(new byte[length]).add(new RecordReader(piece.bytes), from, length);
    wipe();
    return moved;
  }

  /// Once nobody reads this any more: nothing of it stays in memory.
  void wipe() {
    piece.used -= length;
    Arrays.fill(piece.bytes, from, from + length, (byte) 0);
  }

  void put(RecordWriter out) {
    out.bytes(piece.bytes, from, length);
  }

  @Override
  public Deeds unpacked(Deeds.Of whose) {
    return whose.take(new RecordReader(piece.bytes, from));
  }

  @Override
  public History history(Deeds.Of whose) {
    return LogLines.history(new RecordReader(piece.bytes, from), whose.mostLines());
  }
}
