package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.kernel.nn.Architecture;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs with the Maven profile `cuda` only, on a machine with an NVIDIA device; skipped by name
/// where there is none.
@Tag("cuda")
@DisplayName("Training on CUDA")
class CudaTrainingTest {
  private static final SequenceSettings SMALL =
      SequenceSettings.defaults()
          .withEmbeddingSize(16)
          .withHiddenSize(32)
          .withMaxLength(20)
          .withContentRows(1 << 10)
          .withContentSize(16)
          .withBatchSize(32)
          .withNegatives(1_000)
          .withLearningRate(3e-3)
          .withDropout(0.1)
          .withPatience(4);
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(12, 1, Duration.ofMinutes(5), 1, TrainingDevice.CUDA);

  private final ShopData shop = SyntheticShop.ring(40, 150, 15, 1);
  private final Split split = Splits.leaveOneOut(shop.histories());

  @BeforeEach
  void isThere() {
    assumeTrue(
        Cuda.missing().isEmpty(), () -> Cuda.missing().map(Cuda.Missing::english).orElse(""));
  }

  @ParameterizedTest(name = "{0}, {1} drawn items, everything on: {2}")
  @MethodSource("io.zhiyin.learning.train.StepTwins#cases")
  @DisplayName("has the losses and moves the weights as the CPU does")
  void equalsCpu(Architecture architecture, int sampled, boolean full) {
    SequenceSettings settings = StepTwins.settings(architecture, sampled, full);
    StepTwins.assertSame(
        StepTwins.pass(settings, Tensor::new), StepTwins.pass(settings, Tensors::onCuda));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("ends where training on the CPU does, with dropout of its own")
  void wholeTraining(Architecture architecture) {
    SequenceSettings settings = SMALL.withArchitecture(architecture);
    double cpu = train(settings, OPTIONS.withDevice(TrainingDevice.CPU)).metric();
    double cuda = train(settings, OPTIONS).metric();
    assertTrue(cuda > 0.6, () -> "ndcg@10 was " + cuda);
    assertEquals(cpu, cuda, 0.05);
  }

  @Test
  @DisplayName("learns as well from a sample of a large catalogue")
  void sampled() {
    double metric = train(SMALL.withNegatives(9), OPTIONS).metric();
    assertTrue(metric > 0.6, () -> "ndcg@10 was " + metric);
  }

  private TrainedSequence train(SequenceSettings settings, TrainingOptions options) {
    return new SequenceTrainer(settings, options, TrainingProgress.Listener.NONE)
        .train(shop, split);
  }

  @ParameterizedTest
  @EnumSource(names = {"CPU", "CUDA"})
  @DisplayName("that is killed goes on from its checkpoint, on CUDA or on the CPU")
  void goesOn(TrainingDevice device, @TempDir Path folder) {
    SequenceSettings settings =
        SMALL.withRecipe(Recipe.PLAIN.withClip(1).withSmoothing(0.1).withAveraging(0.9));
    Path file = folder.resolve("cut");
    Hearing killed = new Hearing();
    killed.killAt = 9;
    assertThrows(Hearing.Killed.class, () -> resumable(settings, OPTIONS, killed, file));
    assertTrue(Files.exists(file));
    Hearing hearing = new Hearing();
    double again = resumable(settings, OPTIONS.withDevice(device), hearing, file);
    assertTrue(
        hearing.told.stream().anyMatch(line -> line.startsWith("Going on from pass 2, step ")),
        hearing.told::toString);
    assertFalse(Files.exists(file), "what is done needs no checkpoint");
    assertEquals(train(settings, OPTIONS).metric(), again, 0.05);
  }

  private double resumable(
      SequenceSettings settings, TrainingOptions options, Hearing hearing, Path file) {
    return new SequenceTrainer(settings, options, hearing)
        .withCheckpoint(file, Duration.ZERO)
        .train(shop, split)
        .metric();
  }

  @Test
  @DisplayName("leaves a network on the CPU and a file that the serving kernels read")
  void served(@TempDir Path directory) throws IOException {
    TrainedSequence trained = train(SMALL, OPTIONS);
    trained.network().parameters().forEach(tensor -> assertFalse(tensor.is_cuda()));
    trained.write(
        directory,
        "seq-test",
        shop.catalog().vocabulary(),
        new Lineage("ring", "", "", 0, 0, 0, 1, 1, Map.of(), "test", "2026-01-01T00:00:00Z"));
    SequenceModel model = SequenceModel.load(directory, shop.catalog());
    EncodesAlike.assertSame(trained, model, split.test().subList(0, 20), SMALL);
  }
}
