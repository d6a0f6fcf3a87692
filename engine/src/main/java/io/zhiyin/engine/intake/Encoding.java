package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.InvalidFieldException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.Locale;

/// How a text file's bytes become letters.
@FunctionalInterface
public interface Encoding {
  /// The encoding of that file.
  Charset of(Path path) throws IOException;

  /// Looks at the byte order mark, else reads the whole file once: UTF-8 when every byte fits, else
  /// GB18030 (which holds GBK and GB2312) when that gives mostly Chinese, else Windows-1252.
  static Encoding detected() {
    return Encoding::detect;
  }

  /// Always the same one.
  static Encoding fixed(Charset charset) {
    return _ -> charset;
  }

  /// The encoding of that name; `auto` for [#detected]. GBK is read as its superset GB18030.
  static Encoding named(String name) {
    String known = name.toLowerCase(Locale.ROOT);
    if (known.equals("auto")) {
      return detected();
    }
    if (known.equals("gbk") || known.equals("gb2312")) {
      return fixed(Charset.forName("GB18030"));
    }
    try {
      return fixed(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new InvalidFieldException(
          "encoding", name, "is not known; use auto, UTF-8, GBK or another charset of Java");
    }
  }

  static UnusableFileException wrong(Path path) {
    return new UnusableFileException(
        path,
        "has bytes that its encoding does not know; give another one with --encoding, such as GBK",
        "含有该编码无法识别的字节，请用 --encoding 指定其他编码，例如 GBK");
  }

  private static Charset detect(Path path) throws IOException {
    byte[] start;
    try (InputStream bytes = SourceFile.bytes(path)) {
      start = bytes.readNBytes(3);
    }
    if (start.length >= 2 && (start[0] & 0xff) == 0xff && (start[1] & 0xff) == 0xfe) {
      return StandardCharsets.UTF_16LE;
    }
    if (start.length >= 2 && (start[0] & 0xff) == 0xfe && (start[1] & 0xff) == 0xff) {
      return StandardCharsets.UTF_16BE;
    }
    if (share(path, StandardCharsets.UTF_8) >= 0) {
      return StandardCharsets.UTF_8;
    }
    Charset chinese = Charset.forName("GB18030");
    return share(path, chinese) > 0.5 ? chinese : Charset.forName("windows-1252");
  }

  /// How much of the letters beyond ASCII is Chinese, 0 to 1; -1 when the bytes do not fit.
  private static double share(Path path, Charset charset) throws IOException {
    long beyond = 0;
    long chinese = 0;
    try (Reader reader =
        new InputStreamReader(
            SourceFile.bytes(path),
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT))) {
      char[] buffer = new char[1 << 15];
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        for (int i = 0; i < n; i++) {
          if (buffer[i] >= 0x80) {
            beyond++;
            chinese += isCommonChinese(buffer[i]) ? 1 : 0;
          }
        }
      }
    } catch (CharacterCodingException e) {
      return -1;
    }
    return beyond == 0 ? 1 : (double) chinese / beyond;
  }

  private static boolean isCommonChinese(char letter) {
    return (letter >= 0x4e00 && letter <= 0x9fff)
        || (letter >= 0x3000 && letter <= 0x303f)
        || (letter >= 0xff00 && letter <= 0xffef);
  }
}
