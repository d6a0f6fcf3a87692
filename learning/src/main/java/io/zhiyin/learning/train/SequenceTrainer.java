package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.ContentFeatures;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.content.TextVectors;
import io.zhiyin.engine.model.EventTypes;
import io.zhiyin.engine.model.Repeats;
import io.zhiyin.learning.dataset.ItemRows;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.TypedSequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;

/// Learns a [SequenceNetwork] from histories: AdamW on the full softmax, early stopping on
/// validation, the best weights kept. Stops when epochs, patience or time are used up, whichever
/// comes first.
public final class SequenceTrainer {
  /// libtorch's random numbers belong to the process: one training at a time.
  static final Object ONE_AT_A_TIME = new Object();

  private final SequenceSettings settings;
  private final TrainingOptions options;
  private final TrainingProgress.Listener listener;
  private final TextEncoders encoders;
  private final Optional<Path> checkpoint;
  private final Duration interval;
  private final Optional<Rendezvous> rendezvous;

  public SequenceTrainer(
      SequenceSettings settings, TrainingOptions options, TrainingProgress.Listener listener) {
    this(
        settings,
        options,
        listener,
        TextEncoders.NONE,
        Optional.empty(),
        Duration.ZERO,
        Optional.empty());
  }

  private SequenceTrainer(
      SequenceSettings settings,
      TrainingOptions options,
      TrainingProgress.Listener listener,
      TextEncoders encoders,
      Optional<Path> checkpoint,
      Duration interval,
      Optional<Rendezvous> rendezvous) {
    this.settings = settings;
    this.options = options;
    this.listener = listener;
    this.encoders = encoders;
    this.checkpoint = checkpoint;
    this.interval = interval;
    this.rendezvous = rendezvous;
  }

  /// The same, which goes on from that file where a training of the same data and settings was cut
  /// off, to the same bytes as if it had not been; the file is gone when the training is done.
  ///
  /// @param every how much time may pass between two savings
  public SequenceTrainer withCheckpoint(Path file, Duration every) {
    return new SequenceTrainer(
        settings, options, listener, encoders, Optional.of(file), every, rendezvous);
  }

  /// The same with readers of the items' texts, who are asked where the settings want texts.
  public SequenceTrainer withEncoders(TextEncoders value) {
    return new SequenceTrainer(
        settings, options, listener, value, checkpoint, interval, rendezvous);
  }

  /// The same as the leader of those who come there; each has as many threads as this process.
  public SequenceTrainer withPeers(Optional<Rendezvous> value) {
    return new SequenceTrainer(settings, options, listener, encoders, checkpoint, interval, value);
  }

  /// Fits what the split allows to fit and validates on its validation cases. Without any, all
  /// epochs are run and the last weights kept.
  ///
  /// @param data gives the catalogue
  public TrainedSequence train(ShopData data, Split split) {
    return train(data, split, Optional.empty());
  }

  /// The same from the weights of a parent, in its shape; without one, from random weights.
  TrainedSequence train(ShopData data, Split split, Optional<Parent> parent) {
    synchronized (ONE_AT_A_TIME) {
      boolean onCuda = options.device().onCuda(rendezvous.isEmpty(), listener);
      torch.set_num_threads(1);
      torch.manual_seed(options.seed());
      EventTypes types = parent.map(Parent::types).orElseGet(EventTypes::engagements);
      ItemRows rows = ItemRows.of(split.fit(), parent.map(Parent::items).orElseGet(BitSet::new));
      List<TypedSequence> sequences =
          split.fit().stream().map(history -> TypedSequence.of(history, rows, types)).toList();
      ContentPath content = parent.isPresent() ? parent.get() : latent(data.catalog());
      int[] items = IntStream.range(0, rows.size()).map(rows::item).toArray();
      SharedTraining shared =
          new SharedTraining(
              settings,
              options,
              rows.size(),
              types.size(),
              content.of(data.catalog(), items),
              content.size(),
              sequences);
      SequenceNetwork network = shared.network();
      parent.ifPresent(p -> network.restore(p.weights(data.catalog(), items, network.savedAsIs())));
      double seconds = 0;
      int pass = 0;
      double metric = Double.NaN;
      Repeats repeats = parent.map(Parent::repeats).orElse(Repeats.NONE);
      if (rows.size() > 0) {
        ValidationRanking validation =
            new ValidationRanking(split.validation(), rows, types, settings);
        if (onCuda) {
          network.moveTo(Tensors.onCuda());
        }
        try (Peers peers = rendezvous.map(Rendezvous::begin).orElseGet(Alone::new);
            SequenceRun run =
                new SequenceRun(
                    settings,
                    options,
                    listener,
                    network,
                    shared.batches(),
                    n -> validation.isEmpty() ? Double.NaN : validation.ndcg(n),
                    peers)) {
          peers.write(shared::write);
          int shares = peers.size() * options.threads();
          Optional<Checkpoint> file =
              checkpoint.map(
                  path ->
                      new Checkpoint(
                          path,
                          Fingerprint.of(settings, options, shares, items, sequences, split)));
          TrainingState best = run.toTheEnd(file, interval);
          network.restore(best.best);
          pass = best.bestPass;
          metric = best.bestMetric;
          seconds = best.seconds;
        } catch (IOException e) {
          throw new UncheckedIOException("the other processes cannot be told what to learn", e);
        } finally {
          network.moveBack();
        }
        repeats = validation.isEmpty() ? repeats : validation.repeats(network);
      }
      return new TrainedSequence(
          settings, types, rows, content, network, repeats, pass, metric, seconds);
    }
  }

  private LatentContent latent(Catalog catalog) {
    ContentFeatures features = ContentFeatures.fit(catalog, settings.contentRows());
    return LatentContent.fit(catalog, features, settings.contentSize(), options.seed())
        .with(texts(catalog), catalog, settings.textSize());
  }

  private TextVectors texts(Catalog catalog) {
    return settings.textSize() == 0
        ? TextVectors.NONE
        : TextVectors.encode(catalog, encoders, new TextProgress(listener));
  }
}
