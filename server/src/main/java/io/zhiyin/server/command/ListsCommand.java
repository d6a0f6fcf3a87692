package io.zhiyin.server.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lists`: a list for every shopper, as a request would get it now, such as for tonight's mails.
@Command(
    name = "lists",
    mixinStandardHelpOptions = true,
    description = {
      "Write every shopper's list as JSON lines, many shoppers at a time, as requests would get them.",
      "批量生成所有用户的推荐列表（JSON 行），结果与在线请求一致。"
    })
public final class ListsCommand implements Callable<Integer> {
  /// Shoppers whose sequences are scored together.
  private static final int TOGETHER = 512;

  @Mixin private ShopOptions shop = new ShopOptions();

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "home-feed",
      description = {"The placement (default home-feed).", "场景（默认 home-feed）。"})
  private String scenario = "home-feed";

  @Option(
      names = "--n",
      paramLabel = "N",
      defaultValue = "20",
      description = {"How long each list is (default 20).", "每个列表的长度（默认 20）。"})
  private int n;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = {"The file to write.", "输出文件。"})
  private Path file = Path.of("lists.jsonl");

  @Option(
      names = "--one-by-one",
      description = {"Score each shopper alone, to compare.", "逐个用户计算，用于对比。"})
  private boolean oneByOne;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final ObjectMapper json = new ObjectMapper();

  @Override
  public Integer call() throws IOException {
    if (n < 1 || n > Query.MAX_N) {
      throw new InvalidFieldException("n", n, "must be between 1 and " + Query.MAX_N);
    }
    Clock clock = Clock.systemUTC();
    PrintWriter err = spec.commandLine().getErr();
    ConsoleProgress progress = ConsoleProgress.ofThisProcess(err, clock);
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try (ShopStore store = shop.open(clock, progress);
        ManyLists lists = ManyLists.of(store, clock, scenario, n);
        Writer out = Files.newBufferedWriter(partial, StandardCharsets.UTF_8)) {
      List<Shopper> shoppers = store.profiles().shoppers().toList();
      long start = System.nanoTime();
      progress.begin();
      for (int from = 0; from < shoppers.size(); from += TOGETHER) {
        List<Profile> some = new ArrayList<>();
        for (Shopper shopper : shoppers.subList(from, Math.min(shoppers.size(), from + TOGETHER))) {
          some.add(store.profiles().of(shopper));
        }
        List<Slate> slates = lists.of(some, !oneByOne);
        for (int i = 0; i < some.size(); i++) {
          out.write(line(some.get(i).shopper(), slates.get(i)));
          out.write('\n');
        }
        int done = from + some.size();
        progress.at("lists / 列表", (double) done / shoppers.size(), done);
      }
      progress.finish();
      double seconds = (System.nanoTime() - start) * 1e-9;
      err.printf(
          Locale.ROOT,
          "%,d lists in %.1f s, %.0f a second, written to / 已写入 %s%n",
          shoppers.size(),
          seconds,
          shoppers.size() / seconds,
          file);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(partial);
      throw e;
    }
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    return 0;
  }

  private String line(Shopper shopper, Slate slate) throws IOException {
    ObjectNode node = json.createObjectNode();
    switch (shopper) {
      case Shopper.User user -> node.put("userId", user.value());
      case Shopper.Visitor visitor -> node.put("visitorId", visitor.value());
    }
    node.put("scenario", slate.scenario());
    node.put("model", slate.model());
    ArrayNode items = node.putArray("items");
    for (Slate.Entry entry : slate.items()) {
      items.addObject().put("itemId", entry.itemId().value()).put("score", entry.score());
    }
    if (!slate.degraded().isEmpty()) {
      ArrayNode degraded = node.putArray("degraded");
      slate.degraded().forEach(degraded::add);
    }
    return json.writeValueAsString(node);
  }
}
