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
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

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
  private final ValidationRanking validation;
  private final PointerScope scope = new PointerScope();
  private final Team team;
  private final AdamW optimizer;
  private final Optional<AverageWeights> averages;
  private final TrainingStep step;
  private final long began = System.nanoTime();
  private TrainingState state = new TrainingState();
  private double before;
  private double saved;

  SequenceRun(
      SequenceSettings settings,
      TrainingOptions options,
      TrainingProgress.Listener listener,
      SequenceNetwork network,
      Batches batches,
      ValidationRanking validation) {
    this.settings = settings;
    this.recipe = settings.recipe();
    this.options = options;
    this.listener = listener;
    this.network = network;
    this.batches = batches;
    this.validation = validation;
    team = new Team(options.threads());
    optimizer = new AdamW(network.parameters(), settings.regularization());
    averages =
        recipe.averaging() == 0
            ? Optional.empty()
            : Optional.of(new AverageWeights(recipe.averaging(), network.parameters()));
    Optional<NegativeSampler> sampler =
        settings.samples(network.itemCount())
            ? Optional.of(
                new NegativeSampler(batches.popularity(network.itemCount()), settings.negatives()))
            : Optional.empty();
    step = new TrainingStep(network, team, recipe, optimizer, sampler);
  }

  /// @param every how much time may pass between two savings
  /// @return the state after the last step, with the best weights
  TrainingState toTheEnd(Optional<Checkpoint> checkpoint, Duration every) {
    checkpoint.ifPresent(this::resume);
    if (state.best.isEmpty()) {
      state.best = network.weights();
    }
    boolean cut = false;
    while (!cut && state.passes < options.epochs() && state.stale < settings.patience()) {
      List<List<SequenceBatch.Window>> pass = batches.pass(state.passes);
      double passBegan = seconds();
      long windowsBefore = state.windows;
      while (state.steps < pass.size() && !cut) {
        step(pass);
        saveWhenDue(checkpoint, every);
        listener.stepped(state.passes + 1, state.steps);
        cut = seconds() > options.budget().toNanos() * 1e-9;
      }
      double speed = (state.windows - windowsBefore) / Math.max(1e-9, seconds() - passBegan);
      cut &= state.steps < pass.size() || seconds() > options.budget().toNanos() * 1e-9;
      endPass(speed);
      saveWhenDue(checkpoint, every);
    }
    state.seconds = seconds();
    checkpoint.ifPresent(this::delete);
    return state;
  }

  private double seconds() {
    return before + (System.nanoTime() - began) * 1e-9;
  }

  private void step(List<List<SequenceBatch.Window>> pass) {
    List<SequenceBatch.Window> windows = pass.get(state.steps);
    long seed =
        new SplittableRandom(options.seed() * 1_000_003L + state.passes).split().nextLong()
            + state.steps * 0x9e3779b97f4a7c15L;
    List<List<SequenceBatch.Window>> shares = new ArrayList<>();
    for (int t = 0; t < team.size(); t++) {
      shares.add(new ArrayList<>());
    }
    SplittableRandom changes = new SplittableRandom(seed).split();
    for (int i = 0; i < windows.size(); i++) {
      SequenceBatch.Window window = windows.get(i);
      if (!recipe.augmentation().isNone()) {
        window = SequenceBatch.Window.of(recipe.augmentation().of(window.events(), changes));
      }
      shares.get(i % team.size()).add(window);
    }
    double rate =
        settings.learningRate()
            * state.fall
            * recipe.height(optimizer.steps() + 1, (long) options.epochs() * pass.size());
    state.lossSum += step.of(shares.stream().map(batches::arrays).toList(), seed, rate);
    averages.ifPresent(average -> average.step(optimizer.steps()));
    state.windows += windows.size();
    state.steps++;
  }

  private void endPass(double speed) {
    averages.ifPresent(AverageWeights::swap);
    double metric = validation.isEmpty() ? Double.NaN : validation.ndcg(network);
    // without a validation each pass is taken for better than the one before
    boolean better = !(metric <= state.bestMetric);
    if (better) {
      state.bestMetric = metric;
      state.bestPass = state.passes + 1;
      state.best = network.weights();
    }
    averages.ifPresent(AverageWeights::swap);
    state.stale = better ? 0 : state.stale + 1;
    if (recipe.decay() == Recipe.Decay.PLATEAU && state.stale > 0 && state.stale % SLOWING == 0) {
      state.fall *= FALL;
    }
    double loss = state.lossSum / Math.max(1, state.steps);
    state.passes++;
    state.steps = 0;
    state.lossSum = 0;
    state.windows = 0;
    report(loss, metric, speed);
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

  /// Everything that a step changes, in a fixed order.
  private List<Tensor> tensors() {
    List<Tensor> all = new ArrayList<>(network.parameters());
    all.addAll(optimizer.moments());
    averages.ifPresent(average -> all.addAll(average.averages()));
    return all;
  }

  private void saveWhenDue(Optional<Checkpoint> checkpoint, Duration every) {
    if (checkpoint.isEmpty() || seconds() - saved < every.toNanos() * 1e-9) {
      return;
    }
    state.seconds = seconds();
    state.updates = optimizer.steps();
    state.tensors = tensors().stream().map(Tensors::floats).toList();
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
      optimizer.resume(state.updates);
      try (PointerScope _ = new PointerScope();
          NoGradGuard _ = new NoGradGuard()) {
        List<Tensor> tensors = tensors();
        for (int i = 0; i < tensors.size(); i++) {
          Tensor tensor = tensors.get(i);
          tensor.copy_(AbstractTensor.create(state.tensors.get(i), tensor.shape()));
        }
      }
      state.tensors = List.of();
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
    step.close();
    team.close();
    scope.close();
  }
}
