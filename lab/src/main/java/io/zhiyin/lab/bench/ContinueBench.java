package io.zhiyin.lab.bench;

import io.zhiyin.cluster.state.ReplayProgress;
import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import io.zhiyin.learning.encode.PretrainedText;
import io.zhiyin.learning.train.ContinuedTraining;
import io.zhiyin.learning.train.FileTree;
import io.zhiyin.learning.train.ModelRegistry;
import io.zhiyin.learning.train.SequenceRanking;
import io.zhiyin.learning.train.SequenceSettings;
import io.zhiyin.learning.train.ServedRanking;
import io.zhiyin.learning.train.Training;
import io.zhiyin.learning.train.TrainingOptions;
import io.zhiyin.learning.train.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What going on from a model costs and keeps, beside a training from the start, on a shop's own
/// past: a model of the oldest 80 % of choices goes on with the next 10 %, another is trained from
/// the start on all 90 %, and both are asked for the newest 10 %.
final class ContinueBench {
  private static final double OLD = 0.8;
  private static final double KNOWN = 0.9;
  private static final int PER_SHOPPER = 5;

  private final PrintWriter out;
  private final TrainingOptions options = TrainingOptions.defaults();
  private TextEncoders texts = TextEncoders.NONE;

  ContinueBench(PrintWriter out) {
    this.out = out;
  }

  /// @param seconds that the training took
  private record Trained(ModelCard card, double seconds) {}

  private interface Work {
    ModelCard run() throws IOException;
  }

  void run(Path directory) throws IOException {
    Path work = Files.createTempDirectory("zhiyin-continue-");
    try (ShopStore store =
            ShopStore.open(directory, ShopId.DEFAULT, Clock.systemUTC(), ReplayProgress.SILENT);
        PretrainedText pretrained = PretrainedText.onClassPath()) {
      texts = pretrained.forShop(store.directory()).encoders();
      ShopData data = ShopData.of("bench", store.catalog(), store.profiles());
      measure(data, new ModelRegistry(work));
    } finally {
      FileTree.delete(work);
    }
  }

  private void measure(ShopData data, ModelRegistry registry) throws IOException {
    long oldEnd = Splits.moment(data.histories(), OLD);
    long knownEnd = Splits.moment(data.histories(), KNOWN);
    ShopData old = data.with(Splits.fold(data.histories(), oldEnd, oldEnd, 1).fit());
    Split newest = Splits.fold(data.histories(), knownEnd, Long.MAX_VALUE, PER_SHOPPER);
    ShopData known = data.with(newest.fit());
    out.printf(
        Locale.ROOT,
        "%s%n%,d events before, %,d fresh ones, %,d choices of %,d shoppers asked%n",
        Machine.here(),
        old.events(),
        known.events() - old.events(),
        newest.validation().size(),
        newest.validation().stream().mapToInt(Case::user).distinct().count());
    out.flush();
    Trained parent = timed("model of the oldest 80 %", () -> full(old, registry));
    Trained full = timed("trained from the start on 90 %", () -> full(known, registry));
    Trained continued =
        timed(
            "continued from 80 % to 90 %",
            () ->
                new ContinuedTraining(
                        SequenceSettings.defaults(),
                        options,
                        Clock.systemUTC(),
                        TrainingProgress.Listener.NONE,
                        texts)
                    .run(known, registry, parent.card.id()));
    RecallIndexes counted = RecallIndexes.fit(known.catalog(), known.histories(), known.last());
    double stale = report("not continued", parent, counted, known, newest.validation(), registry);
    double kept = report("continued", continued, counted, known, newest.validation(), registry);
    double whole = report("from the start", full, counted, known, newest.validation(), registry);
    out.printf(
        Locale.ROOT,
        "continued keeps %.1f %% of the NDCG@10 (not continued %.1f %%) in %.1f %% of the time%n",
        100 * kept / whole,
        100 * stale / whole,
        100 * continued.seconds / full.seconds);
    out.flush();
  }

  private ModelCard full(ShopData data, ModelRegistry registry) throws IOException {
    return new Training(options, TrainingProgress.Listener.NONE, texts).run(data, registry);
  }

  private Trained timed(String what, Work work) throws IOException {
    long start = System.nanoTime();
    ModelCard card = work.run();
    double seconds = (System.nanoTime() - start) * 1e-9;
    out.printf(Locale.ROOT, "%-32s %7.1f s, %d passes%n", what, seconds, card.lineage().epochs());
    out.flush();
    return new Trained(card, seconds);
  }

  private double report(
      String name,
      Trained model,
      RecallIndexes counted,
      ShopData known,
      List<Case> cases,
      ModelRegistry registry)
      throws IOException {
    Path directory = registry.path(model.card.id());
    double all = mean(ServedRanking.of(directory, known.catalog(), counted, texts).gains(cases));
    double alone =
        mean(
            new SequenceRanking(SequenceModel.load(directory, known.catalog(), texts))
                .gains(cases));
    out.printf(
        Locale.ROOT, "%-16s NDCG@10: all evidence %.4f, sequence alone %.4f%n", name, all, alone);
    out.flush();
    return all;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
