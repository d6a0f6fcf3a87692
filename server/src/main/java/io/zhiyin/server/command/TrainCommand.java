package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.encode.PretrainedText;
import io.zhiyin.learning.encode.ShopTexts;
import io.zhiyin.learning.train.Candidacy;
import io.zhiyin.learning.train.Follower;
import io.zhiyin.learning.train.ModelRegistry;
import io.zhiyin.learning.train.PeerLostException;
import io.zhiyin.learning.train.SequenceSettings;
import io.zhiyin.learning.train.ShopRecipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
  @ArgGroup(multiplicity = "1")
  private Part part = new Part();

  @Mixin private LearningOptions learning = new LearningOptions();
  @Mixin private WorkerOptions workers = new WorkerOptions();

  /// Whose training it is: this process's, or that of a leader.
  static final class Part {
    @ArgGroup(exclusive = false)
    private @Nullable ShopOptions shop;

    @Option(
        names = "--join",
        paramLabel = "HOST:PORT",
        description = {
          "Take part in the training that waits there, whose settings and data are used; nothing is kept here.",
          "加入在该地址等待的训练，使用其设置与数据；本机不保存任何内容。"
        })
    private @Nullable String join;
  }

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

  /// How long a leader may take to appear.
  private static final Duration LEADER = Duration.ofMinutes(5);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    Instant start = clock.instant();
    PrintWriter err = spec.commandLine().getErr();
    if (part.join != null) {
      Follower.join(part.join, LEADER, new TrainingLines(err));
      return 0;
    }
    ShopOptions shop = Objects.requireNonNull(part.shop); // one of both is required
    workers.check();
    Candidacy.Activation activation = activation();
    var _ = learning.settings(); // refused before the shop is opened
    var _ = learning.options();
    ConsoleProgress progress = ConsoleProgress.ofThisProcess(err, clock);
    try (ShopStore store = shop.open(clock, progress);
        Crew crew = workers.crew(err);
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
      Candidacy candidacy =
          crew.with(
              new Candidacy(
                  settings,
                  learning.options(workers.here()),
                  clock,
                  new TrainingLines(err),
                  texts.encoders()));
      Candidacy.Outcome outcome;
      try {
        outcome =
            candidacy.run(
                data, registry, goesOn ? Candidacy.Mode.CONTINUE : Candidacy.Mode.FULL, activation);
      } catch (PeerLostException e) {
        throw crew.explain(e);
      }
      texts.save(store.catalog());
      shop.changed(clock, "model-trained", outcome.forAudit());
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
