package io.zhiyin.lab.bench;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `bench serve` and `bench ingest` can be told: how large the shop is and how hard it is
/// asked. The defaults take less than two minutes.
final class LoadOptions {
  @Option(
      names = "--items",
      defaultValue = "100000",
      paramLabel = "N",
      description = "serve, ingest, search: items of the made shop (${DEFAULT-VALUE}). 商品数")
  int items;

  @Option(
      names = "--users",
      defaultValue = "10000",
      paramLabel = "N",
      description = "serve, ingest: its shoppers (${DEFAULT-VALUE}). 用户数")
  int users;

  @Option(
      names = "--history",
      defaultValue = "50",
      paramLabel = "N",
      description = "serve, ingest: events of each shopper (${DEFAULT-VALUE}). 每位用户的事件数")
  int history;

  @Option(
      names = "--rate",
      defaultValue = "300",
      paramLabel = "R",
      description = "serve, search: requests a second (${DEFAULT-VALUE}). 每秒请求数")
  double rate;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      paramLabel = "S",
      description = "serve, ingest: how long each measurement takes (${DEFAULT-VALUE}). 每次测量的秒数")
  int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "12",
      paramLabel = "S",
      description =
          "serve, ingest: seconds of work before anything counts (${DEFAULT-VALUE}). 预热秒数")
  int warmUp;

  @Option(
      names = "--clients",
      defaultValue = "64",
      paramLabel = "N",
      description = "ingest: clients that send single events (${DEFAULT-VALUE}). 单事件客户端数")
  int clients;

  @Option(
      names = "--event-rate",
      defaultValue = "0",
      paramLabel = "R",
      description =
          "ingest: single events a second at a constant rate, 0 for half of what the clients"
              + " reach (${DEFAULT-VALUE}). 恒定速率的单事件数，0 为客户端所达速率的一半")
  double eventRate;

  @Option(
      names = "--trials",
      defaultValue = "10000",
      paramLabel = "N",
      description =
          "freshness: how many times an event is followed by a list (${DEFAULT-VALUE})."
              + " 事件后立即请求列表的次数")
  int trials;

  @Option(
      names = "--filter",
      defaultValue = "price >= 20.0",
      paramLabel = "CEL",
      description = "serve: condition of every request; empty for none (${DEFAULT-VALUE}). 请求的过滤条件")
  String filter = "";

  @Option(
      names = "--overload",
      defaultValue = "0",
      paramLabel = "X",
      description =
          "serve: also ask X times as much as the server can answer, and see it recover."
              + " 额外以 X 倍于容量的请求施压")
  double overload;

  @Option(
      names = "--server-options",
      defaultValue = "",
      paramLabel = "OPTS",
      description = "serve, ingest: options of the server's JVM, such as -Xmx3g. 服务进程的 JVM 选项")
  String serverOptions = "";

  @Option(
      names = "--serve-options",
      defaultValue = "",
      paramLabel = "OPTS",
      description =
          "serve, ingest: more options of 'zhiyin serve', parted by spaces. 传给 serve 的更多选项")
  String serveOptions = "";

  @Option(
      names = "--shops",
      paramLabel = "DIR",
      description = "serve, ingest: where made shops are kept (.zhiyin/bench). 生成的店铺存放目录")
  @Nullable Path shops;

  /// The folder of the made shops.
  Path folder() {
    Path chosen = shops;
    return chosen != null
        ? chosen.toAbsolutePath().normalize()
        : Path.of(System.getProperty("zhiyin.root", ""), ".zhiyin", "bench").toAbsolutePath();
  }
}
