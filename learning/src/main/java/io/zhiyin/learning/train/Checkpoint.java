package io.zhiyin.learning.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// The file in which a training in progress survives the end of its process.
///
/// Big-endian: the magic number, the format version, the fingerprint of data and settings, what
/// [TrainingState] says, and the CRC-32C of all before it. The file changes whole or not at all.
///
/// @param fingerprint of what is trained on and how; a checkpoint of anything else is refused
record Checkpoint(Path file, byte[] fingerprint) {
  static final int FORMAT_VERSION = 1;
  private static final int MAGIC = 0x5a_59_54_31; // ZYT1

  /// Why a checkpoint cannot be gone on from.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final String chinese;

    Refused(String english, String chinese) {
      super(english);
      this.chinese = chinese;
    }

    String english() {
      return String.valueOf(getMessage());
    }

    String chinese() {
      return chinese;
    }
  }

  void write(TrainingState state) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      CheckedOutputStream checked =
          new CheckedOutputStream(
              new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), new CRC32C());
      DataOutputStream out = new DataOutputStream(checked);
      out.writeInt(MAGIC);
      out.writeInt(FORMAT_VERSION);
      out.writeInt(fingerprint.length);
      out.write(fingerprint);
      state.write(out);
      out.writeLong(checked.getChecksum().getValue());
      out.flush();
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// The saved state, or nothing when none was saved.
  ///
  /// @throws Refused when it is damaged, of a newer format, or of another training
  Optional<TrainingState> read() throws IOException, Refused {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    check();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      int magic = in.readInt();
      int version = in.readInt();
      if (magic != MAGIC || version > FORMAT_VERSION) {
        throw new Refused("its format is not one that this version reads", "其格式不是此版本能读的");
      }
      byte[] theirs = in.readNBytes(Math.max(0, in.readInt()));
      if (!Arrays.equals(theirs, fingerprint)) {
        throw new Refused("it is of other data or other settings", "它属于别的数据或别的设置");
      }
      return Optional.of(TrainingState.read(in));
    } catch (EOFException | UTFDataFormatException e) {
      throw damaged();
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /// Reads the file once through before anything of it is believed.
  private void check() throws IOException, Refused {
    long body = Files.size(file) - Long.BYTES;
    if (body < 0) {
      throw damaged();
    }
    CRC32C sum = new CRC32C();
    try (CheckedInputStream in =
        new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), sum)) {
      in.skipNBytes(body);
      long found = sum.getValue();
      if (ByteBuffer.wrap(in.readNBytes(Long.BYTES)).getLong() != found) {
        throw damaged();
      }
    }
  }

  private static Refused damaged() {
    return new Refused("it is damaged", "它已损坏");
  }
}
