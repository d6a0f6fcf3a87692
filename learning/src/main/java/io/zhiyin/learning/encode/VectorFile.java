package io.zhiyin.learning.encode;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// A [VectorMemory] at rest: magic, format version, the encoder's name, numbers of a vector, count;
/// for each text its hash (16 bytes) and half-precision numbers; and a CRC-32C of all before it;
/// big-endian. A new file takes the old one's place whole or not at all.
final class VectorFile {
  private static final int MAGIC = 0x5a595456; // ZYTV
  private static final int VERSION = 1;

  private VectorFile() {}

  /// Fills the memory from the file.
  ///
  /// @throws IOException when the file is damaged, of another encoder, or of a newer format
  static void read(Path file, VectorMemory memory) throws IOException {
    CRC32C crc = new CRC32C();
    long bytes = Files.size(file);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        DataInputStream in = new DataInputStream(new CheckedInputStream(raw, crc))) {
      require(in.readInt() == MAGIC, "it does not begin as such a file does");
      int version = in.readInt();
      require(version == VERSION, "its format is " + version + " and not " + VERSION);
      String encoder = in.readUTF();
      require(encoder.equals(memory.encoderId()), "it is of the encoder " + encoder);
      int size = in.readInt();
      require(size == memory.size(), "its vectors have " + size + " numbers");
      int count = in.readInt();
      long entry = 2 * Long.BYTES + (long) size * Short.BYTES;
      long rest = bytes - 4 * Integer.BYTES - Short.BYTES - encoder.length() - Integer.BYTES;
      require(count >= 0 && rest == count * entry, "its length is wrong");
      List<Entry> entries = new java.util.ArrayList<>(count);
      byte[] block = new byte[(int) entry];
      for (int i = 0; i < count; i++) {
        in.readFully(block);
        entries.add(Entry.of(ByteBuffer.wrap(block), size));
      }
      int computed = (int) crc.getValue();
      require(in.readInt() == computed, "its checksum is wrong");
      entries.forEach(e -> memory.restore(e.key, e.halves));
    } catch (EOFException e) {
      throw new IOException("it ends too early", e);
    }
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }

  private record Entry(VectorMemory.Key key, short[] halves) {
    static Entry of(ByteBuffer bytes, int size) {
      VectorMemory.Key key = new VectorMemory.Key(bytes.getLong(), bytes.getLong());
      short[] halves = new short[size];
      bytes.asShortBuffer().get(halves);
      return new Entry(key, halves);
    }
  }

  /// Writes all that the memory holds, on the disk when it returns.
  static void write(VectorMemory memory, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path work = Files.createTempFile(file.toAbsolutePath().getParent(), ".vectors-", "");
    try {
      try (FileChannel channel = FileChannel.open(work, StandardOpenOption.WRITE)) {
        write(memory, Channels.newOutputStream(channel));
        channel.force(true);
      }
      Files.move(work, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(work);
    }
  }

  private static void write(VectorMemory memory, OutputStream raw) throws IOException {
    // a copy, because others may add while this is written
    List<Map.Entry<VectorMemory.Key, short[]>> entries = List.copyOf(memory.entries().entrySet());
    CRC32C crc = new CRC32C();
    DataOutputStream out =
        new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(raw, 1 << 16), crc));
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeUTF(memory.encoderId());
    out.writeInt(memory.size());
    out.writeInt(entries.size());
    ByteBuffer block = ByteBuffer.allocate(2 * Long.BYTES + memory.size() * Short.BYTES);
    for (Map.Entry<VectorMemory.Key, short[]> entry : entries) {
      block.clear();
      block.putLong(entry.getKey().high()).putLong(entry.getKey().low());
      for (short half : entry.getValue()) {
        block.putShort(half);
      }
      out.write(block.array());
    }
    out.writeInt((int) crc.getValue());
    out.flush();
  }
}
