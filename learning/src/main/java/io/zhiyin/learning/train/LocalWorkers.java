package io.zhiyin.learning.train;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Processes on this machine that run the same program as this one and take part in its training.
/// They say what they have to say in files beside each other.
public final class LocalWorkers implements AutoCloseable {
  private static final int LEAVING_SECONDS = 20;

  private final Path folder;
  private final List<Process> processes;

  private LocalWorkers(Path folder, List<Process> processes) {
    this.folder = folder;
    this.processes = processes;
  }

  /// Starts some.
  ///
  /// @param program the class with the `main` method, and its arguments
  /// @param folder where what they say is kept
  public static LocalWorkers start(int count, List<String> program, Path folder)
      throws IOException {
    List<Process> processes = new ArrayList<>();
    LocalWorkers workers = new LocalWorkers(folder, processes);
    try {
      for (int w = 1; w <= count; w++) {
        ProcessBuilder builder = new ProcessBuilder(java(program));
        builder.redirectErrorStream(true).redirectOutput(workers.log(w).toFile());
        processes.add(builder.start());
      }
      return workers;
    } catch (IOException e) {
      workers.close();
      throw e;
    }
  }

  /// This process's Java with its options and classes, but without what watches it.
  private static List<String> java(List<String> program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith("-javaagent:") && !option.startsWith("-agentlib:")) {
        command.add(option);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(program);
    return command;
  }

  private Path log(int worker) {
    return folder.resolve("worker-" + worker + ".log");
  }

  /// The processes, in their order.
  public List<ProcessHandle> handles() {
    return processes.stream().map(Process::toHandle).toList();
  }

  /// @throws PeerLostException when one has ended with a failure, with the last thing that it said
  public void check() {
    for (int w = 1; w <= processes.size(); w++) {
      Process process = processes.get(w - 1);
      if (!process.isAlive() && process.exitValue() != 0) {
        String last = lastLine(log(w));
        throw new PeerLostException(
            "Worker %d ended with status %d%s, so the training was ended. Run the same command again: it goes on from the last checkpoint."
                .formatted(w, process.exitValue(), last.isEmpty() ? "" : " (" + last + ")"),
            "第 %d 个训练进程以状态 %d 退出，训练中止。请重新运行同一命令，将从最近的检查点继续。".formatted(w, process.exitValue()));
      }
    }
  }

  /// Says which one is gone, where one is.
  ///
  /// @return the given, when none has failed
  public PeerLostException explain(PeerLostException lost) {
    try {
      for (Process process : processes) {
        var _ = process.waitFor(1, TimeUnit.SECONDS); // it closes its connections before it is gone
      }
      check();
      return lost;
    } catch (PeerLostException better) {
      better.addSuppressed(lost);
      return better;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return lost;
    }
  }

  private static String lastLine(Path log) {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.UTF_8).strip().lines().toList();
      return lines.isEmpty() ? "" : lines.getLast();
    } catch (IOException e) {
      return "";
    }
  }

  /// Those who are done leave by themselves; the others are ended.
  @Override
  public void close() {
    for (Process process : processes) {
      try {
        if (!process.waitFor(LEAVING_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
