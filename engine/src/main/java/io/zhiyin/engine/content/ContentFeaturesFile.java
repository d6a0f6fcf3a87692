package io.zhiyin.engine.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// Fitted [ContentFeatures] at rest: magic, format version, number of rows, the weights, and a
/// CRC-32C of all before it; big-endian.
public final class ContentFeaturesFile {
  private static final int MAGIC = 0x5a594346; // ZYCF
  private static final int VERSION = 1;
  private static final int HEADER = 12;
  private static final int TRAILER = 4;

  private ContentFeaturesFile() {}

  public static void write(ContentFeatures features, Path file) throws IOException {
    float[] idf = features.idf();
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + Float.BYTES * idf.length + TRAILER);
    bytes.putInt(MAGIC).putInt(VERSION).putInt(idf.length);
    for (float weight : idf) {
      bytes.putFloat(weight);
    }
    byte[] all = bytes.array();
    bytes.putInt(checksum(all));
    Files.write(file, all);
  }

  /// @throws IOException with what to do, when the file is damaged or of a newer format
  public static ContentFeatures read(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    ByteBuffer bytes = ByteBuffer.wrap(all);
    if (bytes.capacity() < HEADER + TRAILER || bytes.getInt() != MAGIC) {
      throw damaged(file);
    }
    int version = bytes.getInt();
    if (version > VERSION) {
      throw new IOException(
          file
              + " has format "
              + version
              + ", this program reads up to "
              + VERSION
              + ": use the newer program, or train again");
    }
    int rows = bytes.getInt();
    boolean fits = rows >= 0 && (long) rows * Float.BYTES + HEADER + TRAILER == bytes.capacity();
    if (!fits || Integer.bitCount(rows) != 1) {
      throw damaged(file);
    }
    float[] idf = new float[rows];
    for (int row = 0; row < rows; row++) {
      idf[row] = bytes.getFloat();
    }
    if (bytes.getInt() != checksum(all)) {
      throw damaged(file);
    }
    return new ContentFeatures(idf);
  }

  private static int checksum(byte[] all) {
    CRC32C crc = new CRC32C();
    crc.update(all, 0, all.length - TRAILER);
    return (int) crc.getValue();
  }

  private static IOException damaged(Path file) {
    return new IOException(file + " is damaged: restore it from a backup, or train again");
  }
}
