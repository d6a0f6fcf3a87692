package io.zhiyin.server;

import io.zhiyin.server.command.ServeCommand;
import picocli.CommandLine;

/// Serves, as a process of its own.
public final class DevMain {
  private DevMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new ServeCommand()).execute(args));
  }
}
