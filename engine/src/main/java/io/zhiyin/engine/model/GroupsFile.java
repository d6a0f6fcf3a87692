package io.zhiyin.engine.model;

import io.zhiyin.engine.model.ItemVectors.Snapshot;
import io.zhiyin.kernel.index.Clusters;
import io.zhiyin.kernel.vector.FloatRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;
import java.util.zip.CRC32C;

/// [ItemGroups] at rest: magic, format version, numbers of a vector, items, groups, the share to
/// read; the groups' middles; for each item its group; for each item a hash of its vector, by which
/// is told whether it is the same still; and a CRC-32C of all before it; big-endian. About 8 bytes
/// an item. A new file takes the old one's place whole or not at all.
///
/// Can be made again at any time.
final class GroupsFile {
  private static final int MAGIC = 0x5a594752; // ZYGR
  private static final int VERSION = 1;
  private static final int HEAD = 5 * Integer.BYTES + Double.BYTES;
  private static final int NOWHERE = -1;

  private GroupsFile() {}

  static void write(Path file, ItemGroups groups, Snapshot of, int d) throws IOException {
    Clusters clusters = groups.clusters();
    float[] centres = clusters.centres();
    long size = HEAD + (centres.length + 2L * clusters.rows() + 1) * Integer.BYTES;
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size));
    out.putInt(MAGIC).putInt(VERSION).putInt(d).putInt(clusters.rows()).putInt(clusters.groups());
    out.putDouble(groups.share());
    for (float number : centres) {
      out.putFloat(number);
    }
    for (int row = 0; row < clusters.rows(); row++) {
      out.putInt(groups.changed().get(row) ? NOWHERE : clusters.groupOf(row));
    }
    for (int row = 0; row < clusters.rows(); row++) {
      out.putInt(hash(of.matrix(), row));
    }
    out.putInt(checksum(out.array(), out.position()));
    replace(file, out.flip());
  }

  private static void replace(Path file, ByteBuffer bytes) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path work = Files.createTempFile(directory, ".groups-", "");
    try {
      try (FileChannel channel = FileChannel.open(work, StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(work, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(work);
    }
  }

  /// The groups as far as they are of these items; empty when too many items are others now.
  ///
  /// @throws IOException when the file is damaged or of another format
  static Optional<ItemGroups> read(Path file, Snapshot now, int d) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    require(in.remaining() >= HEAD + Integer.BYTES, "it ends too early");
    require(in.getInt() == MAGIC, "it does not begin as such a file does");
    int version = in.getInt();
    require(version == VERSION, "its format is " + version + " and not " + VERSION);
    int size = in.getInt();
    int rows = in.getInt();
    int groups = in.getInt();
    double share = in.getDouble();
    require(
        size == d
            && rows >= 0
            && groups >= 0
            && in.remaining() == ((long) groups * d + 2L * rows + 1) * Integer.BYTES,
        "its length is wrong");
    int end = in.limit() - Integer.BYTES;
    require(in.getInt(end) == checksum(in.array(), end), "its checksum is wrong");
    float[] centres = new float[groups * d];
    in.asFloatBuffer().get(centres);
    in.position(in.position() + centres.length * Float.BYTES);
    int[] groupOf = new int[rows];
    int[] hashes = new int[rows];
    in.asIntBuffer().get(groupOf).get(hashes);
    if (rows > now.size()) {
      return Optional.empty();
    }
    BitSet changed = new BitSet();
    for (int row = 0; row < rows; row++) {
      if (groupOf[row] < 0 || !now.has(row) || hash(now.matrix(), row) != hashes[row]) {
        groupOf[row] = NOWHERE;
        changed.set(row, now.has(row));
      }
    }
    ItemGroups read = new ItemGroups(clusters(centres, groupOf, now), share, changed);
    return read.isStale(now.size()) ? Optional.empty() : Optional.of(read);
  }

  private static Clusters clusters(float[] centres, int[] groupOf, Snapshot now)
      throws IOException {
    try {
      return new Clusters(centres, groupOf, now.matrix());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static int hash(FloatRows matrix, int row) {
    float[] numbers = matrix.block(row);
    int from = matrix.at(row);
    int hash = 1;
    for (int i = from; i < from + matrix.size(); i++) {
      hash = 31 * hash + Float.floatToRawIntBits(numbers[i]);
    }
    return hash;
  }
}
