package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.learning.dataset.Batches;
import io.zhiyin.learning.dataset.SequenceBatch;
import io.zhiyin.learning.dataset.TypedSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A step of training")
class TrainingStepTest {
  static final int ITEMS = 60;
  static final SequenceSettings PLAIN =
      SequenceSettings.defaults()
          .withEmbeddingSize(16)
          .withHiddenSize(32)
          .withMaxLength(12)
          .withContentSize(4)
          .withBatchSize(24)
          .withDropout(0)
          .withIdDropout(0);

  private final Batches batches = new Batches(sequences(), 12, 24, 24, 1);

  static List<TypedSequence> sequences() {
    SplittableRandom random = new SplittableRandom(4);
    List<TypedSequence> sequences = new ArrayList<>();
    for (int s = 0; s < 48; s++) {
      int n = random.nextInt(3, 12);
      int[] items = random.ints(n, 0, ITEMS).toArray();
      int[] targets = new int[n];
      float[] weights = new float[n];
      for (int i = 0; i < n; i++) {
        targets[i] = i + 1 < n ? items[i + 1] : -1;
        weights[i] = i + 1 < n ? 1 + i % 3 : 0;
      }
      sequences.add(
          new TypedSequence(
              items,
              new byte[n],
              random.longs(n, 0, 1 << 30).sorted().toArray(),
              targets,
              weights));
    }
    return sequences;
  }

  static SequenceNetwork network(SequenceSettings settings) {
    torch.manual_seed(7);
    float[] latent = new float[ITEMS * 4];
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < latent.length; i++) {
      latent[i] = (float) random.nextGaussian();
    }
    return new SequenceNetwork(settings, ITEMS, 8, latent, 4);
  }

  /// The weights after all steps of one pass, and the last loss.
  private List<float[]> after(SequenceSettings settings, int members, int sampled) {
    try (PointerScope _ = new PointerScope();
        Team team = new Team(members)) {
      SequenceNetwork network = network(settings);
      AdamW optimizer = new AdamW(network.parameters(), 0.01);
      Optional<NegativeSampler> sampler =
          sampled == 0
              ? Optional.empty()
              : Optional.of(new NegativeSampler(batches.popularity(ITEMS), sampled));
      double loss = Double.NaN;
      try (TrainingStep step =
          new TrainingStep(network, team, settings.recipe(), optimizer, sampler)) {
        for (List<SequenceBatch.Window> windows : batches.pass(0)) {
          loss = step.of(parts(windows, members), 5, 1e-2);
        }
      }
      List<float[]> result = new ArrayList<>(network.weights().values());
      result.add(new float[] {(float) loss});
      return result;
    }
  }

  private List<SequenceBatch> parts(List<SequenceBatch.Window> windows, int members) {
    List<SequenceBatch> parts = new ArrayList<>();
    for (int t = 0; t < members; t++) {
      int from = windows.size() * t / members;
      parts.add(batches.arrays(windows.subList(from, windows.size() * (t + 1) / members)));
    }
    return parts;
  }

  static void assertNear(List<float[]> expected, List<float[]> given, float tolerance) {
    assertEquals(expected.size(), given.size());
    for (int p = 0; p < expected.size(); p++) {
      assertArrayEquals(expected.get(p), given.get(p), tolerance, "tensor " + p);
    }
  }

  @Test
  @DisplayName("changes the weights as libtorch's own loss, gradients and AdamW do")
  void equalsLibtorch() {
    List<float[]> own = after(PLAIN, 2, 0);
    try (PointerScope _ = new PointerScope()) {
      SequenceNetwork network = network(PLAIN);
      AdamWOptions options = new AdamWOptions(1e-2);
      options.weight_decay().put(0.01);
      org.bytedeco.pytorch.AdamW optimizer =
          new org.bytedeco.pytorch.AdamW(
              new TensorVector(network.parameters().toArray(Tensor[]::new)), options);
      float last = Float.NaN;
      for (List<SequenceBatch.Window> windows : batches.pass(0)) {
        SequenceBatch batch = batches.arrays(windows);
        optimizer.zero_grad();
        Tensor items = network.items();
        Tensor logits = torch.mm(network.forward(batch, items, Dropout.NONE), items.t());
        Tensor target = AbstractTensor.create(batch.targets(), batch.targets().length, 1);
        Tensor weights = AbstractTensor.create(batch.weights(), batch.weights().length, 1);
        Tensor loss =
            torch
                .log_softmax(logits, 1)
                .gather(1, target)
                .mul(weights)
                .sum()
                .div(weights.sum())
                .neg();
        loss.backward();
        optimizer.step();
        last = loss.item_float();
      }
      List<float[]> theirs = new ArrayList<>(network.weights().values());
      theirs.add(new float[] {last});
      // AdamW turns tiny gradients into whole steps, whatever their last digits
      assertNear(theirs, own, 2e-3f);
    }
  }

  @Test
  @DisplayName("is the same for one thread and for three, but for the order of sums")
  void members() {
    assertNear(after(PLAIN, 1, 0), after(PLAIN, 3, 0), 2e-3f);
  }

  @Test
  @DisplayName("gives the same bytes again, with dropout and drawn items on two threads")
  void repeats() {
    SequenceSettings settings = PLAIN.withDropout(0.5).withIdDropout(0.1);
    assertNear(after(settings, 2, 0), after(settings, 2, 0), 0);
    assertNear(after(settings, 2, 9), after(settings, 2, 9), 0);
  }

  @Test
  @DisplayName("with all items drawn learns as from all items, but for items that it did not meet")
  void drawn() {
    float[] all = after(PLAIN, 2, 0).getLast();
    // 2,000 draws of 60 items miss none, and then every log q is 0
    assertArrayEquals(all, after(PLAIN, 2, 2_000).getLast(), 1e-3f);
  }

  @Test
  @DisplayName("with a clip moves as with a shorter gradient")
  void clip() {
    List<float[]> free = after(PLAIN, 2, 0);
    // far above any gradient nothing changes; far below, epsilon is all that is left of the step
    assertNear(free, after(PLAIN.withRecipe(Recipe.PLAIN.withClip(1e6)), 2, 0), 0);
    List<float[]> start;
    try (PointerScope _ = new PointerScope()) {
      start = new ArrayList<>(network(PLAIN).weights().values());
    }
    List<float[]> held = after(PLAIN.withRecipe(Recipe.PLAIN.withClip(1e-12)), 2, 0);
    double moved = 0;
    for (int p = 0; p < start.size(); p++) {
      for (int i = 0; i < start.get(p).length; i++) {
        moved = Math.max(moved, Math.abs(held.get(p)[i] - start.get(p)[i]));
      }
    }
    double most = moved;
    assertTrue(most < 2e-3, () -> "moved by " + most);
  }
}
