package io.zhiyin.kernel.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final String ADVICE = ". Restore it from a backup, or train the model again.";

  private static ByteBuffer file(String header, float... data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + 4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);
    for (float number : data) {
      bytes.putFloat(number);
    }
    return bytes.flip();
  }

  private static String refusal(ByteBuffer bytes) {
    return assertThrows(SafetensorsException.class, () -> Safetensors.read(bytes, "w"))
        .getMessage()
        .replace(ADVICE, "");
  }

  @Nested
  @DisplayName("Reading")
  class Reading {
    @Test
    @DisplayName("gives names, shapes and numbers of a file as the format's description has it")
    void gives() {
      Safetensors t =
          Safetensors.read(
              file(
                  """
                  {"__metadata__":{"format":"pt"},
                   "b":{"dtype":"F32","shape":[2,2],"data_offsets":[4,20]},
                   "a\\u0041":{"shape":[],"data_offsets":[0,4],"dtype":"F32"},
                   "none":{"dtype":"F32","shape":[0,3],"data_offsets":[20,20]} } \s""",
                  7,
                  1,
                  2,
                  3,
                  4),
              "w");
      assertEquals(List.of("b", "aA", "none"), List.copyOf(t.names()));
      assertArrayEquals(new float[] {1, 2, 3, 4}, t.floats("b", 2, 2));
      assertArrayEquals(new float[] {7}, t.floats("aA"));
      assertArrayEquals(new float[0], t.floats("none", 0, 3));
      assertEquals(Map.of("format", "pt"), t.metadata());
    }

    @Test
    @DisplayName("says which tensor is missing or has another shape")
    void missing() {
      Safetensors t = new Safetensors().put("a", new float[6], 2, 3);
      assertEquals(
          "There is no tensor b; there are [a].",
          assertThrows(SafetensorsException.class, () -> t.floats("b")).getMessage());
      assertEquals(
          "Tensor a has shape [2, 3], but the configuration asks for [3, 2].",
          assertThrows(SafetensorsException.class, () -> t.floats("a", 3, 2)).getMessage());
    }
  }

  @Nested
  @DisplayName("A file is refused with a sentence when")
  class Refused {
    @Test
    @DisplayName("it is shorter than a header's length")
    void tooShort() {
      assertEquals(
          "w has 3 bytes, too few for the length of a header" + ADVICE,
          assertThrows(
                  SafetensorsException.class, () -> Safetensors.read(ByteBuffer.allocate(3), "w"))
              .getMessage());
    }

    @Test
    @DisplayName("its header's length is impossible or beyond its end")
    void headerLength() {
      ByteBuffer huge = file("{}").putLong(0, -1);
      assertEquals("w gives its header the impossible length 18446744073709551615", refusal(huge));
      ByteBuffer cut = file("{}").putLong(0, 10);
      assertEquals("w is cut off: its header has 10 bytes, but only 2 are there", refusal(cut));
    }

    @ParameterizedTest(name = "its header is {0}")
    @CsvSource(
        delimiter = '|',
        value = {
          "[]|expected a '{' at character 0, found '['",
          "{} x|expected the end at character 3, found 'x'",
          "{\"a\"|expected a ':' at character 4, found the end",
          "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}|expected a ']' at character 30, found '.'",
          "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}|expected a whole number at character 29, found '-'",
          "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}|tensor a needs a dtype, a shape and two data_offsets",
          "{\"a\":{\"type\":\"F32\"}}|tensor a has a key type",
          "{\"__metadata__\":{},\"__metadata__\":{}}|the name __metadata__ is there twice",
        })
    void header(String header, String problem) {
      assertEquals("w has a header that cannot be read: " + problem, refusal(file(header)));
    }

    @ParameterizedTest(name = "two tensors lie at {0} and {1}: {2}")
    @CsvSource(
        delimiter = '|',
        value = {
          "0,8|4,12|w lets tensor b overlap the one before it",
          "0,8|12,20|w has a hole of 4 bytes before tensor b",
          "0,8|8,15|w gives tensor b the bytes 8 to 15, but its shape needs 8 bytes",
          "8,0|0,8|w gives tensor a the bytes 8 to 0, but its shape needs 8 bytes",
          "4,12|12,20|w has a hole of 4 bytes before tensor a",
        })
    void layout(String a, String b, String problem) {
      String header =
          """
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[%s]},"b":{"dtype":"F32","shape":[2],"data_offsets":[%s]}}"""
              .formatted(a, b);
      assertEquals(problem, refusal(file(header, 1, 2, 3, 4)));
    }

    @Test
    @DisplayName("it ends early, goes on too long, or holds another type")
    void dataLength() {
      String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
      assertEquals(
          "w is cut off: tensor a ends at byte 8 of the data, but only 4 are there",
          refusal(file(header, 1)));
      assertEquals("w has 4 bytes after its last tensor", refusal(file(header, 1, 2, 3)));
      assertEquals(
          "w holds tensor a as BF16, but only F32, I8 and U8 are read",
          refusal(file(header.replace("F32", "BF16"), 1, 2)));
    }

    @Test
    @DisplayName("a shape has more numbers than can be counted")
    void overflow() {
      String shape = "2147483647,2147483647,2147483647";
      assertEquals(
          "w gives tensor a the bytes 0 to 8, but its shape needs more bytes than can be counted",
          refusal(
              file(
                  "{\"a\":{\"dtype\":\"F32\",\"shape\":[" + shape + "],\"data_offsets\":[0,8]}}",
                  1,
                  2)));
    }

    @Test
    @DisplayName("any one byte of it is cut off, and never in another way")
    void everyCut(@TempDir Path folder) throws IOException {
      Path path = folder.resolve("w.safetensors");
      new Safetensors().put("a", new float[5], 5).put("b", new float[4], 2, 2).write(path);
      byte[] whole = Files.readAllBytes(path);
      for (int length = 0; length < whole.length; length++) {
        ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
        assertThrows(SafetensorsException.class, () -> Safetensors.read(cut, "w"));
      }
    }

    @Test
    @DisplayName("bytes of its header are changed, if they matter, and never in another way")
    void damagedHeader(@TempDir Path folder) throws IOException {
      Path path = folder.resolve("w.safetensors");
      new Safetensors().put("a", new float[5], 5).put("b", new float[4], 2, 2).write(path);
      byte[] whole = Files.readAllBytes(path);
      SplittableRandom random = new SplittableRandom(1);
      for (int round = 0; round < 20_000; round++) {
        byte[] damaged = whole.clone();
        damaged[random.nextInt(damaged.length - 36)] = (byte) random.nextInt(256);
        try {
          Safetensors.read(ByteBuffer.wrap(damaged), "w");
        } catch (SafetensorsException refused) {
          assertFalse(refused.getMessage().isEmpty());
        }
      }
    }
  }

  @Nested
  @DisplayName("Writing")
  class Writing {
    @TempDir Path folder;

    @Test
    @DisplayName("and reading gives the same, with names and words of any script")
    void roundTrip() throws IOException {
      float[] data = new float[70_000];
      for (int i = 0; i < data.length; i++) {
        data[i] = i * 0.5f;
      }
      data[3] = Float.NaN;
      Path path = folder.resolve("w.safetensors");
      new Safetensors()
          .putMetadata("说明", "知音 \"1\"\\\n")
          .put("权重", data, 700, 100)
          .put("empty", new float[0], 0)
          .write(path);
      Safetensors read = Safetensors.read(path);
      assertArrayEquals(data, read.floats("权重", 700, 100));
      assertArrayEquals(new float[0], read.floats("empty", 0));
      assertEquals(Map.of("说明", "知音 \"1\"\\\n"), read.metadata());
    }

    @Test
    @DisplayName("leaves what was read from the file before as it was")
    void replaced() throws IOException {
      Path path = folder.resolve("w.safetensors");
      new Safetensors().put("item.weight", new float[] {1, 2, 3, 4, 5, 6}, 3, 2).write(path);
      Safetensors read = Safetensors.read(path);
      VectorTable table = VectorTable.load(read, "item", 3, 2);
      new Safetensors().put("item.weight", new float[] {7, 8}, 1, 2).write(path);
      Files.delete(path);
      float[] copied = new float[3];
      table.copy(2, copied, 1);
      assertArrayEquals(new float[] {0, 5, 6}, copied);
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, read.floats("item.weight"));
      assertThrows(IndexOutOfBoundsException.class, () -> table.copy(3, copied, 0));
    }

    @Test
    @DisplayName("gives the same bytes each time, aligned, and leaves nothing else behind")
    void reproducible() throws IOException {
      Path path = folder.resolve("w.safetensors");
      Safetensors tensors = new Safetensors().put("a", new float[] {1, 2}, 2);
      tensors.write(path);
      byte[] first = Files.readAllBytes(path);
      tensors.write(path);
      assertArrayEquals(first, Files.readAllBytes(path));
      assertEquals(0, (first.length - 8) % 8);
      try (var files = Files.list(folder)) {
        assertEquals(List.of(path), files.toList());
      }
    }

    @Test
    @DisplayName("refuses a tensor whose shape does not fit its numbers, or whose name is taken")
    void refuses() {
      Safetensors tensors = new Safetensors().put("a", new float[2], 2);
      assertEquals(
          "tensor b of shape [2, 3] holds 6 numbers, not 5",
          assertThrows(IllegalArgumentException.class, () -> tensors.put("b", new float[5], 2, 3))
              .getMessage());
      assertEquals(
          "tensor a is there already",
          assertThrows(IllegalArgumentException.class, () -> tensors.put("a", new float[2], 2))
              .getMessage());
    }
  }
}
