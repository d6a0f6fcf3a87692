package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.encode.PretrainedText;
import io.zhiyin.learning.encode.ShopTexts;
import io.zhiyin.learning.train.Candidacy;
import io.zhiyin.learning.train.ModelRegistry;
import io.zhiyin.learning.train.SequenceSettings;
import io.zhiyin.learning.train.ShopRecipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `train`: a new model, put to use when it is not worse than the one in use.
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Train a model on what the shop has, and put it to use when it is not worse.",
      "用店铺现有数据训练模型，不逊于现用模型时启用。"
    })
public final class TrainCommand implements Callable<Integer> {
  @Mixin private ShopOptions shop = new ShopOptions();
  @Mixin private LearningOptions learning = new LearningOptions();

  @Option(
      names = "--continue",
      description = {
        "Go on from the model in use with what happened since, in a small part of the time.",
        "在现用模型基础上用新数据继续训练，耗时很少。"
      })
  private boolean goesOn;

  @Option(
      names = "--activate",
      defaultValue = "if-better",
      paramLabel = "WHEN",
      description = {
        "always, never, or if-better (default): when it is not worse on the newest choices.",
        "何时启用：always 总是、never 从不、if-better（默认）在最新行为上不逊于现用模型时。"
      })
  private String activate = "if-better";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    Instant start = clock.instant();
    PrintWriter err = spec.commandLine().getErr();
    Candidacy.Activation activation = activation();
    var _ = learning.settings(); // refused before the shop is opened
    ConsoleProgress progress = ConsoleProgress.ofThisProcess(err, clock);
    try (ShopStore store = shop.open(clock, progress);
        PretrainedText pretrained = PretrainedText.onClassPath()) {
      ShopTexts texts = pretrained.forShop(store.directory());
      ShopData data = ShopData.of(shop.name(), store.catalog(), store.profiles());
      err.printf(
          Locale.ROOT,
          "%,d shoppers, %,d events with items, %,d items / 用户、事件与商品数%n",
          data.histories().size(),
          data.events(),
          store.catalog().indexBound());
      err.flush();
      ShopRecipe recipe = ShopRecipe.of(store.directory());
      SequenceSettings settings = learning.settings(recipe.settings());
      ModelRegistry registry = new ModelRegistry(store.directory().resolve("models"));
      if (goesOn && registry.active().isEmpty()) {
        err.println("No model is in use yet: training from the start. / 尚无启用的模型：将从头训练。");
        err.flush();
      }
      Candidacy.Outcome outcome =
          new Candidacy(
                  settings, learning.options(), clock, new TrainingLines(err), texts.encoders())
              .run(
                  data,
                  registry,
                  goesOn ? Candidacy.Mode.CONTINUE : Candidacy.Mode.FULL,
                  activation);
      texts.save(store.catalog());
      report(outcome, recipe, Duration.between(start, clock.instant()));
    }
    return 0;
  }

  private Candidacy.Activation activation() {
    for (Candidacy.Activation known : Candidacy.Activation.values()) {
      if (known.wireName().equals(activate)) {
        return known;
      }
    }
    throw new InvalidFieldException("activate", activate, "must be always, if-better or never");
  }

  private void report(Candidacy.Outcome outcome, ShopRecipe recipe, Duration took) {
    PrintWriter out = spec.commandLine().getOut();
    Lineage lineage = outcome.card().lineage();
    out.printf(
        Locale.ROOT,
        "model / 模型 %s, epoch / 轮次 %d, %s (training / 训练 %s)%n",
        outcome.card().id(),
        lineage.epochs(),
        ConsoleProgress.words(took),
        ConsoleProgress.words(outcome.training()));
    if (lineage.parent() != null) {
      out.printf("  continued from / 源自 %s%n", lineage.parent());
    } else if (!recipe.changes().isEmpty()) {
      out.printf("  recipe / 配方 %s%n", recipe.words());
    }
    new TreeMap<>(lineage.metrics())
        .forEach((name, value) -> out.printf(Locale.ROOT, "  %s %.4f%n", name, value));
    out.println(outcome.promotion().english());
    out.println(outcome.promotion().chinese());
    out.flush();
  }
}
