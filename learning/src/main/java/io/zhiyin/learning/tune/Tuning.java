package io.zhiyin.learning.tune;

import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.train.FileTree;
import io.zhiyin.learning.train.NothingToLearnException;
import io.zhiyin.learning.train.SequenceRanking;
import io.zhiyin.learning.train.SequenceTrainer;
import io.zhiyin.learning.train.ShopRecipe;
import io.zhiyin.learning.train.TrainedSequence;
import io.zhiyin.learning.train.TrainingDevice;
import io.zhiyin.learning.train.TrainingOptions;
import io.zhiyin.learning.train.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Searches the recipe of a shop within a budget of time and writes it where trainings read it. A
/// search that was stopped goes on from its log.
///
/// Each trial trains on every fold and is measured by mean NDCG@10 of the sequence model on the
/// fold's choices, with early stopping on the same choices for all. A trial that climbs is trained
/// again from the start, since its falling learning rate depends on what came before.
public final class Tuning {
  /// What a person may choose.
  ///
  /// @param budget wall-clock time of this call at most
  /// @param seed of every random choice
  /// @param passes of the lowest rung
  /// @param rungs each allows three times the passes of the one below
  /// @param folds moments at which the past is cut
  /// @param threads of the numeric library
  /// @param most measurements in the log, whatever the time
  /// @param device where trainings compute
  public record Options(
      Duration budget,
      long seed,
      int passes,
      int rungs,
      int folds,
      int threads,
      int most,
      TrainingDevice device) {
    public static Options defaults() {
      return new Options(
          Duration.ofMinutes(30),
          1,
          4,
          3,
          2,
          Math.min(2, Runtime.getRuntime().availableProcessors()),
          Integer.MAX_VALUE,
          TrainingDevice.AUTO);
    }

    public Options withBudget(Duration value) {
      return new Options(value, seed, passes, rungs, folds, threads, most, device);
    }

    public Options withSeed(long value) {
      return new Options(budget, value, passes, rungs, folds, threads, most, device);
    }

    public Options withMost(int value) {
      return new Options(budget, seed, passes, rungs, folds, threads, value, device);
    }

    public Options withThreads(int value) {
      return new Options(budget, seed, passes, rungs, folds, value, most, device);
    }

    public Options withDevice(TrainingDevice value) {
      return new Options(budget, seed, passes, rungs, folds, threads, most, value);
    }
  }

  /// Hears how the search goes.
  public interface Listener {
    /// @param measured by this call or, when it began, by the calls before
    /// @param left of the budget
    void measured(Measured measured, Duration left);

    /// A trial begins.
    void begins(int trial, int passes, ShopRecipe recipe, Duration left);

    /// A training of a trial goes on.
    void heard(TrainingProgress progress);
  }

  private static final String LOG = "tune/trials.jsonl";

  private final Options options;
  private final Listener listener;
  private final TextEncoders encoders;
  private final Halving halving;

  /// @param encoders read the items' texts, where the settings ask for it
  public Tuning(Options options, Listener listener, TextEncoders encoders) {
    this.options = options;
    this.listener = listener;
    this.encoders = encoders;
    halving = new Halving(options.seed(), options.passes(), options.rungs());
  }

  /// Searches and writes `recipe.json` into the shop's directory.
  ///
  /// @throws NothingToLearnException when the past is too short to be cut
  /// @throws io.zhiyin.engine.model.ModelException when the log is damaged or newer
  public TuningReport run(ShopData data, Path shopDirectory) throws IOException {
    long start = System.nanoTime();
    Folds folds = Folds.of(data, options.folds());
    if (folds.cases() == 0 || folds.splits().stream().anyMatch(split -> split.fit().isEmpty())) {
      throw new NothingToLearnException(
          "There is too little to choose a recipe by: the shop needs shoppers with at least three choices over some time. Train with the defaults, and tune when there are more events.");
    }
    String about = about(folds);
    TrialLog log = TrialLog.open(shopDirectory.resolve(LOG), about);
    log.measured().forEach(one -> listener.measured(one, left(start)));
    while (log.measured().size() < options.most()) {
      Halving.Job job = halving.next(log.measured());
      if (!log.measured().isEmpty() && expectedSeconds(job, log) > left(start).toMillis() / 1e3) {
        break;
      }
      listener.begins(job.trial(), job.passes(), job.recipe(), left(start));
      Measured measured = measure(job, folds, data);
      log.add(measured.asLogged());
      listener.measured(measured, left(start));
    }
    Choice choice = halving.choose(log.measured());
    choice.recipe().write(shopDirectory);
    return new TuningReport(data.name(), folds.cases(), log.measured(), choice);
  }

  private String about(Folds folds) {
    return "data %s seed %d passes %d rungs %d folds %d"
        .formatted(
            folds.fingerprint(),
            options.seed(),
            options.passes(),
            options.rungs(),
            options.folds());
  }

  private Duration left(long start) {
    Duration left = options.budget().minusNanos(System.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /// By the slowest pass so far: recipes differ in what a pass costs.
  private static double expectedSeconds(Halving.Job job, TrialLog log) {
    return job.passes()
        * log.measured().stream().mapToDouble(one -> one.seconds() / one.passes()).max().orElse(0);
  }

  private Measured measure(Halving.Job job, Folds folds, ShopData data) throws IOException {
    long start = System.nanoTime();
    List<double[]> gains = new ArrayList<>();
    // whole or not at all: a training that time cuts short could not be compared
    TrainingOptions training =
        new TrainingOptions(
            job.passes(), options.seed(), Duration.ofDays(30), options.threads(), options.device());
    for (Split split : folds.splits()) {
      TrainedSequence trained =
          new SequenceTrainer(job.recipe().settings(), training, listener::heard)
              .withEncoders(encoders)
              .train(data, split);
      gains.add(gains(trained, data, split));
    }
    double[] all = gains.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
    return new Measured(
        job.trial(),
        job.rung(),
        job.passes(),
        job.recipe(),
        all,
        (System.nanoTime() - start) * 1e-9);
  }

  private double[] gains(TrainedSequence trained, ShopData data, Split split) throws IOException {
    Path directory = Files.createTempDirectory("zhiyin-tune-");
    try {
      trained.write(
          directory,
          "tune",
          data.catalog().vocabulary(),
          new Lineage(
              data.name(), "", "", 0, 0, trained.rows().size(), 0, 0, Map.of(), "tune", ""));
      SequenceModel model = SequenceModel.load(directory, data.catalog(), encoders);
      model.readTexts();
      return new SequenceRanking(model).gains(split.validation());
    } finally {
      FileTree.delete(directory);
    }
  }
}
