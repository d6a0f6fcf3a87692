package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.encode.PretrainedText;
import io.zhiyin.learning.encode.ShopTexts;
import io.zhiyin.learning.train.ModelRegistry;
import io.zhiyin.learning.train.Training;
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
import picocli.CommandLine.Spec;

/// `train`: a new model from all that the shop has, put to use when it is done.
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {"Train a model on what the shop has, and put it to use.", "用店铺现有数据训练模型并启用。"})
public final class TrainCommand implements Callable<Integer> {
  @Mixin private ShopOptions shop = new ShopOptions();
  @Mixin private LearningOptions learning = new LearningOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    Instant start = clock.instant();
    PrintWriter err = spec.commandLine().getErr();
    ConsoleProgress progress = ConsoleProgress.ofThisProcess(err, clock);
    try (ShopStore store = shop.open(clock, progress);
        PretrainedText pretrained = PretrainedText.onClassPath()) {
      ShopTexts texts = pretrained.forShop(store.directory());
      Training training =
          new Training(
              learning.settings(),
              learning.options(),
              clock,
              new TrainingLines(err),
              texts.encoders());
      ShopData data = ShopData.of(shop.name(), store.catalog(), store.profiles());
      err.printf(
          Locale.ROOT,
          "%,d shoppers, %,d events with items, %,d items / 用户、事件与商品数%n",
          data.histories().size(),
          data.events(),
          store.catalog().indexBound());
      err.flush();
      ModelRegistry registry = new ModelRegistry(store.directory().resolve("models"));
      ModelCard card = training.run(data, registry);
      texts.save(store.catalog());
      registry.activate(card.id());
      report(card, Duration.between(start, clock.instant()));
    }
    return 0;
  }

  private void report(ModelCard card, Duration took) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "model / 模型 %s, epoch / 轮次 %d, %s%n",
        card.id(),
        card.lineage().epochs(),
        ConsoleProgress.words(took));
    new TreeMap<>(card.lineage().metrics())
        .forEach((name, value) -> out.printf(Locale.ROOT, "  %s %.4f%n", name, value));
    out.println("It is in use from now on. / 已启用。");
    out.flush();
  }
}
