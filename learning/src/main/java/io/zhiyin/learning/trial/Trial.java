package io.zhiyin.learning.trial;

import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import io.zhiyin.learning.train.EvidenceFit;
import io.zhiyin.learning.train.FileTree;
import io.zhiyin.learning.train.HeadsFit;
import io.zhiyin.learning.train.SequenceTrainer;
import io.zhiyin.learning.train.TrainedSequence;
import io.zhiyin.learning.train.TrainingOptions;
import io.zhiyin.learning.train.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Fits every method on the same split and measures all on the same test cases.
///
/// All choices (when to stop, how much each evidence counts) are made on validation cases with
/// methods that were fitted without them. Then either these methods are measured (`train-only`) or,
/// with the choices kept, fitted again on everything but the test item (`refit`).
public final class Trial {
  private static final double TEST_SHARE = 0.1;
  private static final EvidenceFit.Effort EFFORT = new EvidenceFit.Effort(4_000, 25_000);
  private static final int HEAD_CASES = 30_000;

  private final ShopData data;
  private final TrialOptions options;
  private final TrainingCurve.Recorder recorder;

  /// Of the last fit.
  private EvidenceFit.@Nullable Fitted weighed;

  private @Nullable ZhiyinMethod whole;

  private Trial(ShopData data, TrialOptions options, TrainingProgress.Listener listener) {
    this.data = data;
    this.options = options;
    this.recorder = new TrainingCurve.Recorder(listener);
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
      Optional<EvidenceFit.Fitted> evidence = Optional.ofNullable(weighed);
      double trainSeconds = (System.nanoTime() - start) * 1e-9;
      TestCases cases = new TestCases(split.test());
      Measurement measurement = new Measurement(cases, recorder);
      List<MethodRanks> ranks = asked(methods).map(measurement::of).toList();
      List<ObjectiveFigures> objectives = objectives(split);
      List<TrainingCurve> curves = recorder.curves();
      Optional<ColdStartReport> cold =
          options.coldStart()
              ? Optional.of(coldStart(split, asked(methods).toList(), work.resolve("cold")))
              : Optional.empty();
      return new Summary(data.catalog(), fittedLast(split), cases, setup(split, trainSeconds))
          .of(ranks, curves, cold, evidence, objectives);
    } finally {
      FileTree.delete(work);
    }
  }

  /// What lists for each objective are worth, where anything is learned of what follows on a
  /// choice.
  private List<ObjectiveFigures> objectives(Split split) {
    ZhiyinMethod zhiyin = whole;
    if (zhiyin == null || zhiyin.ranker().isEmpty() || !options.methods().contains(zhiyin.name())) {
      return List.of();
    }
    Heads heads = HeadsFit.fit(data.catalog(), split.fit(), HEAD_CASES, options.training());
    List<Case> sold = HeadsFit.bought(data.histories(), split.test());
    return heads.isEmpty() || sold.isEmpty()
        ? List.of()
        : ObjectiveFigures.of(zhiyin, heads, sold, data.catalog(), options.training().seed());
  }

  /// The methods that a person wants to see, in the order of reports.
  private Stream<Method> asked(List<Method> methods) {
    return methods.stream()
        .filter(method -> options.methods().contains(method.name()))
        .sorted(Comparator.comparingInt(m -> TrialOptions.METHODS.indexOf(m.name())));
  }

  /// Measures where something is new: the methods at hand with shoppers cut short, and the same
  /// methods fitted once more without some items.
  private ColdStartReport coldStart(Split split, List<Method> methods, Path work)
      throws IOException {
    long seed = options.training().seed();
    ColdStart cold = new ColdStart(options.headline(), seed, recorder);
    List<ColdStartReport.NewShoppers> shoppers = cold.newShoppers(methods, split.test());
    ColdItems items = ColdItems.draw(fittedLast(split), ColdStart.HELD_OUT, seed);
    Split without = items.without(split, options.refit());
    long removed = data.with(fittedLast(split)).events() - data.with(fittedLast(without)).events();
    return new ColdStartReport(
        cold.newItems(asked(fitted(without, work)).toList(), items, removed, without.test()),
        shoppers);
  }

  private TrialSetup setup(Split split, double trainSeconds) {
    return new TrialSetup(
        data.name(),
        options.protocol().wireName(),
        options.refit() ? "refit" : "train-only",
        split.test().size(),
        data.catalog().indexBound(),
        data.with(fittedLast(split)).events(),
        options.settings().maxLength(),
        options.training().seed(),
        trainSeconds,
        options.cutoffs());
  }

  /// What the measured methods have fitted.
  private List<History> fittedLast(Split split) {
    return options.refit() ? split.refit() : split.fit();
  }

  private List<Method> fitted(Split split, Path work) throws IOException {
    int items = data.catalog().indexBound();
    List<History> last = fittedLast(split);
    RecallIndexes counted = counted(last);
    List<Method> methods =
        new ArrayList<>(new PlainMethods(counted, items, options.training().seed()).all());
    if (options.methods().contains("dnn")) {
      methods.add(DnnMethod.fit(data, last, options.training(), recorder));
    }
    if (!options.needsSequence()) {
      return methods;
    }
    TrainedSequence trained = train(split);
    SequenceModel model = loaded(trained, work.resolve("train-only"));
    RecallIndexes validating = options.refit() ? counted(split.fit()) : counted;
    EvidenceFit.Fitted order = weigh(split, EvidenceFit.of(data.catalog(), validating, model));
    weighed = order;
    if (options.refit()) {
      model =
          loaded(retrain(split, trained.epochs()).with(trained.repeats()), work.resolve("refit"));
    }
    SequenceMethod sequence = new SequenceMethod(model, items);
    methods.add(sequence);
    ZhiyinMethod zhiyin =
        ZhiyinMethod.of(EvidenceFit.of(data.catalog(), counted, model), order, sequence);
    whole = zhiyin;
    methods.add(zhiyin);
    return methods;
  }

  private RecallIndexes counted(List<History> histories) {
    return RecallIndexes.fit(data.catalog(), histories, data.with(histories).last());
  }

  private TrainedSequence train(Split split) {
    return trainer(options.training()).train(data, split);
  }

  /// Once more from the start, on everything but the test, for as many passes as proved best.
  private TrainedSequence retrain(Split split, int epochs) {
    Split all = new Split(split.protocol(), split.refit(), List.of(), split.refit(), List.of());
    return trainer(options.training().withEpochs(Math.max(1, epochs))).train(data, all);
  }

  private SequenceTrainer trainer(TrainingOptions training) {
    return new SequenceTrainer(options.settings(), training, recorder)
        .withEncoders(options.encoders());
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
    SequenceModel model = SequenceModel.load(directory, data.catalog(), options.encoders());
    model.readTexts();
    return model;
  }

  /// How all evidence is made one order, from the validation cases.
  private EvidenceFit.Fitted weigh(Split split, EvidenceFit fit) {
    int cases = Math.min(split.validation().size(), EFFORT.blendCases());
    CaseProgress progress =
        new CaseProgress(
            "evidence", cases + Math.min(split.validation().size(), EFFORT.rankCases()), recorder);
    return fit.fit(split.validation(), EFFORT, options.training(), _ -> progress.done());
  }
}
