package io.zhiyin.lab.demo;

import io.zhiyin.lab.demo.DemoProgress.Step;
import io.zhiyin.lab.simulate.ShopEvent;
import io.zhiyin.lab.simulate.ShopFiles;
import io.zhiyin.lab.simulate.ShopHistory;
import io.zhiyin.lab.simulate.SimulatedShop;
import io.zhiyin.lab.simulate.SimulatedShop.ShopSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Brings a data directory to where the demo shop can be served: generated, imported, trained. What
/// is complete already is not done again.
final class DemoSetup {
  /// Opening the shop before the epochs and fitting the blend after them take time too: with both,
  /// training stays below 90 seconds.
  static final int TRAINING_SECONDS = 70;

  private final Path data;
  private final Doors doors;
  private final PrintWriter out;

  DemoSetup(Path data, Doors doors, PrintWriter out) {
    this.data = data;
    this.doors = doors;
    this.out = out;
  }

  /// @param wanted what to make where nothing is there yet
  SimulatedShop prepare(ShopSettings wanted) throws IOException, InterruptedException {
    DemoProgress progress = progress(wanted);
    SimulatedShop shop = SimulatedShop.open(progress.settings());
    if (!progress.has(Step.GENERATE)) {
      generate(shop);
      progress.complete(Step.GENERATE);
    }
    if (!progress.has(Step.IMPORT)) {
      say("Importing the shop's items and history …", "正在导入商品与历史行为……");
      doors.run(
          List.of(
              "import",
              "--data",
              data.toString(),
              "--format",
              "jsonl",
              items().toString(),
              events().toString()));
      progress.complete(Step.IMPORT);
    }
    if (!progress.has(Step.TRAIN)) {
      say(
          "Training the sequence model for at most " + TRAINING_SECONDS + " s …",
          "正在训练序列模型，最多 " + TRAINING_SECONDS + " 秒……");
      doors.run(
          List.of(
              "train",
              "--data",
              data.toString(),
              "--seed",
              Long.toString(shop.settings().seed()),
              "--max-seconds",
              Integer.toString(TRAINING_SECONDS)));
      progress.complete(Step.TRAIN);
    }
    return shop;
  }

  private DemoProgress progress(ShopSettings wanted) throws IOException {
    if (Files.exists(DemoProgress.fileIn(data))) {
      DemoProgress found = DemoProgress.read(data);
      say("Going on with the demo shop in " + data + ".", "继续使用 " + data + " 中的演示商店。");
      return found;
    }
    if (Files.exists(data) && !isEmpty(data)) {
      throw new DemoFailedException(
          data + " holds something that is no demo shop. Choose an empty directory with --data.",
          data + " 中已有其他内容，不是演示商店。请用 --data 选择空目录。");
    }
    return DemoProgress.begin(data, wanted);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private void generate(SimulatedShop shop) throws IOException {
    ShopSettings settings = shop.settings();
    say(
        "Making a demo shop: "
            + shop.productCount()
            + " products, "
            + settings.shoppers()
            + " shoppers, "
            + settings.days()
            + " days …",
        "正在生成演示商店："
            + shop.productCount()
            + " 件商品、"
            + settings.shoppers()
            + " 位顾客、"
            + settings.days()
            + " 天……");
    ShopFiles files = new ShopFiles(shop);
    files.writeItems(items());
    files.writePictures(data.resolve("images"));
    say("  items and pictures are drawn", "  商品与图片已就绪");
    List<ShopEvent> history = ShopHistory.of(shop);
    files.writeEvents(events(), history);
    say("  " + history.size() + " events have happened", "  已产生 " + history.size() + " 条行为");
  }

  private Path items() {
    return data.resolve("demo").resolve("items.jsonl");
  }

  private Path events() {
    return data.resolve("demo").resolve("events.jsonl");
  }

  private void say(String english, String chinese) {
    out.println(english + " / " + chinese.strip());
    out.flush();
  }
}
