package io.zhiyin.engine.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.pipeline.Head;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadsFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Heads CART =
      new Heads(
          List.of(
              new Heads.Learned(
                  Head.CART,
                  new TreeEnsemble(
                      new int[] {0},
                      new int[] {RankFeature.OWN_COUNT.ordinal()},
                      new float[] {0.5f},
                      new int[] {~0},
                      new int[] {~1},
                      new float[] {-0.1f, 1}),
                  new Heads.Quality(900, 120, 0.31, 0.39, 0.08, 0.11))));

  @TempDir Path directory;

  private Path file() {
    return directory.resolve(HeadsFile.NAME);
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    HeadsFile.write(file(), CART);
    Heads read = HeadsFile.find(directory);
    Heads.Learned cart = read.learned().iterator().next();
    assertEquals(Optional.of(Head.CART), read.selling());
    assertEquals(CART.learned().iterator().next().quality(), cart.quality());
    assertArrayEquals(new float[] {-0.1f, 1}, cart.trees().leaves());
    assertArrayEquals(new int[] {RankFeature.OWN_COUNT.ordinal()}, cart.trees().features());
  }

  @Test
  void mayBeMissing() throws IOException {
    assertTrue(HeadsFile.find(directory).isEmpty());
  }

  @Test
  void isRefusedWhenItIsDamaged() throws IOException {
    assertDamaged(text -> text.replace("0.31", "0.21"));
    assertDamaged(text -> text.replace("OWN_COUNT", "OWN_KUNT"));
    assertDamaged(text -> text.substring(0, text.length() / 2));
    assertDamaged(_ -> "[]");
  }

  private void assertDamaged(UnaryOperator<String> damage) throws IOException {
    HeadsFile.write(file(), CART);
    Files.writeString(file(), damage.apply(Files.readString(file())));
    assertEquals(
        file() + " is damaged; activate another model, or train again",
        assertThrows(IOException.class, () -> HeadsFile.find(directory)).getMessage());
  }

  @Test
  void ofANewerVersionIsRefused() throws IOException {
    Files.writeString(file(), "{\"formatVersion\": 2}");
    assertTrue(
        assertThrows(IOException.class, () -> HeadsFile.find(directory))
            .getMessage()
            .contains("format version 2"));
  }

  @Test
  void aHeadOfALaterProgramIsPassedOver() throws IOException {
    HeadsFile.write(file(), CART);
    ObjectNode root = (ObjectNode) JSON.readTree(Files.readAllBytes(file()));
    ObjectNode heads = (ObjectNode) root.get("heads");
    heads.putObject("return").put("cases", 1);
    root.put("crc32c", TreesJson.checksum(heads));
    Files.writeString(file(), root.toString());
    assertEquals(1, HeadsFile.find(directory).learned().size());
  }
}
