package io.zhiyin.engine.intake;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A text file to import, gzipped or not (told by its first bytes, not by its name). What can be
/// wrong with it as a whole becomes an [UnusableFileException].
final class SourceFile implements AutoCloseable {
  private static final int GZIP_MAGIC = 0x1f8b;

  /// A few kilobytes can unpack to a line that no memory holds.
  private static final int LONGEST_LINE = 1 << 24;

  private final Path path;
  private final CountingStream stored;
  private final BufferedReader reader;

  /// What was read of lines and not handed out yet.
  private final char[] chars = new char[1 << 13];

  private int from;
  private int to;

  private SourceFile(Path path, CountingStream stored, BufferedReader reader) {
    this.path = path;
    this.stored = stored;
    this.reader = reader;
  }

  /// Opens a file in the encoding that it turns out to have.
  static SourceFile open(Path path, Encoding encoding) throws IOException {
    Charset charset = encoding.of(path);
    CountingStream stored = stored(path);
    InputStream bytes = unpacked(path, stored);
    Reader decoded =
        new InputStreamReader(
            new FaultStream(path, bytes),
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    BufferedReader reader = new BufferedReader(decoded, 1 << 16);
    skipByteOrderMark(path, reader);
    return new SourceFile(path, stored, reader);
  }

  private static void skipByteOrderMark(Path path, BufferedReader reader) throws IOException {
    reader.mark(1);
    try {
      if (reader.read() != '\uFEFF') {
        reader.reset();
      }
    } catch (CharacterCodingException e) {
      reader.close();
      throw Encoding.wrong(path);
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /// The bytes of the file, unpacked. The caller closes them.
  static InputStream bytes(Path path) throws IOException {
    return new FaultStream(path, unpacked(path, stored(path)));
  }

  private static CountingStream stored(Path path) throws IOException {
    try {
      if (Files.isDirectory(path)) {
        throw new UnusableFileException(path, "is a folder, not a file", "是文件夹，不是文件");
      }
      if (Files.size(path) == 0) {
        throw new UnusableFileException(path, "is empty", "文件是空的");
      }
      return new CountingStream(Files.newInputStream(path));
    } catch (NoSuchFileException e) {
      throw new UnusableFileException(path, "does not exist", "文件不存在");
    } catch (java.nio.file.AccessDeniedException e) {
      throw new UnusableFileException(path, "may not be read by this user", "没有读取权限");
    }
  }

  private static InputStream unpacked(Path path, CountingStream stored) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(stored, 1 << 16);
    bytes.mark(2);
    int magic = bytes.read() << 8 | bytes.read();
    bytes.reset();
    if (magic != GZIP_MAGIC) {
      return bytes;
    }
    try {
      return new GZIPInputStream(bytes, 1 << 16);
    } catch (EOFException e) {
      throw cutOff(path);
    } catch (ZipException e) {
      throw damaged(path);
    }
  }

  private static UnusableFileException damaged(Path path) {
    return new UnusableFileException(
        path, "is damaged: its gzip data cannot be unpacked", "文件已损坏：gzip 数据无法解压");
  }

  private static UnusableFileException cutOff(Path path) {
    return new UnusableFileException(
        path,
        "is cut off: its gzip data ends too early; copy or download it again",
        "文件不完整：gzip 数据提前结束，请重新复制或下载");
  }

  Path path() {
    return path;
  }

  BufferedReader reader() {
    return reader;
  }

  /// How many bytes of the stored file were read.
  long bytesRead() {
    return stored.count;
  }

  /// The next line, or null at the end.
  ///
  /// @throws UnusableFileException when the text is not in the encoding, or a line has no end
  @org.jspecify.annotations.Nullable
  String readLine() throws IOException {
    StringBuilder line = null;
    while (from < to || fill()) {
      int end = from;
      while (end < to && chars[end] != '\n' && chars[end] != '\r') {
        end++;
      }
      boolean ended = end < to;
      String piece = new String(chars, from, end - from);
      from = ended ? end + 1 : end;
      if (ended) {
        if (chars[end] == '\r' && (from < to || fill()) && chars[from] == '\n') {
          from++;
        }
        return line == null ? piece : line.append(piece).toString();
      }
      line = line == null ? new StringBuilder(piece) : line.append(piece);
      if (line.length() > LONGEST_LINE) {
        throw new UnusableFileException(
            path,
            "has a line of more than " + LONGEST_LINE + " characters",
            "有一行超过 " + LONGEST_LINE + " 个字符");
      }
    }
    return line == null ? null : line.toString();
  }

  /// Whether there is more to read.
  private boolean fill() throws IOException {
    try {
      from = 0;
      to = Math.max(0, reader.read(chars));
      return to > 0;
    } catch (CharacterCodingException e) {
      throw Encoding.wrong(path);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static final class CountingStream extends FilterInputStream {
    private long count;

    CountingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int read = in.read(target, from, length);
      count += Math.max(0, read);
      return read;
    }
  }

  /// Says what is wrong with packed data in words.
  private static final class FaultStream extends FilterInputStream {
    private final Path path;

    FaultStream(Path path, InputStream in) {
      super(in);
      this.path = path;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      try {
        return in.read(target, from, length);
      } catch (EOFException e) {
        throw cutOff(path);
      } catch (ZipException e) {
        throw damaged(path);
      }
    }
  }
}
