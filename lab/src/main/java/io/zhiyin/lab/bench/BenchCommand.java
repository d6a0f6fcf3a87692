package io.zhiyin.lab.bench;

import io.zhiyin.learning.train.DeviceMissingException;
import io.zhiyin.learning.train.TrainingDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `zhiyin bench AREA [--json FILE]`.
@Command(name = "bench", description = "Measure this machine.", mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  /// Exit code of a bench that could not be run.
  static final int FAILED = 1;

  private static final int TRAIN_ROUNDS = 6;

  /// What can be measured.
  enum Area {
    MACHINE,
    KERNEL,
    SERVE,
    INGEST,
    TRAIN,
    CONTINUE,
    RULES,
    OBJECTIVES,
    SEARCH,
    FRESHNESS,
    ALL
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "AREA",
      description =
          "machine, kernel, serve, ingest, train, continue, rules, objectives, search, freshness or"
              + " all")
  private String area = "";

  @Option(names = "--json", paramLabel = "FILE", description = "also write the figures here")
  private @Nullable Path json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "continue: the data directory whose events are used; kernel: one with a trained model")
  private @Nullable Path data;

  @Option(
      names = "--device",
      paramLabel = "D",
      defaultValue = "cpu",
      description = "train: cpu (default) or cuda, for ours and for the plain loop")
  private String device = "cpu";

  @Mixin private LoadOptions load = new LoadOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Area chosen;
    try {
      chosen = Area.valueOf(area.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      out.println(
          "There is no area '"
              + area
              + "': choose machine, kernel, serve, ingest, train, continue, rules, objectives,"
              + " search, freshness or all.");
      return 2;
    }
    if (!device.equals("cpu") && !device.equals("cuda")) {
      out.println("There is no device '" + device + "' to measure: choose cpu or cuda.");
      return 2;
    }
    TrainingDevice on = TrainingDevice.of(device);
    List<Result> results = new ArrayList<>();
    if (chosen == Area.MACHINE || chosen == Area.ALL) {
      results.addAll(new MachineBench(out, load.folder()).run());
    }
    if (chosen == Area.KERNEL || chosen == Area.ALL) {
      results.addAll(new KernelBench(out, data).run());
    }
    if (chosen == Area.TRAIN || chosen == Area.ALL) {
      try {
        results.addAll(new TrainBench(out, TRAIN_ROUNDS, on, 12_101, 100_000, 1_000_000).run());
      } catch (DeviceMissingException e) {
        out.println(e.getMessage());
        return FAILED;
      }
    }
    if (chosen == Area.RULES || chosen == Area.ALL) {
      results.addAll(new RulesBench(out).run());
    }
    if (chosen == Area.OBJECTIVES || chosen == Area.ALL) {
      results.addAll(new ObjectivesBench(out).run());
    }
    try {
      if (chosen == Area.SERVE || chosen == Area.ALL) {
        results.addAll(new ServeBench(out, load).run());
      }
      if (chosen == Area.SEARCH || chosen == Area.ALL) {
        results.addAll(new SearchBench(out, load).run());
      }
      if (chosen == Area.INGEST || chosen == Area.ALL) {
        results.addAll(new IngestBench(out, load).run());
      }
      if (chosen == Area.FRESHNESS || chosen == Area.ALL) {
        results.addAll(new FreshnessBench(out, load).run());
      }
    } catch (BenchFailedException e) {
      out.println(e.getMessage());
      return FAILED;
    }
    if (!results.isEmpty()) {
      Report report = new Report(Machine.here(), results);
      report.print(out);
      if (json != null) {
        report.write(json);
        out.println("Written to " + json);
      }
    }
    if (chosen == Area.CONTINUE) {
      if (data == null) {
        out.println(
            "bench continue needs --data DIR: a data directory that has been imported into.");
        return 2;
      }
      new ContinueBench(out).run(data);
      return 0;
    }
    return 0;
  }
}
