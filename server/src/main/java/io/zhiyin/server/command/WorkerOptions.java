package io.zhiyin.server.command;

import io.zhiyin.engine.event.InvalidFieldException;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How many processes share out a training, and where.
final class WorkerOptions {
  @Option(
      names = "--workers",
      defaultValue = "1",
      paramLabel = "N",
      description = {
        "Processes that share out each step, this one included (default 1), on this machine unless --listen is given.",
        "共同训练的进程数（含本进程，默认 1）；未给 --listen 时都在本机启动。"
      })
  private int workers = 1;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = {
        "Wait for the other workers there instead of starting them; HOST is this machine's name or address for them. Neither encrypted nor protected: for trusted networks only.",
        "在此地址等待其他机器上的进程加入，而不在本机启动；HOST 是它们访问本机用的名称或地址。不加密也无鉴权：仅用于可信网络。"
      })
  private @Nullable String listen;

  /// How many of them are on this machine.
  int here() {
    return listen == null ? workers : 1;
  }

  /// Refuses what cannot be, before anything is opened.
  void check() {
    if (workers < 1) {
      throw new InvalidFieldException("workers", workers, "must be at least 1");
    }
    if (listen != null && workers < 2) {
      throw new WrongCallException(
          "--listen needs --workers N with N of 2 or more: how many processes train in all.",
          "--listen 需要同时给出 --workers N（N 至少为 2，即训练进程总数）。");
    }
  }

  /// Starts the others or waits for them; one process alone needs none.
  Crew crew(PrintWriter err) throws IOException {
    if (workers == 1) {
      return Crew.NONE;
    }
    return listen == null ? Crew.here(workers, err) : Crew.elsewhere(workers, listen, err);
  }
}
