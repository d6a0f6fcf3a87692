package io.zhiyin.cluster.state;

import io.zhiyin.cluster.journal.RocksJournal;
import io.zhiyin.engine.event.RecordWriter;
import io.zhiyin.engine.event.StateSink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// Writes one snapshot file: a head, pieces, and an end, each with its own checksum.
///
///     file  = "ZHIYINSS" · version (4) · CRC32C of both (4) · frame …
///     frame = kind (1) · length (4) · CRC32C of kind, length and piece (4) · piece
///
/// The first frame ([#STAMP]) says what the state was folded from, the last ([#END]) how many
/// frames there were. A change of what pieces mean is a new [#VERSION].
final class SnapshotWriter implements StateSink, Closeable {
  static final int VERSION = 2;
  static final long MAGIC = 0x5A48_4959_494E_5353L; // ZHIYINSS
  static final int HEAD = 16;
  static final int FRAME_HEAD = 9;
  static final byte STAMP = 1;
  static final byte END = 2;

  private final FileChannel file;
  private int frames;

  private SnapshotWriter(FileChannel file) {
    this.file = file;
  }

  static SnapshotWriter create(Path path, RocksJournal.Stamp stamp) throws IOException {
    SnapshotWriter writer =
        new SnapshotWriter(
            FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE));
    try {
      writer.all(head(VERSION));
      RecordWriter out = new RecordWriter();
      out.number(stamp.position()).number(stamp.erased()).number(stamp.lastRecord());
      writer.put(STAMP, out.toBytes());
      return writer;
    } catch (IOException | RuntimeException problem) {
      writer.close();
      throw problem;
    }
  }

  static ByteBuffer head(int version) {
    ByteBuffer head = ByteBuffer.allocate(HEAD).putLong(MAGIC).putInt(version);
    return head.putInt(checksum(head.array(), 0, HEAD - 4)).flip();
  }

  @Override
  public void put(byte kind, byte[] piece) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(FRAME_HEAD).put(kind).putInt(piece.length);
    CRC32C crc = new CRC32C();
    crc.update(head.array(), 0, FRAME_HEAD - 4);
    crc.update(piece);
    all(head.putInt((int) crc.getValue()).flip());
    all(ByteBuffer.wrap(piece));
    frames++;
  }

  /// Ends the file and returns when it is on the disk.
  void finish() throws IOException {
    put(END, new RecordWriter().number(frames).toBytes());
    file.force(true);
  }

  private void all(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
