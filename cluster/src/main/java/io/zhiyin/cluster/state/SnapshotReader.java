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
import java.util.zip.CRC32C;

/// Reads one snapshot file as [SnapshotWriter] wrote it; every piece is checked before it is handed
/// on.
final class SnapshotReader implements AutoCloseable {
  private static final int MAX_PIECE = 1 << 28;
  private static final int USUAL_PIECE = 2 * StateSink.PIECE;

  private final DataInputStream in;
  private final RocksJournal.Stamp stamp;
  private int frames;

  private SnapshotReader(DataInputStream in) throws IOException {
    this.in = in;
    checkHead();
    Frame first = frame();
    if (first.kind() != SnapshotWriter.STAMP) {
      throw new UnusableSnapshotException("it does not say what it was folded from");
    }
    RecordReader fields = new RecordReader(first.piece());
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
  void readTo(StateSink sink) throws IOException {
    try {
      for (Frame next = frame(); next.kind() != SnapshotWriter.END; next = frame()) {
        sink.put(next.kind(), next.piece());
      }
      if (in.read() >= 0) {
        throw new UnusableSnapshotException("it has bytes after its end");
      }
    } catch (EOFException cut) {
      throw new UnusableSnapshotException("it is cut off", cut);
    }
  }

  private Frame frame() throws IOException {
    byte[] head = new byte[SnapshotWriter.FRAME_HEAD];
    in.readFully(head);
    ByteBuffer fields = ByteBuffer.wrap(head);
    byte kind = fields.get();
    int length = fields.getInt();
    if (length < 0 || length > MAX_PIECE) {
      throw new UnusableSnapshotException("a piece of it is damaged");
    }
    byte[] piece = piece(length);
    CRC32C crc = new CRC32C();
    crc.update(head, 0, SnapshotWriter.FRAME_HEAD - 4);
    crc.update(piece);
    if (piece.length != length || fields.getInt() != (int) crc.getValue()) {
      throw new UnusableSnapshotException("a piece of it is damaged");
    }
    if (kind == SnapshotWriter.END && new RecordReader(piece).number() != frames) {
      throw new UnusableSnapshotException("pieces of it are missing");
    }
    frames++;
    return new Frame(kind, piece);
  }

  /// A long piece is not allocated at once: a damaged length must not ask for more memory than
  /// there are bytes. Those of a usual length are read without copies.
  private byte[] piece(int length) throws IOException {
    if (length > USUAL_PIECE) {
      return in.readNBytes(length);
    }
    byte[] piece = new byte[length];
    in.readFully(piece);
    return piece;
  }

  private record Frame(byte kind, byte[] piece) {}

  @Override
  public void close() throws IOException {
    in.close();
  }
}
