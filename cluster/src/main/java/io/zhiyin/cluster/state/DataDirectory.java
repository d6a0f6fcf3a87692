package io.zhiyin.cluster.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.cluster.journal.DataRefusedException;
import io.zhiyin.engine.event.ShopId;
import java.io.CharConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// The directory in which everything lies that a Zhiyin keeps: one process at a time, in a known
/// format.
///
/// `FORMAT` says which format it is, with a checksum over that; `LOCK` is held while it is open.
public final class DataDirectory implements Closeable {
  /// The format that this program writes and reads.
  public static final int VERSION = 1;

  private static final String FORMAT = "zhiyin-data";
  private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final FileChannel lock;

  private DataDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /// Takes the directory for this process, and creates it when it is missing.
  ///
  /// @throws DataRefusedException when it is in use, damaged or of a newer format
  public static DataDirectory open(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path root = directory.toRealPath();
    if (!OPEN_HERE.add(root)) {
      throw inUse(root);
    }
    try {
      return locked(root);
    } catch (IOException | RuntimeException refused) {
      OPEN_HERE.remove(root);
      throw refused;
    }
  }

  private static DataDirectory locked(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(root);
      }
      checkFormat(root);
      return new DataDirectory(root, channel);
    } catch (IOException | RuntimeException refused) {
      channel.close();
      throw refused;
    }
  }

  private static DataRefusedException inUse(Path root) {
    return new DataRefusedException(
        "The data directory "
            + root
            + " is in use by another Zhiyin: stop that one first, or choose another directory.");
  }

  private static void checkFormat(Path root) throws IOException {
    Path file = root.resolve("FORMAT");
    if (!Files.exists(file)) {
      if (Files.exists(root.resolve("shops"))) {
        throw new DataRefusedException(
            "The data directory "
                + root
                + " has shops but no FORMAT file: restore that file from a backup.");
      }
      writeFormat(file);
      return;
    }
    JsonNode format;
    try {
      format = new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException | CharConversionException notJson) {
      throw damaged(file);
    }
    int version = format.path("version").asInt(-1);
    String name = format.path("format").asText();
    if (!name.equals(FORMAT) || !format.path("crc32c").asText().equals(checksum(version))) {
      throw damaged(file);
    }
    if (version > VERSION) {
      throw new DataRefusedException(
          "The data directory "
              + root
              + " has format "
              + version
              + ", and this program reads formats up to "
              + VERSION
              + ": start a newer version of Zhiyin on it.");
    }
  }

  private static DataRefusedException damaged(Path file) {
    return new DataRefusedException(
        "The file " + file + " is damaged: restore it from a backup of the data directory.");
  }

  private static void writeFormat(Path file) throws IOException {
    String json =
        "{\"format\":\"%s\",\"version\":%d,\"crc32c\":\"%s\"}%n"
            .formatted(FORMAT, VERSION, checksum(VERSION));
    Path partial = file.resolveSibling("FORMAT.partial");
    Files.writeString(partial, json, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Over the name and the version, as eight hexadecimal digits.
  static String checksum(int version) {
    CRC32C crc = new CRC32C();
    crc.update((FORMAT + " " + version).getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  public Path root() {
    return root;
  }

  /// Where one shop's journal and models lie.
  public Path shop(ShopId shop) {
    return root.resolve("shops").resolve(shop.value());
  }

  /// The shops that have data here, by name.
  public List<ShopId> shops() throws IOException {
    Path shops = root.resolve("shops");
    if (!Files.isDirectory(shops)) {
      return List.of();
    }
    try (Stream<Path> directories = Files.list(shops)) {
      return directories
          .filter(Files::isDirectory)
          .map(directory -> directory.getFileName().toString())
          .sorted()
          .map(ShopId::new)
          .toList();
    }
  }

  /// Lets the directory go, for this process or another to open.
  @Override
  public void close() throws IOException {
    if (lock.isOpen()) {
      lock.close();
      OPEN_HERE.remove(root);
    }
  }
}
