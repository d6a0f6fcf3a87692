package io.zhiyin.server.command;

import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.learning.train.ModelRegistry;
import io.zhiyin.learning.train.Promotion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `models`: lists the trained models of a shop with what was decided of each, and puts one of them
/// to use.
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = {"List trained models, and choose the one in use.", "列出模型并选择启用哪一个。"})
public final class ModelsCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {"The data directory.", "数据目录。"})
  private @Nullable Path data;

  @Option(
      names = "--shop",
      defaultValue = "default",
      paramLabel = "ID",
      description = {"The shop (default: default).", "店铺编号。"})
  private String shop = "default";

  @Option(
      names = "--rollback",
      description = {"Go back to the model that was in use before.", "恢复上一个启用的模型。"})
  private boolean back;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Without a sub-command: lists, or goes back.
  @Override
  public Integer call() throws IOException {
    if (data == null) {
      throw new WrongCallException(
          "Say which data directory: ./zhiyin models --data DIR.",
          "请指定数据目录：./zhiyin models --data DIR。");
    }
    ModelRegistry registry = ShopOptions.models(data, new ShopId(shop));
    return back ? rollback(data, new ShopId(shop), registry) : list(registry);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {"List the models, oldest first; * is in use.", "列出模型，* 为启用中。"})
  int list(@Mixin ShopOptions shop) throws IOException {
    return list(shop.models());
  }

  @Command(
      name = "activate",
      mixinStandardHelpOptions = true,
      description = {"Put a model to use.", "启用一个模型。"})
  int activate(@Mixin ShopOptions shop, @Parameters(paramLabel = "ID") String id)
      throws IOException {
    ModelCard card = shop.models().activate(id);
    shop.changed(Clock.systemUTC(), "model-activated", Map.of("model", card.id()));
    return inUse(card);
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = {"Go back to the model that was in use before.", "恢复上一个启用的模型。"})
  int rollback(@Mixin ShopOptions shop) throws IOException {
    return rollback(shop.data(), shop.shop(), shop.models());
  }

  private int rollback(Path directory, ShopId of, ModelRegistry registry) throws IOException {
    ModelCard card = registry.rollback();
    Map<String, String> details = Map.of("model", card.id());
    Changes.note(directory, of, Clock.systemUTC(), "model-rolled-back", details);
    return inUse(card);
  }

  private int inUse(ModelCard card) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("The model " + card.id() + " is in use. / 已启用模型 " + card.id() + "。");
    out.println("A running server uses it from its next start. / 正在运行的服务下次启动时生效。");
    out.flush();
    return 0;
  }

  private int list(ModelRegistry registry) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Optional<String> active = registry.active();
    for (ModelCard card : registry.list()) {
      out.printf(
          Locale.ROOT,
          "%s %-32s %s  %,d events / 事件  %,d items / 商品  %s%n",
          active.filter(card.id()::equals).isPresent() ? "*" : " ",
          card.id(),
          card.lineage().createdAt(),
          card.lineage().events(),
          card.lineage().items(),
          card.lineage().metrics());
      if (card.lineage().parent() != null) {
        boolean compressed = card.parameters().containsKey(ModelCard.BITS);
        out.printf(
            "    %s %s%n",
            compressed ? "compressed from / 压缩自" : "continued from / 源自", card.lineage().parent());
      }
      Promotion.read(registry.path(card.id()))
          .ifPresent(
              promotion ->
                  out.printf("    %s%n    %s%n", promotion.english(), promotion.chinese()));
    }
    out.flush();
    return 0;
  }
}
