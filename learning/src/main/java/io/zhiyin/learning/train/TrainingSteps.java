package io.zhiyin.learning.train;

import io.zhiyin.learning.dataset.Batches;
import io.zhiyin.learning.dataset.SequenceBatch;
import io.zhiyin.learning.dataset.TypedSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.bytedeco.javacpp.PointerScope;

/// Single steps of training on given sequences, to be measured: ours, and the plain loop that one
/// writes first, both from the same first weights over the same batches of one pass.
public sealed interface TrainingSteps extends AutoCloseable
    permits TrainingSteps.Own, PlainTrainingSteps {
  /// What a step did.
  ///
  /// @param loss mean over what is asked; who reads it waits for the device that computes it
  /// @param events read, without padding
  record Step(DoubleSupplier loss, int events) {}

  /// Takes the next step of the pass; after the last one comes the first again.
  Step next();

  @Override
  void close();

  /// A catalogue and its shoppers.
  ///
  /// @param items n
  /// @param latent content of the items `[n, settings.contentSize()]`, row-major
  record Shop(int items, float[] latent, List<TypedSequence> sequences) {
    SequenceNetwork network(SequenceSettings settings) {
      org.bytedeco.pytorch.global.torch.manual_seed(1);
      return new SequenceNetwork(settings, items, 8, latent, settings.contentSize());
    }

    SequenceNetwork network(SequenceSettings settings, TrainingDevice device) {
      SequenceNetwork network = network(settings);
      if (device.onCuda(true, TrainingProgress.Listener.NONE)) {
        network.moveTo(Tensors.onCuda());
      }
      return network;
    }

    Batches batches(SequenceSettings settings) {
      return new Batches(
          sequences, settings.maxLength(), settings.batchSize(), settings.gapBuckets(), 1);
    }
  }

  /// As a shop's own training takes them.
  static TrainingSteps own(
      SequenceSettings settings, Shop shop, int threads, TrainingDevice device) {
    return new Own(settings, shop, threads, device);
  }

  /// The plain loop on libtorch: windows padded to their full length, all logits of all places at
  /// once, autograd's cross-entropy, libtorch's own dropout and AdamW.
  static TrainingSteps plain(
      SequenceSettings settings, Shop shop, int threads, TrainingDevice device) {
    return new PlainTrainingSteps(settings, shop, threads, device);
  }

  /// Ours.
  final class Own implements TrainingSteps {
    private final PointerScope scope = new PointerScope();
    private final SequenceSettings settings;
    private final Batches batches;
    private final List<List<SequenceBatch.Window>> pass;
    private final SequenceNetwork network;
    private final Learner learner;
    private int at;

    private Own(SequenceSettings settings, Shop shop, int threads, TrainingDevice device) {
      this.settings = settings;
      batches = shop.batches(settings);
      pass = batches.pass(0);
      network = shop.network(settings, device);
      learner = Learner.of(settings, threads, network, batches, new Alone());
    }

    @Override
    public Step next() {
      List<SequenceBatch.Window> windows = pass.get(at++ % pass.size());
      List<List<SequenceBatch.Window>> shares = new ArrayList<>();
      for (int t = 0; t < learner.step().shares(); t++) {
        shares.add(new ArrayList<>());
      }
      int events = 0;
      for (int i = 0; i < windows.size(); i++) {
        shares.get(i % learner.step().shares()).add(windows.get(i));
        events += windows.get(i).to() - windows.get(i).from();
      }
      LearningStep.Outcome outcome =
          learner
              .step()
              .of(
                  shares.stream().map(batches::arrays).toList(),
                  new SplittableRandom(at).nextLong(),
                  settings.learningRate(),
                  () -> false);
      return new Step(outcome.loss(), events);
    }

    @Override
    public void close() {
      learner.close();
      network.moveBack();
      scope.close();
    }
  }
}
