package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.zhiyin.engine.model.EventTypes;
import io.zhiyin.kernel.nn.Architecture;
import io.zhiyin.kernel.nn.ElapsedTime;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.Batches;
import io.zhiyin.learning.dataset.ItemRows;
import io.zhiyin.learning.dataset.SequenceBatch;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// All that a device does, done where every machine can: its calls of libtorch over tensors of the
/// CPU. [CudaTrainingTest] has the same done on a device.
@DisplayName("A step in calls of libtorch alone")
class DeviceStepTest {
  private static Tensor onCpu() {
    return torch.zeros(1);
  }

  @ParameterizedTest(name = "{0}, {1} drawn items, everything on: {2}")
  @MethodSource("io.zhiyin.learning.train.StepTwins#cases")
  @DisplayName("has the losses and moves the weights as the CPU's kernels do")
  void equalsKernels(Architecture architecture, int sampled, boolean full) {
    SequenceSettings settings = StepTwins.settings(architecture, sampled, full);
    StepTwins.assertSame(
        StepTwins.pass(settings, Tensor::new), StepTwins.pass(settings, DeviceStepTest::onCpu));
  }

  @ParameterizedTest(
      name = "{0} rows, {1} items, smoothing {2}, discounts {3}, {4} logits at a time")
  @CsvSource({"1, 1, 0, false, 1", "70, 90, 0.1, true, 1000", "70, 90, 0, false, 7"})
  @DisplayName("has the softmax's loss and gradients whatever it does at a time")
  void chunks(int rows, int items, double smoothing, boolean discounted, long most) {
    SplittableRandom random = new SplittableRandom(2);
    long[] targets = random.longs(rows, 0, items).toArray();
    float[] shares = new float[rows];
    java.util.Arrays.fill(shares, 1f / rows);
    float[] discounts = new float[discounted ? items : 0];
    for (int i = 0; i < discounts.length; i++) {
      discounts[i] = -(float) random.nextDouble();
    }
    try (PointerScope _ = new PointerScope();
        FullSoftmax kernels = new FullSoftmax(smoothing)) {
      torch.manual_seed(3);
      Tensor hidden = torch.randn(rows, 8);
      Tensor table = torch.randn(items, 8);
      Tensor itemGradient = torch.empty(items, 8);
      FullSoftmax.Outcome expected =
          kernels.of(
              hidden, table, new FullSoftmax.Wanted(targets, shares, discounts), itemGradient);
      DeviceSoftmax.Outcome given =
          new DeviceSoftmax(smoothing, most)
              .of(
                  hidden,
                  table,
                  new DeviceSoftmax.Wanted(
                      AbstractTensor.create(targets),
                      AbstractTensor.create(shares),
                      discounted ? AbstractTensor.create(discounts) : new Tensor()));
      assertEquals(expected.loss(), given.loss().item_double(), 1e-5);
      assertArrayEquals(Tensors.floats(expected.hidden()), Tensors.floats(given.hidden()), 1e-5f);
      assertArrayEquals(Tensors.floats(itemGradient), Tensors.floats(given.items()), 1e-5f);
    }
  }

  @Test
  @DisplayName("finds the bucket of every time between two events as the kernel does")
  void elapsed() {
    long[] times = {0, 400, 500, 1_000, 61_000, 86_400_000L, 86_400_001L, 4_000_000_000_000L};
    int n = times.length;
    long[] none = new long[n];
    SequenceBatch batch =
        new SequenceBatch(1, n, none, none, none, times, none, none, new float[n]);
    try (PointerScope _ = new PointerScope()) {
      long[] given = Tensors.longs(HstuTwin.elapsed(BatchTensors.of(batch, onCpu())));
      for (int t = 0; t < n; t++) {
        for (int j = 0; j <= t; j++) {
          assertEquals(ElapsedTime.bucket(times[t] - times[j]), given[t * n + j]);
        }
      }
    }
  }

  @Test
  @DisplayName("is taken on where the CPU's kernels were cut off, and the other way round")
  void checkpoint() throws IOException {
    SequenceSettings settings = StepTwins.settings(Architecture.SASREC, 0, true);
    assertGoesOn(settings, true);
    assertGoesOn(settings, false);
  }

  private static void assertGoesOn(SequenceSettings settings, boolean fromDevice)
      throws IOException {
    Batches batches = new Batches(TrainingStepTest.sequences(), 12, 24, 24, 1);
    List<SequenceBatch.Window> windows = batches.pass(0).getFirst();
    try (PointerScope _ = new PointerScope()) {
      SequenceNetwork first = TrainingStepTest.network(settings);
      SequenceNetwork second = TrainingStepTest.network(settings);
      (fromDevice ? first : second).moveTo(onCpu());
      try (Learner cut = Learner.of(settings, 1, first, batches, new Alone());
          Learner next = Learner.of(settings, 1, second, batches, new Alone())) {
        StepTwins.step(cut, batches, windows);
        StepTwins.step(cut, batches, windows);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        TrainingState state = new TrainingState();
        cut.tensors().save(state, cut.optimizer());
        state.write(new DataOutputStream(file));
        next.tensors()
            .restore(
                TrainingState.read(
                    new DataInputStream(new ByteArrayInputStream(file.toByteArray()))),
                next.optimizer());
        assertEquals(2, next.optimizer().steps());
        assertSame(first.weights(), second.weights(), 0);
        assertEquals(
            StepTwins.step(cut, batches, windows), StepTwins.step(next, batches, windows), 1e-4);
        assertSame(first.weights(), second.weights(), 2e-3f);
      }
    }
  }

  private static void assertSame(
      Map<String, float[]> expected, Map<String, float[]> given, float tolerance) {
    assertEquals(expected.keySet(), given.keySet());
    expected.forEach(
        (name, numbers) -> assertArrayEquals(numbers, given.get(name), tolerance, name));
  }

  @Test
  @DisplayName("leaves the network on the CPU as it was when it is moved back")
  void back() {
    try (PointerScope _ = new PointerScope()) {
      SequenceNetwork network = TrainingStepTest.network(TrainingStepTest.PLAIN);
      Map<String, float[]> before = network.weights();
      FlatTensors flat = network.moveTo(onCpu());
      assertEquals(flat.all().numel(), before.values().stream().mapToInt(w -> w.length).sum());
      flat.all().zero_();
      assertFalse(java.util.Arrays.equals(before.get("item.id"), network.weights().get("item.id")));
      network.restore(before);
      network.moveBack();
      assertSame(before, network.weights(), 0);
    }
  }

  @Test
  @DisplayName("ranks the held-out items as the CPU does")
  void ranking() {
    ShopData shop = SyntheticShop.ring(40, 100, 15, 1);
    Split split = Splits.leaveOneOut(shop.histories());
    SequenceSettings settings = TrainingStepTest.PLAIN;
    ItemRows rows = ItemRows.of(split.fit(), new BitSet());
    EventTypes types = EventTypes.engagements();
    ValidationRanking ranking = new ValidationRanking(split.validation(), rows, types, settings);
    torch.manual_seed(5);
    float[] latent = new float[rows.size() * 4];
    SequenceNetwork network = new SequenceNetwork(settings, rows.size(), types.size(), latent, 4);
    double expected = ranking.ndcg(network);
    network.moveTo(onCpu());
    assertEquals(expected, ranking.ndcg(network), 1e-6);
  }
}
