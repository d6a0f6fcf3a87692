package io.zhiyin.learning.trial;

import io.zhiyin.engine.evaluate.TargetRank;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import io.zhiyin.learning.train.BlendFit;
import io.zhiyin.learning.train.Evidences;
import io.zhiyin.learning.train.SequenceTrainer;
import io.zhiyin.learning.train.TrainedSequence;
import io.zhiyin.learning.train.Training;
import io.zhiyin.learning.train.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Fits every method on the same split and measures all on the same test cases.
///
/// All choices (when to stop, how much each evidence counts) are made on validation cases with
/// methods that were fitted without them. Then either these methods are measured (`train-only`) or,
/// with the choices kept, fitted again on everything but the test item (`refit`).
public final class Trial {
  private static final double TEST_SHARE = 0.1;
  private static final int BLEND_USERS = 4_000;
  private static final int PROPOSALS = 200;

  private final ShopData data;
  private final TrialOptions options;
  private final TrainingProgress.Listener listener;

  private Trial(ShopData data, TrialOptions options, TrainingProgress.Listener listener) {
    this.data = data;
    this.options = options;
    this.listener = listener;
  }

  /// Runs a trial; progress goes to the listener.
  public static TrialReport run(
      ShopData data, TrialOptions options, TrainingProgress.Listener listener) throws IOException {
    return new Trial(data, options, listener).run();
  }

  private TrialReport run() throws IOException {
    long start = System.nanoTime();
    Split split = Splits.of(options.protocol(), data.histories(), TEST_SHARE);
    Path work = Files.createTempDirectory("zhiyin-trial-");
    try {
      List<Method> methods = fitted(split, work);
      double trainSeconds = (System.nanoTime() - start) * 1e-9;
      List<MethodRanks> ranks =
          methods.stream()
              .filter(method -> options.methods().contains(method.name()))
              .sorted(Comparator.comparingInt(m -> TrialOptions.METHODS.indexOf(m.name())))
              .map(method -> measured(method, split.test()))
              .toList();
      return new TrialReport(
          data.name(),
          options.protocol().wireName(),
          options.refit() ? "refit" : "train-only",
          split.test().size(),
          data.catalog().indexBound(),
          options.training().seed(),
          trainSeconds,
          options.cutoffs(),
          ranks);
    } finally {
      delete(work);
    }
  }

  private List<Method> fitted(Split split, Path work) throws IOException {
    int items = data.catalog().indexBound();
    List<History> last = options.refit() ? split.refit() : split.fit();
    RecallIndexes counted = counted(last);
    List<Method> methods =
        new ArrayList<>(new PlainMethods(counted, items, options.training().seed()).all());
    if (options.methods().contains("dnn")) {
      methods.add(DnnMethod.fit(data, last, options.training(), listener));
    }
    if (!options.needsSequence()) {
      return methods;
    }
    TrainedSequence trained = train(split);
    SequenceModel model = loaded(trained, work.resolve("train-only"));
    RecallIndexes validating = options.refit() ? counted(split.fit()) : counted;
    BlendWeights weights = blend(split, evidences(validating, model));
    if (options.refit()) {
      model = loaded(retrain(split, trained.epochs()), work.resolve("refit"));
    }
    SequenceMethod sequence = new SequenceMethod(model, items);
    methods.add(sequence);
    methods.add(new ZhiyinMethod(evidences(counted, model), weights, sequence));
    return methods;
  }

  private RecallIndexes counted(List<History> histories) {
    return RecallIndexes.fit(data.catalog(), histories, data.with(histories).last());
  }

  private Evidences evidences(RecallIndexes counted, SequenceModel model) {
    return new Evidences(data.catalog(), Training.sources(counted, model), PROPOSALS);
  }

  private TrainedSequence train(Split split) {
    return new SequenceTrainer(options.settings(), options.training(), listener).train(data, split);
  }

  /// Once more from the start, on everything but the test, for as many passes as proved best.
  private TrainedSequence retrain(Split split, int epochs) {
    Split all = new Split(split.protocol(), split.refit(), List.of(), split.refit(), List.of());
    return new SequenceTrainer(
            options.settings(), options.training().withEpochs(Math.max(1, epochs)), listener)
        .train(data, all);
  }

  private SequenceModel loaded(TrainedSequence trained, Path directory) throws IOException {
    Files.createDirectories(directory);
    Lineage lineage =
        new Lineage(
            data.name(),
            "",
            "",
            data.events(),
            data.histories().size(),
            trained.rows().size(),
            options.training().seed(),
            trained.epochs(),
            Map.of(),
            "trial",
            "");
    trained.write(directory, "trial", data.catalog().vocabulary(), lineage);
    return SequenceModel.load(directory, data.catalog());
  }

  private BlendWeights blend(Split split, Evidences evidences) {
    List<Case> cases = split.validation();
    int stride = Math.max(1, cases.size() / BLEND_USERS);
    BlendFit fit = new BlendFit();
    Measuring progress = new Measuring("blend", cases.size() / stride);
    IntStream.range(0, cases.size() / stride)
        .parallel()
        .mapToObj(i -> evidences.of(cases.get(i * stride)))
        .peek(_ -> progress.done())
        .forEachOrdered(fit::add);
    return fit.fit().weights();
  }

  private MethodRanks measured(Method method, List<Case> cases) {
    int[] masked = new int[cases.size()];
    int[] unmasked = new int[cases.size()];
    Measuring progress = new Measuring(method.name(), cases.size());
    IntStream.range(0, cases.size())
        .parallel()
        .forEach(
            i -> {
              Case question = cases.get(i);
              Method.Scores scores = method.score(question);
              masked[i] = TargetRank.of(scores.withoutOwn(), question.target());
              unmasked[i] = TargetRank.of(scores.all(), question.target());
              progress.done();
            });
    return new MethodRanks(method.name(), masked, unmasked);
  }

  /// Counts cases and reports now and then.
  private final class Measuring {
    private final String stage;
    private final int total;
    private final int every;
    private final long start = System.nanoTime();
    private final AtomicInteger count = new AtomicInteger();

    Measuring(String stage, int total) {
      this.stage = stage;
      this.total = total;
      every = Math.max(1, total / 5);
    }

    void done() {
      int done = count.incrementAndGet();
      if (done % every == 0 || done == total) {
        double seconds = (System.nanoTime() - start) * 1e-9;
        listener.heard(
            new TrainingProgress(
                stage,
                done,
                total,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                done / Math.max(1e-9, seconds),
                Duration.ofMillis((long) (seconds * 1000)),
                Duration.ofMillis((long) (seconds * 1000 * (total - done) / done))));
      }
    }
  }

  private static void delete(Path work) throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
