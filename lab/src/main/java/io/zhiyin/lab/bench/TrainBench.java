package io.zhiyin.lab.bench;

import io.zhiyin.learning.dataset.TypedSequence;
import io.zhiyin.learning.train.SequenceSettings;
import io.zhiyin.learning.train.TrainingDevice;
import io.zhiyin.learning.train.TrainingSteps;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/// Training steps of ours and of the plain libtorch loop, in turns over the same batches, on made
/// data with the shape of Amazon Beauty; and the memory of a step as the catalogue grows.
final class TrainBench {
  /// How the lengths of Beauty's 22,363 sequences fall, as their number at each length from 3 on
  /// once the last two events are held out; the few longer ones are taken as the last length.
  private static final int[] LENGTHS = {
    7162, 4221, 2680, 1811, 1366, 881, 695, 558, 439, 361, 262, 207, 213, 141, 118, 112, 117, 84,
    66, 73, 74, 61, 54, 44, 44, 38, 30, 38, 20, 19, 21, 19, 23, 24, 22, 15, 17, 7, 10, 10, 15, 7,
    11, 8, 4, 8, 9, 144
  };

  private static final int SHORTEST = 3;
  private static final int ITEMS = 12_101;
  private static final int THREADS = 2;
  private static final int BLOCK = 3;

  /// A device is asked for the loss at the end of a block, as a training does at the end of a pass.
  private static final int DEVICE_BLOCK = 50;

  private static final long MOST_NANOS = 45_000_000_000L;

  private final PrintWriter out;
  private final int rounds;
  private final TrainingDevice device;
  private final int block;
  private final int[] catalogues;

  /// @param rounds of [#BLOCK] steps of each contender, [#DEVICE_BLOCK] on a device
  /// @param catalogues numbers of items at which memory is measured
  TrainBench(PrintWriter out, int rounds, TrainingDevice device, int... catalogues) {
    this.out = out;
    this.rounds = rounds;
    this.device = device;
    block = device == TrainingDevice.CUDA ? DEVICE_BLOCK : BLOCK;
    this.catalogues = catalogues;
  }

  List<Result> run() throws IOException {
    List<Result> results = new ArrayList<>();
    for (int items : catalogues) {
      say("Memory of a training step with %,d items".formatted(items));
      results.addAll(memory(items));
    }
    say(
        "Training steps on the shape of Beauty, 128 sequences each, %s"
            .formatted(device == TrainingDevice.CUDA ? "CUDA" : THREADS + " threads"));
    results.addAll(race(SequenceSettings.defaults(), shop(ITEMS, 1.0)));
    return results;
  }

  private void say(String text) {
    out.println(text + " …");
    out.flush();
  }

  /// One contender's steps so far.
  private static final class Runner {
    private final TrainingSteps steps;
    private final double[] stepMillis;
    private final double[] tokensPerSecond;
    private double loss;
    private int done;

    Runner(TrainingSteps steps, int count) {
      this.steps = steps;
      stepMillis = new double[count];
      tokensPerSecond = new double[count];
    }

    void block(int count) {
      for (int i = 0; i < count; i++) {
        group(1);
      }
    }

    /// Steps of which only the last one is waited for; each counts as long as the mean.
    void group(int count) {
      long start = System.nanoTime();
      int[] events = new int[count];
      List<DoubleSupplier> losses = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        TrainingSteps.Step step = steps.next();
        events[i] = step.events();
        losses.add(step.loss());
      }
      for (DoubleSupplier one : losses) {
        loss = one.getAsDouble();
      }
      double seconds = (System.nanoTime() - start) * 1e-9 / count;
      for (int some : events) {
        stepMillis[done] = seconds * 1e3;
        tokensPerSecond[done++] = some / seconds;
      }
    }

    List<Result> results(String name) {
      double[] millis = Arrays.copyOf(stepMillis, done);
      return List.of(
          result(name + ".tokens", "1/s", Arrays.copyOf(tokensPerSecond, done)),
          result(name + ".steps", "1/s", Arrays.stream(millis).map(ms -> 1e3 / ms).toArray()),
          result(name + ".step", "ms", millis),
          Result.derived(name + ".loss-after-" + done + "-steps", "nats", loss));
    }

