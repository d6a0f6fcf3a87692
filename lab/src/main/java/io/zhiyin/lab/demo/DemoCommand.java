package io.zhiyin.lab.demo;

import io.zhiyin.lab.simulate.HttpShop;
import io.zhiyin.lab.simulate.ListQuality;
import io.zhiyin.lab.simulate.LiveShoppers;
import io.zhiyin.lab.simulate.Pacer;
import io.zhiyin.lab.simulate.ShopLanguage;
import io.zhiyin.lab.simulate.SimulatedShop;
import io.zhiyin.lab.simulate.SimulatedShop.ShopSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `zhiyin demo`: a whole demo shop, loaded, trained, served, and live with simulated shoppers.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "A whole demo shop, loaded, trained and live with simulated shoppers.",
      "完整的演示商店：生成数据、训练、上线，并有模拟顾客光顾。"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final Duration PACE = Duration.ofMillis(500);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
  private static final int ASKED = 100;
  private static final int LIST = 12;
  private static final Duration LONGEST_START = Duration.ofSeconds(90);

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Where the shop listens (default ${DEFAULT-VALUE}). 监听端口。")
  private int port;

  @Option(
      names = "--data",
      description = "Where the shop keeps everything (default .zhiyin/demo). 数据目录。")
  private @Nullable Path data;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description = "Another number makes another shop (default ${DEFAULT-VALUE}). 随机种子。")
  private long seed;

  @Option(
      names = "--language",
      defaultValue = "zh",
      description = "The shop's first language, zh or en (default ${DEFAULT-VALUE}). 商店主语言。")
  private String language = "zh";

  @Option(names = "--no-shoppers", description = "Leave the shop to you alone. 不启动模拟顾客。")
  private boolean noShoppers;

  @Spec private @Nullable CommandSpec spec;

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = console();
    try {
      checkPort();
      LauncherDoors doors = new LauncherDoors(launcher());
      Goodbye goodbye = new Goodbye(doors, out);
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(goodbye));
      return open(doors, goodbye, out);
    } catch (DemoFailedException e) {
      out.println(e.getMessage());
      out.flush();
      return 1;
    }
  }

  private int open(LauncherDoors doors, Goodbye goodbye, PrintWriter out)
      throws IOException, InterruptedException {
    Path folder = dataFolder();
    ShopSettings wanted =
        ShopSettings.demo(
            seed, clock.instant().truncatedTo(ChronoUnit.SECONDS), ShopLanguage.of(language));
    long start = clock.millis();
    SimulatedShop shop = new DemoSetup(folder, doors, out).prepare(wanted);
    Doors.Running server =
        doors.start(
            List.of("serve", "--data", folder.toString(), "--port", Integer.toString(port)));
    URI address = URI.create("http://127.0.0.1:" + port + "/");
    try (HttpShop http = new HttpShop(address)) {
      awaitReady(http, server);
      out.println("Ready after " + (clock.millis() - start) / 1000 + " s. 准备就绪。");
      out.print(Welcome.addresses(address, shop));
      out.println(Welcome.quality(ListQuality.measure(shop, http, ASKED, LIST, clock.instant())));
      out.flush();
      if (noShoppers) {
        while (server.alive()) {
          Thread.sleep(BETWEEN_LINES);
        }
      } else {
        welcomeShoppers(shop, http, server, goodbye, out);
      }
    }
    throw new DemoFailedException("The server has ended; the lines above say why.", "服务已结束，原因见上。");
  }

  private void welcomeShoppers(
      SimulatedShop shop, HttpShop http, Doors.Running server, Goodbye goodbye, PrintWriter out)
      throws InterruptedException {
    LiveShoppers shoppers =
        new LiveShoppers(shop, http, seed + clock.instant().getEpochSecond(), clock);
    goodbye.shoppers(
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    shoppers.run(server::alive, PACE, Pacer.realTime());
                  } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                  }
                }));
    while (server.alive()) {
      Thread.sleep(BETWEEN_LINES);
      out.println(Welcome.status(shoppers.figures()));
      out.flush();
    }
  }

  private void awaitReady(HttpShop http, Doors.Running server) throws InterruptedException {
    long latest = clock.millis() + LONGEST_START.toMillis();
    while (!http.ready()) {
      if (!server.alive()) {
        throw new DemoFailedException(
            "The server has ended before it was ready; the lines above say why.",
            "服务未就绪即已结束，原因见上。");
      }
      if (clock.millis() > latest) {
        throw new DemoFailedException(
            "The server is not ready after " + LONGEST_START.toSeconds() + " s.",
            "服务在 " + LONGEST_START.toSeconds() + " 秒内未就绪。");
      }
      Thread.sleep(200);
    }
  }

  private void checkPort() {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      socket.getLocalPort();
    } catch (IOException e) {
      throw new DemoFailedException(
          "Port " + port + " is taken (" + e.getMessage() + "). Choose another with --port.",
          "端口 " + port + " 已被占用，请用 --port 另选端口。");
    }
  }

  private static Path launcher() {
    return Optional.ofNullable(System.getenv("ZHIYIN_LAUNCHER"))
        .map(Path::of)
        .filter(Files::isExecutable)
        .orElseThrow(
            () ->
                new DemoFailedException(
                    "The demo runs the product's own commands: start it with './zhiyin demo'.",
                    "演示需要调用产品自身的命令：请用“./zhiyin demo”启动。"));
  }

  private Path dataFolder() {
    Path chosen = data;
    if (chosen != null) {
      return chosen.toAbsolutePath().normalize();
    }
    return Path.of(System.getProperty("zhiyin.root", ""), ".zhiyin", "demo").toAbsolutePath();
  }

  private PrintWriter console() {
    CommandSpec own = spec;
    if (own == null) {
      throw new IllegalStateException("picocli has not set up the command");
    }
    return own.commandLine().getOut();
  }

  /// What happens at Ctrl-C: shoppers leave, then the server is asked to end and waited for.
  private static final class Goodbye implements Runnable {
    private final LauncherDoors doors;
    private final PrintWriter out;
    private volatile @Nullable Thread shoppers;

    Goodbye(LauncherDoors doors, PrintWriter out) {
      this.doors = doors;
      this.out = out;
    }

    void shoppers(Thread thread) {
      this.shoppers = thread;
    }

    @Override
    public void run() {
      try {
        Thread thread = shoppers;
        if (thread != null) {
          thread.interrupt();
          thread.join();
        }
        if (doors.close()) {
          out.println("The shop is closed. 商店已打烊。");
          out.flush();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
