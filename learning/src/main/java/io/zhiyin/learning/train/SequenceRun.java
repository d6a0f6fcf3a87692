package io.zhiyin.learning.train;

import io.zhiyin.learning.dataset.Batches;
import io.zhiyin.learning.dataset.SequenceBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.PointerScope;

/// The passes of one training, from its first step or from a checkpoint, until epochs, patience or
/// time are used up.
final class SequenceRun implements AutoCloseable {
  /// After so many passes without a better validation the learning rate falls.
  private static final int SLOWING = 3;

  private static final double FALL = 0.5;

  private final SequenceSettings settings;
  private final Recipe recipe;
  private final TrainingOptions options;
  private final TrainingProgress.Listener listener;
  private final SequenceNetwork network;
  private final Batches batches;
  private final ToDoubleFunction<SequenceNetwork> validation;
  private final Peers peers;
  private final PointerScope scope = new PointerScope();
  private final Learner learner;
  private final Optimizer optimizer;
  private final Optional<AverageWeights> averages;
  private final LearningStep step;
  private final StateTensors tensors;

  /// Of the steps whose loss nobody read yet, in their order.
  private final List<DoubleSupplier> losses = new ArrayList<>();

  private final long began = System.nanoTime();
  private TrainingState state = new TrainingState();
  private double before;
  private double saved;

  /// @param validation NDCG@10 of a network, NaN where nothing is held out; only the leader is
  ///   asked
  /// @param peers with whom the steps are taken
  SequenceRun(
      SequenceSettings settings,
      TrainingOptions options,
      TrainingProgress.Listener listener,
      SequenceNetwork network,
      Batches batches,
      ToDoubleFunction<SequenceNetwork> validation,
      Peers peers) {
    this.settings = settings;
    this.recipe = settings.recipe();
    this.options = options;
    this.listener = listener;
    this.network = network;
    this.batches = batches;
    this.validation = validation;
    this.peers = peers;
    learner = Learner.of(settings, options.threads(), network, batches, peers);
    optimizer = learner.optimizer();
    averages = learner.averages();
    step = learner.step();
    tensors = learner.tensors();
  }

  /// All passes, as their leader.
  ///
  /// @param every how much time may pass between two savings
  /// @return the state after the last step, with the best weights
  TrainingState toTheEnd(Optional<Checkpoint> checkpoint, Duration every) throws IOException {
    checkpoint.ifPresent(this::resume);
    if (state.best.isEmpty()) {
      state.best = network.weights();
    }
    if (!peers.alone()) {
      tensors.save(state, optimizer);
      peers.write(state::write);
      state.tensors = List.of();
    }
    passes(checkpoint, every);
    state.seconds = seconds();
    checkpoint.ifPresent(this::delete);
    return state;
  }

  /// All passes, as the leader says; nothing is measured or saved.
  void follow() throws IOException {
    state = peers.read(TrainingState::read);
    tensors.restore(state, optimizer);
    passes(Optional.empty(), Duration.ZERO);
  }

  private void passes(Optional<Checkpoint> checkpoint, Duration every) throws IOException {
    boolean cut = false;
    while (!cut && state.passes < options.epochs() && state.stale < settings.patience()) {
      List<List<SequenceBatch.Window>> pass = batches.pass(state.passes);
      double passBegan = seconds();
      long windowsBefore = state.windows;
      while (state.steps < pass.size() && !cut) {
        cut = step(pass);
        saveWhenDue(checkpoint, every);
        listener.stepped(state.passes + 1, state.steps);
      }
      double speed = (state.windows - windowsBefore) / Math.max(1e-9, seconds() - passBegan);
      endPass(speed);
      saveWhenDue(checkpoint, every);
    }
  }

  private double seconds() {
    return before + (System.nanoTime() - began) * 1e-9;
  }

  /// @return whether it is to be the last one
  private boolean step(List<List<SequenceBatch.Window>> pass) {
    List<SequenceBatch.Window> windows = pass.get(state.steps);
    long seed =
        new SplittableRandom(options.seed() * 1_000_003L + state.passes).split().nextLong()
            + state.steps * 0x9e3779b97f4a7c15L;
    List<List<SequenceBatch.Window>> shares = new ArrayList<>();
    for (int t = 0; t < step.shares(); t++) {
      shares.add(new ArrayList<>());
    }
    SplittableRandom changes = new SplittableRandom(seed).split();
    for (int i = 0; i < windows.size(); i++) {
      SequenceBatch.Window window = windows.get(i);
      if (!recipe.augmentation().isNone()) {
        window = SequenceBatch.Window.of(recipe.augmentation().of(window.events(), changes));
      }
      shares.get(i % step.shares()).add(window);
    }
    double rate =
        settings.learningRate()
            * state.fall
            * recipe.height(optimizer.steps() + 1, (long) options.epochs() * pass.size());
    LearningStep.Outcome outcome =
        step.of(
            shares.stream().map(batches::arrays).toList(),
            seed,
            rate,
            () -> seconds() > options.budget().toNanos() * 1e-9);
    losses.add(outcome.loss());
    averages.ifPresent(average -> average.step(optimizer.steps()));
    state.windows += windows.size();
    state.steps++;
    return outcome.last();
  }

