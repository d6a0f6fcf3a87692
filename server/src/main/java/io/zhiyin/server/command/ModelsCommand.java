package io.zhiyin.server.command;

import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.learning.train.ModelRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `models`: lists the trained models of a shop and puts one of them to use.
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = {"List trained models, and choose the one in use.", "列出模型并选择启用哪一个。"})
public final class ModelsCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {"List the models, oldest first; * is in use.", "列出模型，* 为启用中。"})
  int list(@Mixin ShopOptions shop) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ModelRegistry registry = shop.models();
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
    }
    out.flush();
    return 0;
  }

  @Command(
      name = "activate",
      mixinStandardHelpOptions = true,
      description = {"Put a model to use.", "启用一个模型。"})
  int activate(@Mixin ShopOptions shop, @Parameters(paramLabel = "ID") String id)
      throws IOException {
    ModelCard card = shop.models().activate(id);
    PrintWriter out = spec.commandLine().getOut();
    out.println("The model " + card.id() + " is in use. / 已启用模型 " + card.id() + "。");
    out.flush();
    return 0;
  }
}
