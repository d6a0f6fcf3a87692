package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.encode.PretrainedText;
import io.zhiyin.learning.encode.ShopTexts;
import io.zhiyin.learning.train.Compression;
import io.zhiyin.learning.train.ModelRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `compress`: a smaller copy of a trained model, measured beside it.
@Command(
    name = "compress",
    mixinStandardHelpOptions = true,
    description = {
      "Make a smaller copy of the model in use, and measure both: size, latency, NDCG@10.",
      "为启用中的模型生成更小的副本，并对比体积、延迟和 NDCG@10。"
    })
public final class CompressCommand implements Callable<Integer> {
  /// A loss of NDCG@10 beyond this is warned of.
  private static final double TOO_MUCH = 0.01;

  @Mixin private ShopOptions shop = new ShopOptions();

  @Option(
      names = "--bits",
      paramLabel = "8|4",
      defaultValue = "8",
      description = {"Bits that a weight takes (default 8).", "每个权重的位数（默认 8）。"})
  private int bits = 8;

  @Option(
      names = "--prune",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = {
        "Share of the layers' smallest weights that become zero, such as 0.3 (default 0).",
        "各层中置零的最小权重比例，如 0.3（默认 0）。"
      })
  private double prune;

  @Option(
      names = "--model",
      paramLabel = "ID",
      description = {"Another model than the one in use.", "指定其他模型（默认为启用中的模型）。"})
  private @Nullable String model;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (bits != 8 && bits != 4) {
      throw new InvalidFieldException("bits", bits, "must be 8 or 4");
    }
    if (!(prune >= 0 && prune < 1)) {
      throw new InvalidFieldException("prune", prune, "must be from 0 up to, but not, 1");
    }
    Clock clock = Clock.systemUTC();
    ConsoleProgress progress = ConsoleProgress.ofThisProcess(spec.commandLine().getErr(), clock);
    try (ShopStore store = shop.open(clock, progress);
        PretrainedText pretrained = PretrainedText.onClassPath()) {
      ShopTexts texts = pretrained.forShop(store.directory());
      ModelRegistry registry = new ModelRegistry(store.directory().resolve("models"));
      String parent =
          model != null
              ? model
              : registry
                  .active()
                  .orElseThrow(
                      () ->
                          new WrongCallException(
                              "There is no model in use: train one with './zhiyin train' first.",
                              "还没有启用的模型：请先运行 ./zhiyin train。"));
      ShopData data = ShopData.of(shop.name(), store.catalog(), store.profiles());
      Compression.Report report =
          new Compression(bits, prune, clock, texts.encoders()).run(data, registry, parent);
      shop.changed(clock, "model-compressed", Map.of("model", report.after().id(), "from", parent));
      print(report);
    }
    return 0;
  }

  private void print(Compression.Report report) {
    PrintWriter out = spec.commandLine().getOut();
    Compression.Measured before = report.before();
    Compression.Measured after = report.after();
    line(out, "", before.id(), after.id());
    line(
        out,
        "weights, bytes / 权重字节数",
        "%,d".formatted(before.bytes()),
        "%,d".formatted(after.bytes()));
    line(out, "NDCG@10, all evidence / 综合", number(before.served()), number(after.served()));
    line(out, "NDCG@10, model alone / 单模型", number(before.alone()), number(after.alone()));
    line(
        out,
        "encode + best 100, µs / 延迟",
        String.format(Locale.ROOT, "%.0f", before.micros()),
        String.format(Locale.ROOT, "%.0f", after.micros()));
    out.printf(
        Locale.ROOT,
        "%.1f × smaller, %.2f %% of NDCG@10 lost, %,d shoppers asked / 体积缩小 %.1f 倍，NDCG@10 损失 %.2f %%，%,d 位用户%n",
        (double) before.bytes() / after.bytes(),
        100 * report.loss(),
        report.asked(),
        (double) before.bytes() / after.bytes(),
        100 * report.loss(),
        report.asked());
    if (report.loss() > TOO_MUCH) {
      out.println(
          "That is more than 1 %: more bits or less pruning may keep it. / 损失超过 1 %：可增加位数或减少剪枝。");
    }
    out.printf(
        "Put it to use: ./zhiyin models activate --data %s %s / 启用：同上命令%n",
        shop.data(), after.id());
    out.flush();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static void line(PrintWriter out, String what, String before, String after) {
    out.printf("%-34s %32s %40s%n", what, before, after);
  }
}
