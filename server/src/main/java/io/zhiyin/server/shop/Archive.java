package io.zhiyin.server.shop;

import io.zhiyin.engine.intake.UnusableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The files of a zip archive, as published data sets come, laid side by side in one folder. Names
/// are taken as text only: an archive cannot say where its files go.
final class Archive {
  private static final int MOST_FILES = 1_000;

  private Archive() {}

  /// Whether a file of that name is one.
  static boolean isNamed(String name) {
    return name.toLowerCase(java.util.Locale.ROOT).endsWith(".zip");
  }

  /// @param mostBytes that the files may have together
  /// @throws UnusableFileException when it is damaged, empty, or has too many files or bytes
  static List<Path> unpack(Path archive, Path folder, long mostBytes) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    long left = mostBytes;
    // any bytes are names in Latin-1; what is no plain letter is replaced anyway
    try (ZipFile zip = new ZipFile(archive.toFile(), StandardCharsets.ISO_8859_1)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = plain(entry.getName());
        if (!entry.isDirectory() && !name.startsWith(".") && !name.isEmpty()) {
          if (files.size() == MOST_FILES) {
            throw new UnusableFileException(
                archive, "has more than " + MOST_FILES + " files", "里的文件超过 " + MOST_FILES + " 个");
          }
          Path file = folder.resolve(name);
          if (Files.exists(file)) {
            throw new UnusableFileException(
                archive, "has two files named " + name, "里有两个文件都叫 " + name);
          }
          try (InputStream in = zip.getInputStream(entry)) {
            left -= copy(in, file, left, archive);
          }
          files.add(file);
        }
      }
    } catch (ZipException | java.io.EOFException e) {
      throw new UnusableFileException(archive, "is damaged: it cannot be unpacked", "文件已损坏：无法解压");
    }
    if (files.isEmpty()) {
      throw new UnusableFileException(archive, "has no file in it", "里没有文件");
    }
    return files;
  }

  /// The last part of an entry's path, of letters, digits, dots and lines alone; empty where there
  /// is none. What macOS adds on its own starts with a dot.
  private static String plain(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private static long copy(InputStream from, Path to, long most, Path archive) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long copied = 0;
    try (OutputStream out = Files.newOutputStream(to)) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        copied += n;
        if (copied > most) {
          throw new UnusableFileException(
              archive,
              "unpacks to more than is taken; use ./zhiyin import",
              "解压后过大；请用 ./zhiyin import");
        }
        out.write(buffer, 0, n);
      }
    }
    return copied;
  }
}
