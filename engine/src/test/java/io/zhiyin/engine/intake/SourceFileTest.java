package io.zhiyin.engine.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {
  @TempDir Path folder;

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("data.txt"), bytes);
  }

  private static String refusal(Path path) {
    return String.valueOf(
        assertThrows(
                UnusableFileException.class,
                () ->
                    RecordingSink.of(
                        new JsonlImporter(
                            Clock.systemUTC(), EventTypes.common(), Encoding.detected()),
                        path))
            .getMessage());
  }

  private static String lines() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append("{\"itemId\":\"i").append(i * 7919 % 5_003).append("\",\"title\":\"t\"}\n");
    }
    return text.toString();
  }

  @Nested
  class AGzip {
    @Test
    void isToldByItsContent() throws IOException {
      RecordingSink sink =
          RecordingSink.of(
              new JsonlImporter(Clock.systemUTC(), EventTypes.common(), Encoding.detected()),
              file(gzip(lines())));
      assertEquals(5_000, sink.items.size());
    }

    @Test
    void thatIsCutOffIsRefused() throws IOException {
      byte[] whole = gzip(lines());
      Path cut = file(Arrays.copyOf(whole, whole.length / 2));
      assertTrue(refusal(cut).contains("is cut off: its gzip data ends too early"));
    }

    @Test
    void thatIsDamagedIsRefused() throws IOException {
      byte[] bytes = gzip(lines());
      Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 40, (byte) 0xff);
      assertTrue(refusal(file(bytes)).contains("is damaged"));
    }
  }

  @Nested
  class ALine {
    @Test
    void thatNeverEndsIsRefusedHoweverSmallItsFile() throws IOException {
      Path packed = file(gzip(" ".repeat((1 << 24) + 10_000)));
      assertTrue(Files.size(packed) < 100_000);
      assertTrue(refusal(packed).contains("has a line of more than 16777216 characters"));
    }

    @Test
    void endsAsJavaSaysWhereverTheBuffersEnd() throws IOException {
      StringBuilder text = new StringBuilder();
      String[] ends = {"\n", "\r", "\r\n", "\n\n"};
      for (int i = 0; i < 4_000; i++) {
        text.append("x".repeat(i % 13)).append(ends[i % 4]);
      }
      text.append("y".repeat(20_000)).append("\r");
      List<String> read = new ArrayList<>();
      Path path = file(text.toString().getBytes(StandardCharsets.UTF_8));
      try (SourceFile source = SourceFile.open(path, Encoding.fixed(StandardCharsets.UTF_8))) {
        for (String line = source.readLine(); line != null; line = source.readLine()) {
          read.add(line);
        }
      }
      assertEquals(text.toString().lines().toList(), read);
    }
  }

  @Nested
  class AFile {
    @Test
    void thatIsEmptyIsRefused() throws IOException {
      assertTrue(refusal(file(new byte[0])).contains("is empty"));
    }

    @Test
    void thatIsNotThereIsRefused() {
      assertTrue(refusal(folder.resolve("nowhere")).contains("does not exist"));
    }

    @Test
    void inAnotherEncodingThanSaidIsRefused() throws IOException {
      Path gbk = file("{\"itemId\":\"苹果\"}\n".getBytes(java.nio.charset.Charset.forName("GBK")));
      var e =
          assertThrows(
              UnusableFileException.class,
              () ->
                  RecordingSink.of(
                      new JsonlImporter(
                          Clock.systemUTC(),
                          EventTypes.common(),
                          Encoding.fixed(StandardCharsets.UTF_8)),
                      gbk));
      assertTrue(String.valueOf(e.getMessage()).contains("--encoding"));
    }
  }
}