    private static Result result(String name, String unit, double[] values) {
      double median = Turns.quantile(values, 0.5);
      return new Result(name, unit, median, median, Turns.quantile(values, 0.99), values.length);
    }
  }

  List<Result> race(SequenceSettings settings, TrainingSteps.Shop shop) {
    int count = rounds * block;
    try (TrainingSteps ours = TrainingSteps.own(settings, shop, THREADS, device);
        TrainingSteps theirs = TrainingSteps.plain(settings, shop, THREADS, device);
        TrainingSteps warm = TrainingSteps.own(settings, shop, THREADS, device)) {
      // compiling takes a while; the plain loop has next to nothing to compile
      for (int i = 0; i < 12 * block; i++) {
        var _ = warm.next().loss().getAsDouble();
      }
      Runner own = new Runner(ours, count);
      Runner plain = new Runner(theirs, count);
      double[] ratios = new double[rounds];
      int round = 0;
      long first = System.nanoTime();
      // a busy machine gets fewer rounds, not a longer wait
      for (; round < 2 || (round < rounds && System.nanoTime() - first < MOST_NANOS); round++) {
        long start = System.nanoTime();
        take(own);
        long between = System.nanoTime();
        take(plain);
        ratios[round] = (double) (System.nanoTime() - between) / (between - start);
      }
      List<Result> results = new ArrayList<>(own.results("train.ours"));
      results.addAll(plain.results("train.plain-libtorch"));
      ratios = Arrays.copyOf(ratios, round);
      double ratio = Turns.quantile(ratios, 0.5);
      results.add(
          new Result(
              "train.speed-ours-to-plain",
              "ratio",
              ratio,
              ratio,
              Turns.quantile(ratios, 0.99),
              round));
      return results;
    }
  }

  private void take(Runner runner) {
    if (device == TrainingDevice.CUDA) {
      runner.group(block);
    } else {
      runner.block(block);
    }
  }

  /// The largest resident memory while steps are taken, beyond what was there before the catalogue.
  private List<Result> memory(int items) throws IOException {
    resetPeak();
    double before = peakMegabytes();
    TrainingSteps.Shop shop = shop(items, 0.1);
    SequenceSettings settings = SequenceSettings.defaults();
    double[] millis = new double[8];
    try (TrainingSteps steps = TrainingSteps.own(settings, shop, THREADS, device)) {
      for (int i = 0; i < millis.length; i++) {
        long start = System.nanoTime();
        var _ = steps.next().loss().getAsDouble();
        millis[i] = (System.nanoTime() - start) * 1e-6;
      }
      String name = String.format(Locale.ROOT, "train.n%d", items);
      return List.of(
          Result.derived(name + ".peak-rss-added", "MB", peakMegabytes() - before),
          Result.derived(name + ".tensors", "MB", tensors(settings, items)),
          new Result(
              name + ".step",
              "ms",
              Turns.quantile(millis, 0.5),
              Turns.quantile(millis, 0.5),
              Turns.quantile(millis, 0.99),
              millis.length));
    }
  }

  /// What must be there at least: id embeddings with two moments, and latent content.
  private static double tensors(SequenceSettings settings, int items) {
    return 4.0 * items * (3.0 * settings.embeddingSize() + settings.contentSize()) / 1e6;
  }

  /// Linux forgets a process's peak when told to; elsewhere the first catalogue is as good as the
  /// last, since they grow.
  private static void resetPeak() throws IOException {
    System.gc();
    Path control = Path.of("/proc/self/clear_refs");
    if (Files.isWritable(control)) {
      Files.writeString(control, "5");
    }
  }

  private static double peakMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return Double.NaN;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1e3;
      }
    }
    return Double.NaN;
  }

  /// Sequences of purchases, each item drawn among the more popular ones near the one before.
  ///
  /// @param share of Beauty's sequences
  static TrainingSteps.Shop shop(int items, double share) {
    SplittableRandom random = new SplittableRandom(11);
    List<TypedSequence> sequences = new ArrayList<>();
    for (int l = 0; l < LENGTHS.length; l++) {
      long count = Math.round(LENGTHS[l] * share);
      for (long s = 0; s < count; s++) {
        sequences.add(sequence(l + SHORTEST, items, random));
      }
    }
    int latentSize = SequenceSettings.defaults().contentSize();
    float[] latent = new float[items * latentSize];
    for (int i = 0; i < latent.length; i++) {
      latent[i] = (float) (random.nextDouble() - 0.5);
    }
    return new TrainingSteps.Shop(items, latent, sequences);
  }

  private static TypedSequence sequence(int length, int items, SplittableRandom random) {
    int[] rows = new int[length];
    long[] times = new long[length];
    int[] targets = new int[length];
    float[] weights = new float[length];
    for (int i = 0; i < length; i++) {
      double popular = random.nextDouble();
      rows[i] =
          i > 0 && random.nextInt(2) == 0
              ? (rows[i - 1] + 1 + random.nextInt(5)) % items
              : (int) (items * popular * popular * popular);
      times[i] = 86_400_000L * i;
    }
    for (int i = 0; i < length; i++) {
      targets[i] = i + 1 < length ? rows[i + 1] : -1;
      weights[i] = i + 1 < length ? 1 : 0;
    }
    return new TypedSequence(rows, new byte[length], times, targets, weights);
  }
}
