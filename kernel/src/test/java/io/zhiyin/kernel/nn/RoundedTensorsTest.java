package io.zhiyin.kernel.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Matrices stored rounded")
class RoundedTensorsTest {
  private static float[] numbers(int length) {
    SplittableRandom random = new SplittableRandom(9);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 64, 65})
  @DisplayName("come back off by half a code at most, for rows of any length, and twice the same")
  void roundTrip(int columns, @TempDir Path directory) throws IOException {
    int rows = 5;
    float[] data = numbers(rows * columns);
    for (int c = 0; c < columns; c++) {
      data[2 * columns + c] = 0;
    }
    float[] other = {1, 2, 3};
    for (int bits : new int[] {8, 4}) {
      Path file = directory.resolve("w" + bits);
      new Safetensors()
          .putMetadata("who", "me")
          .put("bias", other, 3)
          .putRounded("weight", bits, data, rows, columns)
          .write(file);
      Safetensors read = Safetensors.read(file);
      assertArrayEquals(other, read.floats("bias", 3));
      assertEquals(2, read.names().size());
      assertEquals("me", read.metadata().get("who"));
      assertEquals(1, read.metadata().size());
      float[] rounded = read.floats("weight", rows, columns);
      for (int i = 0; i < data.length; i++) {
        // the largest of a row is below 4.5
        assertEquals(data[i], rounded[i], 4.5f / (bits == 8 ? 127 : 7) / 2);
      }
      Path again = directory.resolve("again");
      new Safetensors()
          .putMetadata("who", "me")
          .put("bias", other, 3)
          .putRounded("weight", bits, rounded, rows, columns)
          .write(again);
      assertArrayEquals(Safetensors.read(again).floats("weight"), rounded, 1e-6f);
    }
  }

  @Test
  @DisplayName("take about a quarter and an eighth of the bytes")
  void size(@TempDir Path directory) throws IOException {
    float[] data = numbers(1000 * 64);
    long[] sizes = new long[3];
    int i = 0;
    for (int bits : new int[] {32, 8, 4}) {
      Path file = directory.resolve("w" + bits);
      Safetensors tensors = new Safetensors();
      if (bits == 32) {
        tensors.put("w", data, 1000, 64);
      } else {
        tensors.putRounded("w", bits, data, 1000, 64);
      }
      tensors.write(file);
      sizes[i++] = Files.size(file);
    }
    assertTrue(sizes[1] < sizes[0] * 0.28, sizes[1] + " of " + sizes[0]);
    assertTrue(sizes[2] < sizes[0] * 0.17, sizes[2] + " of " + sizes[0]);
  }

  @Test
  @DisplayName("are refused without scale, in shapes that differ, and for numbers not finite")
  void refused() {
    assertEquals(
        "w holds tensor a rounded, but it is no matrix with a scale",
        refusal("{'a':{'dtype':'I8','shape':[2,2],'data_offsets':[0,4]}}", 4));
    assertEquals(
        "w holds tensor a and its scale in shapes that differ",
        refusal(
            "{'a.scale':{'dtype':'F32','shape':[1,1],'data_offsets':[0,4]},"
                + "'a':{'dtype':'I8','shape':[2,2],'data_offsets':[4,8]}}",
            8));
    assertEquals(
        "w does not say how many columns tensor a has",
        refusal(
            "{'a.scale':{'dtype':'F32','shape':[1,1],'data_offsets':[0,4]},"
                + "'a':{'dtype':'U8','shape':[1,2],'data_offsets':[4,6]}}",
            6));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Safetensors().putRounded("a", 8, new float[] {Float.NaN}, 1, 1));
    assertEquals(
        "weights are rounded to 8 or 4 bits, not 5",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Safetensors().putRounded("a", 5, new float[1], 1, 1))
            .getMessage());
  }

  private static String refusal(String header, int data) {
    byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).position(0);
    return assertThrows(SafetensorsException.class, () -> Safetensors.read(bytes, "w"))
        .getMessage()
        .replace(". Restore it from a backup, or train the model again.", "");
  }
}