  /// Only when somebody wants to know: a device would have to be waited for.
  private void readLosses() {
    losses.forEach(loss -> state.lossSum += loss.getAsDouble());
    losses.clear();
  }

  private void endPass(double speed) throws IOException {
    readLosses();
    double loss = state.lossSum / Math.max(1, state.steps);
    state.passes++;
    state.steps = 0;
    state.lossSum = 0;
    state.windows = 0;
    if (peers.leads()) {
      report(loss, judge(), speed);
    }
    if (!peers.alone()) {
      share();
    }
  }

  /// Whether the pass made the network better, and what follows from it.
  ///
  /// @return the metric
  private double judge() {
    averages.ifPresent(AverageWeights::swap);
    double metric = validation.applyAsDouble(network);
    // without a validation each pass is taken for better than the one before
    boolean better = !(metric <= state.bestMetric);
    if (better) {
      state.bestMetric = metric;
      state.bestPass = state.passes;
      state.best = network.weights();
    }
    averages.ifPresent(AverageWeights::swap);
    state.stale = better ? 0 : state.stale + 1;
    if (recipe.decay() == Recipe.Decay.PLATEAU && state.stale > 0 && state.stale % SLOWING == 0) {
      state.fall *= FALL;
    }
    return metric;
  }

  /// The leader's judgement becomes everyone's.
  private void share() throws IOException {
    if (peers.leads()) {
      peers.write(
          out -> {
            out.writeInt(state.stale);
            out.writeDouble(state.fall);
          });
    } else {
      peers.read(
          in -> {
            state.stale = in.readInt();
            state.fall = in.readDouble();
            return state;
          });
    }
    tensors.agree(peers, state, optimizer);
  }

  private void report(double loss, double metric, double speed) {
    double elapsed = seconds();
    double left =
        Math.min(
            options.budget().toNanos() * 1e-9 - elapsed,
            elapsed / state.passes * (options.epochs() - state.passes));
    listener.heard(
        new TrainingProgress(
            "sequence",
            state.passes,
            options.epochs(),
            loss,
            metric,
            state.bestMetric,
            speed,
            millis(elapsed),
            millis(Math.max(0, left))));
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }

  private void saveWhenDue(Optional<Checkpoint> checkpoint, Duration every) {
    if (checkpoint.isEmpty() || seconds() - saved < every.toNanos() * 1e-9) {
      return;
    }
    readLosses();
    state.seconds = seconds();
    tensors.save(state, optimizer);
    try {
      checkpoint.get().write(state);
    } catch (IOException e) {
      listener.told(
          "The training cannot be saved under way and goes on without: " + e.getMessage(),
          "训练进度无法保存，训练继续：" + e.getMessage());
    }
    state.tensors = List.of();
    saved = seconds();
  }

  private void resume(Checkpoint checkpoint) {
    try {
      Optional<TrainingState> found = checkpoint.read();
      if (found.isEmpty()) {
        return;
      }
      state = found.get();
      before = state.seconds;
      saved = before;
      tensors.restore(state, optimizer);
      listener.told(
          "Going on from pass %d, step %d, where this training was cut off."
              .formatted(state.passes + 1, state.steps + 1),
          "从上次中断处（第 %d 轮第 %d 步）继续训练。".formatted(state.passes + 1, state.steps + 1));
    } catch (Checkpoint.Refused e) {
      listener.told(
          "The checkpoint %s is not used, because %s; training starts anew."
              .formatted(checkpoint.file(), e.english()),
          "检查点 %s 未被使用：%s。重新开始训练。".formatted(checkpoint.file(), e.chinese()));
    } catch (IOException e) {
      throw new UncheckedIOException("the checkpoint cannot be read: " + checkpoint.file(), e);
    }
  }

  private void delete(Checkpoint checkpoint) {
    try {
      checkpoint.delete();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + checkpoint.file(), e);
    }
  }

  @Override
  public void close() {
    learner.close();
    scope.close();
  }
}
