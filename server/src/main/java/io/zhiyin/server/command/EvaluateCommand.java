package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.learning.dataset.Protocol;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.encode.PretrainedText;
import io.zhiyin.learning.encode.ShopTexts;
import io.zhiyin.learning.train.SequenceSettings;
import io.zhiyin.learning.train.ShopRecipe;
import io.zhiyin.learning.trial.Trial;
import io.zhiyin.learning.trial.TrialOptions;
import io.zhiyin.learning.trial.TrialReport;
import io.zhiyin.server.report.Language;
import io.zhiyin.server.report.ReportPage;
import io.zhiyin.server.shop.EvaluationFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `evaluate`: how good the recommender is on the shop's own past, beside simple baselines.
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Measure the recommender on the shop's own past, beside baselines; all items are ranked.",
      "用店铺历史数据评估推荐效果，并与基线比较；对全部商品排序。"
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Mixin private ShopOptions shop = new ShopOptions();
  @Mixin private LearningOptions learning = new LearningOptions();

  @Option(
      names = "--protocol",
      defaultValue = "leave-one-out",
      paramLabel = "P",
      description = {"leave-one-out (default) or time-split.", "划分方式。"})
  private String protocol = "leave-one-out";

  @Option(
      names = "--k",
      split = ",",
      paramLabel = "K",
      description = {"Cut-offs (default 5,10,20).", "截断位置。"})
  private List<Integer> cutoffs = List.of(5, 10, 20);

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "M",
      description = {
        "Some of random, popular, item-to-item, content, dnn, sequence, zhiyin.",
        "方法。"
      })
  private List<String> methods = TrialOptions.METHODS;

  @Option(
      names = "--refit",
      description = {
        "Once all choices are made, fit everything but the test item.",
        "选定后用除测试项外的全部数据重新拟合。"
      })
  private boolean refit;

  @Option(
      names = "--cold-start",
      description = {
        "Also measure new items (5 %% held out of every fit) and new shoppers (0, 1, 2, 5 events); trains once more.",
        "同时评估新商品（5 %% 的商品不参与任何拟合）与新用户（0、1、2、5 个事件）；需再训练一次。"
      })
  private boolean coldStart;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = {"Also write the figures to this file.", "同时将结果写入该文件。"})
  private @Nullable Path json;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = {
        "Also write a page with charts, to show: one file, in English and Chinese.",
        "同时写出带图表的报告页：单个文件，中英双语。"
      })
  private @Nullable Path report;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    PrintWriter err = spec.commandLine().getErr();
    ConsoleProgress progress = ConsoleProgress.ofThisProcess(err, clock);
    TrialOptions options = options();
    refuseMissingFolder(json);
    refuseMissingFolder(report);
    try (ShopStore store = shop.open(clock, progress);
        PretrainedText pretrained = PretrainedText.onClassPath()) {
      ShopTexts texts = pretrained.forShop(store.directory());
      ShopData data = ShopData.of(shop.name(), store.catalog(), store.profiles());
      SequenceSettings settings = learning.settings(ShopRecipe.of(store.directory()).settings());
      TrialReport outcome =
          Trial.run(
              data,
              options.withSettings(settings).withEncoders(texts.encoders()),
              new TrainingLines(err));
      texts.save(store.catalog());
      keep(
          EvaluationFile.of(clock.instant(), new Version().getVersion()[0], outcome.json()),
          store.directory(),
          err);
      if (json != null) {
        write(json, outcome.json());
      }
      if (report != null) {
        write(report, ReportPage.of(outcome, edition(clock)));
      }
      spec.commandLine().getOut().print(outcome.table());
      if (report != null) {
        spec.commandLine().getOut().println("\nreport / 报告: " + report);
      }
      spec.commandLine().getOut().flush();
    }
    return 0;
  }

  /// For the console, unless the one before measured more methods.
  private static void keep(EvaluationFile measured, Path directory, PrintWriter err)
      throws IOException {
    Optional<EvaluationFile> before = EvaluationFile.read(directory);
    if (before.isEmpty() || measured.covers(before.get())) {
      measured.write(directory);
      return;
    }
    err.println(
        "The console goes on showing the evaluation of "
            + before.get().evaluatedAt()
            + ", which has more methods; without --methods it is replaced.");
    err.println("控制台仍展示 " + before.get().evaluatedAt() + " 的评估，它包含更多方法；不带 --methods 运行即可替换。");
    err.flush();
  }

  /// Said before an hour of training, not after.
  private static void refuseMissingFolder(@Nullable Path file) {
    Path folder = file == null ? null : file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new WrongCallException(
          "There is no folder " + folder + ": create it first, or name another file.",
          "文件夹 " + folder + " 不存在：请先创建，或换一个文件名。");
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.writeString(partial, text);
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static ReportPage.Edition edition(Clock clock) {
    return new ReportPage.Edition(
        List.of(new Version().getVersion()), clock.instant(), Language.of(Locale.getDefault()));
  }

  private TrialOptions options() {
    try {
      TrialOptions options =
          TrialOptions.defaults()
              .withProtocol(Protocol.of(protocol))
              .withCutoffs(cutoffs)
              .withMethods(new LinkedHashSet<>(methods))
              .withSettings(learning.settings())
              .withTraining(learning.options());
      options = coldStart ? options.withColdStart() : options;
      return refit ? options.refitted() : options;
    } catch (InvalidFieldException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new WrongCallException(e.getMessage() + ".", "参数无效。");
    }
  }
}
