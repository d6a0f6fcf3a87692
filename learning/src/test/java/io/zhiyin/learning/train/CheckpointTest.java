package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A training that is cut off")
class CheckpointTest {
  /// Everything that a step may depend on is switched on.
  private static final SequenceSettings SETTINGS =
      SequenceSettings.defaults()
          .withEmbeddingSize(16)
          .withHiddenSize(32)
          .withMaxLength(12)
          .withContentRows(1 << 10)
          .withContentSize(16)
          .withBatchSize(32)
          .withLearningRate(3e-3)
          .withRecipe(
              Recipe.PLAIN
                  .withWarmUp(3)
                  .withDecay(Recipe.Decay.COSINE)
                  .withClip(1)
                  .withSmoothing(0.1)
                  .withAveraging(0.9)
                  .withAugmentation(new Augmentation(0.2, 0.2, 0.2)));

  private static final TrainingOptions OPTIONS =
      new TrainingOptions(3, 1, Duration.ofMinutes(5), 2);

  private final ShopData shop = SyntheticShop.ring(40, 100, 15, 1);
  private final Split split = Splits.leaveOneOut(shop.histories());

  private Map<String, float[]> train(SequenceSettings settings, Hearing hearing, Path file) {
    return new SequenceTrainer(settings, OPTIONS, hearing)
        .withCheckpoint(file, Duration.ZERO)
        .train(shop, split)
        .network()
        .weights();
  }

  private void cutOff(Path file, int step) {
    Hearing killed = new Hearing();
    killed.killAt = step;
    assertThrows(Hearing.Killed.class, () -> train(SETTINGS, killed, file));
    assertTrue(Files.exists(file));
  }

  private static void assertSame(Map<String, float[]> expected, Map<String, float[]> given) {
    assertEquals(expected.keySet(), given.keySet());
    expected.forEach((name, numbers) -> assertArrayEquals(numbers, given.get(name), name));
  }

  @Test
  @DisplayName("goes on to the same bytes, wherever it was cut off and how often")
  void goesOn(@TempDir Path folder) {
    Map<String, float[]> whole = train(SETTINGS, new Hearing(), folder.resolve("whole"));
    Path file = folder.resolve("work").resolve("cut");
    cutOff(file, 2);
    cutOff(file, 9);
    Hearing last = new Hearing();
    assertSame(whole, train(SETTINGS, last, file));
    assertEquals(1, last.told.size());
    assertTrue(last.told.getFirst().startsWith("Going on from pass 2, step "), last.told::toString);
    assertFalse(Files.exists(file), "what is done needs no checkpoint");
  }

  @ParameterizedTest(name = "{0} bytes before its end")
  @ValueSource(ints = {3, 400, 5_000})
  @DisplayName("starts anew, and says so, when its checkpoint is damaged")
  void damaged(int fromEnd, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("cut");
    cutOff(file, 2);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - fromEnd] ^= 4;
    Files.write(file, bytes);
    Hearing again = new Hearing();
    train(SETTINGS, again, file);
    assertEquals(
        List.of(
            "The checkpoint "
                + file
                + " is not used, because it is damaged; training starts anew."),
        again.told);
  }

  @Test
  @DisplayName("starts anew when its checkpoint is cut short")
  void cutShort(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("cut");
    cutOff(file, 2);
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, bytes.length / 2, bytes.length - 1}) {
      Files.write(file, java.util.Arrays.copyOf(bytes, length));
      Checkpoint.Refused refused =
          assertThrows(Checkpoint.Refused.class, () -> new Checkpoint(file, new byte[32]).read());
      assertEquals("it is damaged", refused.english());
    }
  }

  @Test
  @DisplayName("starts anew when its checkpoint is of other settings")
  void foreign(@TempDir Path folder) {
    Path file = folder.resolve("cut");
    cutOff(file, 2);
    Hearing other = new Hearing();
    train(SETTINGS.withLearningRate(1e-3), other, file);
    assertEquals(
        List.of(
            "The checkpoint "
                + file
                + " is not used, because it is of other data or other settings; training starts anew."),
        other.told);
  }
}
