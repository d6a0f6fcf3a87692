package io.zhiyin.lab.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The server under load, in a process of its own as the launcher starts it.
final class ServerProcess implements AutoCloseable {
  private static final long GOODBYE_SECONDS = 60;
  private static final long LONGEST_START_MINUTES = 30;

  private final Process process;
  private final int port;
  private final double startSeconds;

  private ServerProcess(Process process, int port, double startSeconds) {
    this.process = process;
    this.port = port;
    this.startSeconds = startSeconds;
  }

  /// Starts it on the data directory and waits until it is ready.
  ///
  /// @param log where its own lines go
  static ServerProcess start(Path data, LoadOptions options, Path log)
      throws IOException, InterruptedException {
    Path launcher =
        Optional.ofNullable(System.getenv("ZHIYIN_LAUNCHER"))
            .map(Path::of)
            .filter(Files::isExecutable)
            .orElseThrow(
                () ->
                    new BenchFailedException(
                        "This bench starts the product's own server: run it with './zhiyin bench'."));
    int port = freePort();
    List<String> line = new ArrayList<>(List.of(launcher.toString(), "serve"));
    line.addAll(List.of("--data", data.toString(), "--port", Integer.toString(port)));
    Arrays.stream(options.serveOptions.split(" ", -1))
        .filter(part -> !part.isEmpty())
        .forEach(line::add);
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("ZHIYIN_JAVA_OPTS", options.serverOptions);
    long start = System.nanoTime();
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
    long latest = start + TimeUnit.MINUTES.toNanos(LONGEST_START_MINUTES);
    while (!ready(port)) {
      if (!process.isAlive() || System.nanoTime() - latest > 0) {
        process.destroy();
        throw new BenchFailedException("The server did not get ready; " + log + " says why.");
      }
      Thread.sleep(50);
    }
    return new ServerProcess(process, port, (System.nanoTime() - start) / 1e9);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean ready(int port) {
    try (HttpConnection connection = new HttpConnection(port)) {
      return connection.call(HttpConnection.get("/health/ready")) == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /// From the launcher's start to ready.
  double startSeconds() {
    return startSeconds;
  }

  /// Processor time, user and system, that it has used since its start.
  double cpuSeconds() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
  }

  /// The same of this process.
  static double ownCpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L)
        / 1e9;
  }

  /// Its resident memory in MiB; NaN where the system does not say.
  double residentMegabytes() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.isReadable(status)) {
      return Double.NaN;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    return Double.NaN;
  }

  /// What lives on its heap in MiB: after a full collection, as the JDK's `jcmd` tells it; NaN
  /// without that.
  double liveHeapMegabytes() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      return Double.NaN;
    }
    jcmd(jcmd, "GC.run");
    Matcher used = Pattern.compile("used (\\d+)K").matcher(jcmd(jcmd, "GC.heap_info"));
    return used.find() ? Long.parseLong(used.group(1)) / 1024.0 : Double.NaN;
  }

  private String jcmd(Path jcmd, String command) throws IOException, InterruptedException {
    Process call =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    String text = new String(call.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    call.waitFor();
    return text;
  }

  /// The body of one call.
  String text(String path) throws IOException {
    try (HttpConnection connection = new HttpConnection(port)) {
      int status = connection.call(HttpConnection.get(path));
      if (status != 200) {
        throw new BenchFailedException(path + " answered " + status + ": " + connection.text());
      }
      return connection.text();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(GOODBYE_SECONDS, TimeUnit.SECONDS)
        .exceptionallyCompose(_ -> process.destroyForcibly().onExit())
        .join();
  }
}
