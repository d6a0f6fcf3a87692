package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ReplayProgress;
import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.learning.train.ModelRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine.Option;

/// Which data directory, and which shop in it.
final class ShopOptions {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = {"The data directory.", "数据目录。"})
  private Path data = Path.of("data");

  @Option(
      names = "--shop",
      defaultValue = "default",
      paramLabel = "ID",
      description = {"The shop (default: default).", "店铺编号。"})
  private String shop = "default";

  Path data() {
    return data;
  }

  ShopId shop() {
    return new ShopId(shop);
  }

  /// What the data is called in reports: the directory's name, and the shop's unless it is the only
  /// one.
  String name() {
    Path last = data.toAbsolutePath().normalize().getFileName();
    String directory = last == null ? "data" : last.toString();
    return shop().equals(ShopId.DEFAULT) ? directory : directory + "/" + shop;
  }

  /// Notes in the shop's audit log what this command changed.
  void changed(Clock clock, String what, Map<String, String> details) {
    Changes.note(data, shop(), clock, what, details);
  }

  /// The shop's models; needs no lock, so that it works beside a running server.
  ModelRegistry models() {
    return models(data, shop());
  }

  /// The models of a shop in a data directory.
  static ModelRegistry models(Path data, ShopId shop) {
    return new ModelRegistry(data.resolve("shops").resolve(shop.value()).resolve("models"));
  }

  /// The shop, created when it is missing.
  ShopStore openOrCreate(Clock clock, ConsoleProgress progress) throws IOException {
    progress.begin();
    ReplayProgress replay =
        (done, total, _) -> progress.at("opening / 打开", (double) done / total, done);
    ShopStore store = ShopStore.open(data, shop(), clock, replay);
    progress.finish();
    return store;
  }

  /// The shop, which must be there.
  ShopStore open(Clock clock, ConsoleProgress progress) throws IOException {
    if (!Files.isDirectory(data)) {
      throw new WrongCallException(
          "There is no data directory " + data + ": import something into it first.",
          "数据目录 " + data + " 不存在：请先导入数据。");
    }
    ShopStore store = openOrCreate(clock, progress);
    if (store.journal().end() == 0) {
      store.close();
      throw new WrongCallException(
          "The shop " + shop + " in " + data + " is empty: import something first.",
          data + " 中的店铺 " + shop + " 还没有数据：请先导入。");
    }
    return store;
  }
}
