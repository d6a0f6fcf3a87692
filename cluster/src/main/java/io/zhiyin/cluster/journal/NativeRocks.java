package io.zhiyin.cluster.journal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// RocksDB's native library, loaded once.
///
/// RocksDB by itself unpacks its library into the temporary directory at every start, and a killed
/// process leaves that copy behind. Here one copy is kept in the user's cache directory and used by
/// all; where none can be written, or `ROCKSDB_SHAREDLIB_DIR` is set, RocksDB's own way is taken.
final class NativeRocks {
  private static boolean loaded;

  private NativeRocks() {}

  static synchronized void load() throws IOException {
    if (loaded) {
      return;
    }
    if (System.getenv("ROCKSDB_SHAREDLIB_DIR") != null || !loadFromCache()) {
      RocksDB.loadLibrary();
    }
    loaded = true;
  }

  private static boolean loadFromCache() throws IOException {
    String name = Environment.getJniLibraryFileName("rocksdb");
    URL packed = RocksDB.class.getClassLoader().getResource(name);
    if (packed == null) {
      return false;
    }
    URLConnection connection = packed.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      // The length tells versions apart; files appear whole, by a move.
      long length = connection.getContentLengthLong();
      Path directory = cacheDirectory().resolve("rocksdb-" + length);
      // RocksDB looks for it under this name, with "jni" twice, when it is told where.
      Path library = directory.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
      if (!Files.isRegularFile(library) || Files.size(library) != length) {
        Files.createDirectories(directory);
        Path partial = Files.createTempFile(directory, name, ".partial");
        Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, library, StandardCopyOption.ATOMIC_MOVE);
      }
      RocksDB.loadLibrary(List.of(directory.toString()));
      return true;
    } catch (IOException | UnsatisfiedLinkError unusable) {
      System.getLogger(NativeRocks.class.getName())
          .log(System.Logger.Level.DEBUG, "no cached copy of the RocksDB library", unusable);
      return false;
    }
  }

  private static Path cacheDirectory() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("zhiyin").resolve("native");
  }
}
