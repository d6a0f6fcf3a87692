package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// What one shopper did, as [Deeds.Of#put] wrote it, in a piece of memory that it may share with
/// others. Immutable as long as somebody may read it.
record Resting(Piece piece, int from, int length) implements Kept {
  /// What a thread takes apart: whoever walks over a million shoppers needs no array for each.
  private static final ThreadLocal<byte[]> SCRATCH = ThreadLocal.withInitial(() -> new byte[1024]);

  /// Bytes of some shoppers together. Whoever puts, moves or wipes them is one thread at a time.
  static final class Piece {
    private final ByteBuffer bytes;
    private int end;
    private int used;

    /// @param bytes of the heap, or outside of it, where the garbage collector has nothing to move
    Piece(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    int room() {
      return bytes.capacity() - end;
    }

    Resting add(RecordReader in, int from, int length) {
      in.copy(from, length, bytes, end);
      end += length;
      used += length;
      return new Resting(this, end - length, length);
    }
  }

  /// In a piece of its own.
  static Resting alone(byte[] bytes) {
    return new Piece(ByteBuffer.allocate(bytes.length))
        .add(new RecordReader(bytes), 0, bytes.length);
  }

  /// Whether most of the piece is held for nothing, so that whoever rests there should move.
  boolean isAmongGaps() {
    return 2 * piece.used < piece.end;
  }

  /// The same in a piece of its own; nobody may read this one any more.
  Resting moved() {
    Resting moved = alone(copy());
    wipe();
    return moved;
  }

  /// Once nobody reads this any more: nothing of it stays in memory.
  void wipe() {
    piece.used -= length;
    piece.bytes.put(from, new byte[length]);
  }

  void put(RecordWriter out) {
    out.bytes(piece.bytes, from, length);
  }

  private byte[] copy() {
    byte[] copy = new byte[length];
    piece.bytes.get(from, copy);
    return copy;
  }

  @Override
  public Deeds unpacked(Deeds.Of whose) {
    return whose.take(new RecordReader(copy()));
  }

  @Override
  public History history(Deeds.Of whose) {
    byte[] scratch = SCRATCH.get();
    if (length > scratch.length) {
      scratch = new byte[2 * length];
      SCRATCH.set(scratch);
    }
    piece.bytes.get(from, scratch, 0, length);
    try {
      return LogLines.history(new RecordReader(scratch, 0, length), whose.mostLines());
    } finally {
      Arrays.fill(scratch, 0, length, (byte) 0); // so that an erased shopper is not left there
    }
  }
}
