package io.zhiyin.server.command;

import io.zhiyin.cluster.journal.DataRefusedException;
import io.zhiyin.cluster.state.ReplayProgress;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.server.config.Capacity;
import io.zhiyin.server.config.Origins;
import io.zhiyin.server.config.Retraining;
import io.zhiyin.server.config.ServerSettings;
import io.zhiyin.server.config.SettingsException;
import io.zhiyin.server.http.Carriers;
import io.zhiyin.server.http.RunningServer;
import io.zhiyin.server.telemetry.AccessLog;
import io.zhiyin.server.telemetry.MarkWatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `serve`: runs until it is told to stop.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Serve a shop: HTTP API, storefront, health and metrics.",
      "启动一家店：接口、店面网页、健康检查与指标。"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final Logger WEB_SERVER = Logger.getLogger("io.helidon");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The data directory; made when it is missing. 数据目录")
  private Path data = Path.of("data");

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "N",
      description = "Port, 0 for any free one (default ${DEFAULT-VALUE}). 端口")
  private int port;

  @Option(
      names = "--host",
      defaultValue = ServerSettings.LOOPBACK,
      paramLabel = "H",
      description =
          "Address to listen on (default ${DEFAULT-VALUE}); beyond loopback only with keys."
              + " 监听地址")
  private String host = ServerSettings.LOOPBACK;

  @Option(names = "--access-log", description = "One line a request on standard output. 打印访问日志")
  private boolean accessLog;

  @Option(
      names = "--retrain-hours",
      paramLabel = "H",
      description =
          "Every so many hours, go on from the model in use with what happened (default: off)."
              + " 每隔多少小时自动增量训练")
  private @Nullable Integer retrainHours;

  @Option(
      names = "--retrain-events",
      paramLabel = "N",
      description =
          "After so many new events, go on from the model in use (default: off). 每新增多少事件自动增量训练")
  private @Nullable Long retrainEvents;

  @Option(
      names = "--budget-millis",
      paramLabel = "MS",
      description =
          "How long making a list may take; what is late is left out (default: 300)."
              + " 生成一个列表的时间预算（毫秒）")
  private @Nullable Integer budgetMillis;

  @Option(
      names = "--lists-at-once",
      paramLabel = "N",
      description =
          "How many lists are made at one time; more wait a little or are answered 503"
              + " (default: one for each processor). 同时生成的列表数，超出的短暂排队或返回 503")
  private @Nullable Integer listsAtOnce;

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      description =
          "Pages of that origin, such as https://shop.example, may send events and ask for lists;"
              + " repeatable, exact. 允许该来源的网页发送事件与请求列表")
  private List<String> allowOrigin = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Carriers.arrange();
    WEB_SERVER.setLevel(Level.WARNING); // its start-up lines say nothing that ours does not
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    AccessLog log = accessLog ? new AccessLog(clock, out::println) : AccessLog.OFF;
    ServerSettings settings =
        ServerSettings.of(data, port)
            .withHost(host)
            .withRetraining(retraining())
            .withCapacity(capacity())
            .withOrigins(Origins.of(allowOrigin));
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (RunningServer server = RunningServer.listen(settings, clock, log, progress(out))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(stop, stopped), "zhiyin-stop"));
      server.openShops();
      say(out, "Zhiyin serves on " + server.url() + "/ (Ctrl-C stops it · 按 Ctrl-C 停止)");
      say(out, "Console · 控制台: " + server.url() + "/console");
      MarkWatch.begin();
      stop.await();
    } catch (SettingsException | DataRefusedException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 2;
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private Capacity capacity() {
    Capacity capacity = Capacity.DEFAULT;
    if (budgetMillis != null) {
      if (budgetMillis < 1) {
        throw new InvalidFieldException("budget-millis", budgetMillis, "must be at least 1");
      }
      capacity = capacity.withBudget(Duration.ofMillis(budgetMillis));
    }
    if (listsAtOnce != null) {
      if (listsAtOnce < 1) {
        throw new InvalidFieldException("lists-at-once", listsAtOnce, "must be at least 1");
      }
      capacity = capacity.withLists(listsAtOnce);
    }
    return capacity;
  }

  private Retraining retraining() {
    if (retrainHours != null && retrainHours < 1) {
      throw new InvalidFieldException("retrain-hours", retrainHours, "must be at least 1");
    }
    if (retrainEvents != null && retrainEvents < 1) {
      throw new InvalidFieldException("retrain-events", retrainEvents, "must be at least 1");
    }
    return new Retraining(
        retrainHours == null ? Duration.ZERO : Duration.ofHours(retrainHours),
        retrainEvents == null ? 0 : retrainEvents);
  }

  /// Runs when the process is told to end: lets [#call] close everything, and then ends the process
  /// as one that did what it was told, not as one that was killed.
  private static void finish(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      boolean inTime = stopped.await(30, TimeUnit.SECONDS);
      Runtime.getRuntime().halt(inTime ? 0 : 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ReplayProgress progress(PrintWriter out) {
    return (done, total, rate) ->
        say(
            out,
            String.format(
                Locale.ROOT,
                "Read %,d of %,d events (%,.0f a second) · 已读取 %,d / %,d 条事件",
                done,
                total,
                rate,
                done,
                total));
  }

  private static void say(PrintWriter out, String sentence) {
    out.println(sentence);
    out.flush();
  }
}
