package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.encode.PretrainedText;
import io.zhiyin.learning.encode.ShopTexts;
import io.zhiyin.learning.train.ShopRecipe;
import io.zhiyin.learning.train.TrainingProgress;
import io.zhiyin.learning.tune.Measured;
import io.zhiyin.learning.tune.Tuning;
import io.zhiyin.learning.tune.TuningReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tune`: finds the settings that suit the shop, by measuring on its own past.
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    description = {
      "Search the training settings that suit the shop; 'train' uses them from then on. It can be"
          + " stopped at any time: the same command goes on.",
      "搜索最适合本店的训练设置，此后 train 会使用。可随时中断，重新运行同一命令即可继续。"
    })
public final class TuneCommand implements Callable<Integer> {
  @Mixin private ShopOptions shop = new ShopOptions();

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "30",
      description = {"Time to spend in this run (default 30).", "本次最长用时（分钟，默认 30）。"})
  private int minutes = 30;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = {"Of every random choice (default 1).", "随机种子。"})
  private long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = {"Of the numeric library.", "计算线程数。"})
  private @Nullable Integer threads;

  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = "--measurements",
      paramLabel = "N",
      description = {"At most so many in all runs together (default: as time allows).", "总测量次数上限。"})
  private @Nullable Integer measurements;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = {"Also write a page with a chart to this file.", "同时将图表网页写入该文件。"})
  private @Nullable Path report;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    PrintWriter err = spec.commandLine().getErr();
    ConsoleProgress progress = ConsoleProgress.ofThisProcess(err, clock);
    Tuning.Options options = options();
    try (ShopStore store = shop.open(clock, progress);
        PretrainedText pretrained = PretrainedText.onClassPath()) {
      ShopTexts texts = pretrained.forShop(store.directory());
      Tuning tuning = new Tuning(options, new Lines(err), texts.encoders());
      ShopData data = ShopData.of(shop.name(), store.catalog(), store.profiles());
      TuningReport found = tuning.run(data, store.directory());
      texts.save(store.catalog());
      shop.changed(clock, "recipe-tuned", Map.of("minutes", "" + minutes));
      if (report != null) {
        Path partial = report.resolveSibling(report.getFileName() + ".partial");
        Files.writeString(partial, found.html());
        Files.move(partial, report, StandardCopyOption.REPLACE_EXISTING);
      }
      spec.commandLine().getOut().print(found.table());
      spec.commandLine().getOut().flush();
    }
    return 0;
  }

  private Tuning.Options options() {
    if (minutes < 1) {
      throw new InvalidFieldException("minutes", minutes, "must be at least 1");
    }
    if (threads != null && threads < 1) {
      throw new InvalidFieldException("threads", threads, "must be at least 1");
    }
    Tuning.Options options =
        Tuning.Options.defaults()
            .withBudget(Duration.ofMinutes(minutes))
            .withSeed(seed)
            .withDevice(device.value());
    if (measurements != null && measurements < 1) {
      throw new InvalidFieldException("measurements", measurements, "must be at least 1");
    }
    options = measurements == null ? options : options.withMost(measurements);
    return threads == null ? options : options.withThreads(threads);
  }

  /// One line when a trial begins and one when it is measured.
  private record Lines(PrintWriter err) implements Tuning.Listener {
    @Override
    public void begins(int trial, int passes, ShopRecipe recipe, Duration left) {
      say(
          String.format(
              Locale.ROOT,
              "trial / 试验 %d, %d passes / 轮: %s  (%s left / 剩余)",
              trial,
              passes,
              recipe.words(),
              ConsoleProgress.words(left)));
    }

    @Override
    public void measured(Measured one, Duration left) {
      say(
          String.format(
              Locale.ROOT,
              "trial / 试验 %d, %d passes / 轮: ndcg@10 %.4f in %.1f s  (%s left / 剩余)",
              one.trial(),
              one.passes(),
              one.ndcg(),
              one.seconds(),
              ConsoleProgress.words(left)));
    }

    @Override
    public void heard(TrainingProgress progress) {
      // a line for each pass of each fold would bury the trials
    }

    private void say(String line) {
      err.println(line);
      err.flush();
    }
  }
}
