package io.zhiyin.engine.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentFeaturesFileTest {
  @TempDir private Path folder;
  private Path file;
  private final float[] idf = {0, 1.5f, 0.25f, 3};

  @BeforeEach
  void writeOne() throws IOException {
    file = folder.resolve("content.bin");
    ContentFeaturesFile.write(new ContentFeatures(idf), file);
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    assertArrayEquals(idf, ContentFeaturesFile.read(file).idf());
  }

  @Test
  void refusesEveryFlippedByteAndEveryCut() throws IOException {
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x40;
      Files.write(file, bad);
      assertThrows(IOException.class, () -> ContentFeaturesFile.read(file), "byte " + i);
      Files.write(file, Arrays.copyOf(good, i));
      assertThrows(IOException.class, () -> ContentFeaturesFile.read(file), "cut at " + i);
    }
  }

  @Test
  void saysWhatToDoWithDamage() throws IOException {
    Files.write(file, new byte[] {1, 2, 3});
    IOException e = assertThrows(IOException.class, () -> ContentFeaturesFile.read(file));
    assertEquals(file + " is damaged: restore it from a backup, or train again", e.getMessage());
  }

  @Test
  void saysWhatToDoWithANewerFormat() throws IOException {
    byte[] newer = Files.readAllBytes(file);
    newer[7] = 2;
    Files.write(file, newer);
    IOException e = assertThrows(IOException.class, () -> ContentFeaturesFile.read(file));
    assertEquals(
        file + " has format 2, this program reads up to 1: use the newer program, or train again",
        e.getMessage());
  }
}
