package io.zhiyin.cluster.state;

import io.zhiyin.cluster.journal.RocksJournal;
import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.StateSink;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;

/// Reads one snapshot file as [SnapshotWriter] wrote it; every piece is checked before it is handed
/// on.
final class SnapshotReader implements AutoCloseable {
  private static final int MAX_PIECE = 1 << 28;
  private static final int USUAL_PIECE = 2 * StateSink.PIECE;

  /// So that most pieces fit where another one was: their lengths differ by a record.
  private static final int ROUND = (1 << 16) - 1;

  private final DataInputStream in;
  private final RocksJournal.Stamp stamp;
  private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();
  private int frames;

  private SnapshotReader(DataInputStream in) throws IOException {
    this.in = in;
    checkHead();
    Piece first = frame();
    if (first.kind() != SnapshotWriter.STAMP) {
      throw new UnusableSnapshotException("it does not say what it was folded from");
    }
    RecordReader fields = first.in();
    this.stamp = new RocksJournal.Stamp(fields.number(), fields.number(), fields.number());
  }

  /// @throws UnusableSnapshotException when the file is damaged or newer than this program
  static SnapshotReader open(Path path) throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 20));
    try {
      return new SnapshotReader(in);
    } catch (EOFException cut) {
      in.close();
      throw new UnusableSnapshotException("it is cut off", cut);
    } catch (IOException | RuntimeException problem) {
      in.close();
      throw problem;
    }
  }

  /// What the state was folded from.
  RocksJournal.Stamp stamp() {
    return stamp;
  }

  private void checkHead() throws IOException {
    byte[] head = new byte[SnapshotWriter.HEAD];
    in.readFully(head);
    ByteBuffer fields = ByteBuffer.wrap(head);
    long magic = fields.getLong();
    int version = fields.getInt();
    if (magic != SnapshotWriter.MAGIC
        || fields.getInt() != SnapshotWriter.checksum(head, 0, SnapshotWriter.HEAD - 4)) {
      throw new UnusableSnapshotException("its head is damaged");
    }
    if (version != SnapshotWriter.VERSION) {
      throw new UnusableSnapshotException(
          "it has format " + version + ", and this program reads " + SnapshotWriter.VERSION);
    }
  }

  /// Hands on every piece, in order, up to the end.
  ///
  /// @throws UnusableSnapshotException when the rest is damaged
  void readTo(PieceSink sink) throws IOException {
    try {
      for (Piece next = frame(); next.kind() != SnapshotWriter.END; next = frame()) {
        sink.put(next);
      }
      if (in.read() >= 0) {
        throw new UnusableSnapshotException("it has bytes after its end");
      }
    } catch (EOFException cut) {
      throw new UnusableSnapshotException("it is cut off", cut);
    }
  }

  private Piece frame() throws IOException {
    byte[] head = new byte[SnapshotWriter.FRAME_HEAD];
    in.readFully(head);
    ByteBuffer fields = ByteBuffer.wrap(head);
    byte kind = fields.get();
    int length = fields.getInt();
    if (length < 0 || length > MAX_PIECE) {
      throw new UnusableSnapshotException("a piece of it is damaged");
    }
    Piece piece = piece(kind, length);
    CRC32C crc = new CRC32C();
    crc.update(head, 0, SnapshotWriter.FRAME_HEAD - 4);
    crc.update(piece.bytes(), 0, piece.length());
    if (piece.length() != length || fields.getInt() != (int) crc.getValue()) {
      throw new UnusableSnapshotException("a piece of it is damaged");
    }
    if (kind == SnapshotWriter.END && piece.in().number() != frames) {
      throw new UnusableSnapshotException("pieces of it are missing");
    }
    frames++;
    return piece;
  }

  /// A long piece is not allocated at once: a damaged length must not ask for more memory than
  /// there are bytes. Those of a usual length are read without copies.
  private Piece piece(byte kind, int length) throws IOException {
    if (length > USUAL_PIECE) {
      byte[] bytes = in.readNBytes(length);
      return new Piece(kind, bytes, bytes.length, this);
    }
    byte[] bytes = spare.poll();
    if (bytes == null || bytes.length < length) {
      bytes = new byte[(length + ROUND) & ~ROUND];
    }
    in.readFully(bytes, 0, length);
    return new Piece(kind, bytes, length, this);
  }

  /// What a frame holds.
  ///
  /// @param bytes the first `length` of them
  record Piece(byte kind, byte[] bytes, int length, SnapshotReader reader) {
    /// Reads it from its beginning.
    RecordReader in() {
      return new RecordReader(bytes, 0, length);
    }

    /// Nobody reads it any more: others are read into the same memory, as a large snapshot has half
    /// a gigabyte of pieces. Any thread may say so, once.
    void done() {
      reader.spare.add(bytes);
    }
  }

  /// Takes pieces as they are read, each of which is its own until it is [done][Piece#done()].
  @FunctionalInterface
  interface PieceSink {
    void put(Piece piece) throws IOException;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
