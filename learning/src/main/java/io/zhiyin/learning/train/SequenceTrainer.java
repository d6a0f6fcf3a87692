package io.zhiyin.learning.train;

import io.zhiyin.engine.content.ContentFeatures;
import io.zhiyin.engine.model.EventTypes;
import io.zhiyin.learning.dataset.Batches;
import io.zhiyin.learning.dataset.ItemRows;
import io.zhiyin.learning.dataset.SequenceBatch;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.TypedSequence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Learns a [SequenceNetwork] from histories: AdamW on the full softmax, early stopping on
/// validation, the best weights kept. Stops when epochs, patience or time are used up, whichever
/// comes first.
public final class SequenceTrainer {
  /// libtorch's random numbers belong to the process: one training at a time.
  static final Object ONE_AT_A_TIME = new Object();

  /// After so many passes without a better validation the learning rate falls.
  private static final int SLOWING = 2;

  private final SequenceSettings settings;
  private final TrainingOptions options;
  private final TrainingProgress.Listener listener;

  public SequenceTrainer(
      SequenceSettings settings, TrainingOptions options, TrainingProgress.Listener listener) {
    this.settings = settings;
    this.options = options;
    this.listener = listener;
  }

  /// Fits what the split allows to fit and validates on its validation cases. Without any, all
  /// epochs are run and the last weights kept.
  ///
  /// @param data gives the catalogue
  public TrainedSequence train(ShopData data, Split split) {
    synchronized (ONE_AT_A_TIME) {
      long start = System.nanoTime();
      torch.set_num_threads(1);
      torch.manual_seed(options.seed());
      EventTypes types = EventTypes.engagements();
      ItemRows rows = ItemRows.of(split.fit());
      List<TypedSequence> sequences =
          split.fit().stream().map(history -> TypedSequence.of(history, rows, types)).toList();
      ContentFeatures features = ContentFeatures.fit(data.catalog(), settings.contentRows());
      LatentContent content =
          LatentContent.fit(data.catalog(), features, settings.contentSize(), options.seed());
      int[] items = IntStream.range(0, rows.size()).map(rows::item).toArray();
      SequenceNetwork network =
          new SequenceNetwork(
              settings,
              rows.size(),
              types.size(),
              content.of(data.catalog(), items),
              content.size());
      Best best =
          rows.size() == 0
              ? new Best(network)
              : run(
                  network,
                  new Batches(
                      sequences,
                      settings.maxLength(),
                      settings.batchSize(),
                      settings.gapBuckets(),
                      options.seed()),
                  new ValidationRanking(split.validation(), rows, types, settings),
                  start);
      network.restore(best.weights);
      return new TrainedSequence(
          settings, types, rows, content, network, best.epoch, best.metric, seconds(start));
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  /// The best weights so far.
  private static final class Best {
    private Map<String, float[]> weights;
    private double metric = Double.NaN;
    private int epoch;

    Best(SequenceNetwork network) {
      weights = network.weights();
    }

    /// @return whether it is better than all before
    boolean offer(SequenceNetwork network, double value, int at) {
      if (value <= metric) {
        return false;
      }
      metric = value;
      epoch = at;
      weights = network.weights();
      return true;
    }
  }

  private Best run(
      SequenceNetwork network, Batches batches, ValidationRanking validation, long start) {
    Best best = new Best(network);
    try (PointerScope _ = new PointerScope();
        FullSoftmax loss = new FullSoftmax(options.threads())) {
      Optional<NegativeSampler> sampler =
          settings.samples(network.itemCount())
              ? Optional.of(
                  new NegativeSampler(
                      batches.popularity(network.itemCount()),
                      settings.negatives(),
                      options.seed()))
              : Optional.empty();
      AdamWOptions adam = new AdamWOptions(settings.learningRate());
      adam.weight_decay().put(settings.regularization());
      AdamW optimizer = new AdamW(network.parameters(), adam);
      int stale = 0;
      double rate = settings.learningRate();
      for (int epoch = 1; epoch <= options.epochs(); epoch++) {
        Pass pass = pass(network, batches, loss, sampler, optimizer, epoch, start);
        double metric = validation.isEmpty() ? Double.NaN : validation.ndcg(network);
        stale = best.offer(network, metric, epoch) ? 0 : stale + 1;
        if (stale > 0 && stale % SLOWING == 0) {
          optimizer.param_groups().get(0).options().set_lr(rate *= 0.3);
        }
        report(epoch, pass, metric, best.metric, start);
        if (pass.cut || stale >= settings.patience()) {
          break;
        }
      }
    }
    return best;
  }

  /// @param cut whether time ran out
  private record Pass(double loss, double sequencesPerSecond, boolean cut) {}

  private Pass pass(
      SequenceNetwork network,
      Batches batches,
      FullSoftmax loss,
      Optional<NegativeSampler> sampler,
      AdamW optimizer,
      int epoch,
      long start) {
    long began = System.nanoTime();
    double sum = 0;
    long sequences = 0;
    List<List<SequenceBatch.Window>> pass = batches.pass(epoch - 1);
    for (int i = 0; i < pass.size(); i++) {
      if (seconds(start) > options.budget().toNanos() * 1e-9) {
        return new Pass(sum / Math.max(1, i), sequences / seconds(began), true);
      }
      sum += step(network, batches.arrays(pass.get(i)), loss, sampler, optimizer);
      sequences += pass.get(i).size();
    }
    return new Pass(sum / Math.max(1, pass.size()), sequences / seconds(began), false);
  }

  private static double step(
      SequenceNetwork network,
      SequenceBatch batch,
      FullSoftmax softmax,
      Optional<NegativeSampler> sampler,
      AdamW optimizer) {
    try (PointerScope _ = new PointerScope()) {
      optimizer.zero_grad();
      Tensor items = network.items(true);
      Tensor hidden = network.forward(batch, items, true);
      Tensor ranked = items;
      FullSoftmax.Gradients gradients;
      if (sampler.isPresent()) {
        NegativeSampler.Sample drawn = sampler.get().draw(batch.targets());
        ranked = items.index_select(0, AbstractTensor.create(drawn.rows()));
        gradients = softmax.of(hidden, ranked, drawn.targets(), batch.weights(), drawn.logs());
      } else {
        gradients = softmax.of(hidden, items, batch.targets(), batch.weights());
      }
      // a scalar whose gradients with respect to both are those of the loss
      hidden.mul(gradients.hidden()).sum().add(ranked.mul(gradients.items()).sum()).backward();
      optimizer.step();
      return gradients.loss();
    }
  }

  private void report(int epoch, Pass pass, double metric, double best, long start) {
    double elapsed = seconds(start);
    double left =
        Math.min(
            options.budget().toNanos() * 1e-9 - elapsed,
            elapsed / epoch * (options.epochs() - epoch));
    listener.heard(
        new TrainingProgress(
            "sequence",
            epoch,
            options.epochs(),
            pass.loss,
            metric,
            best,
            pass.sequencesPerSecond,
            millis(elapsed),
            millis(Math.max(0, left))));
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }
}
