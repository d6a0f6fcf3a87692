package io.zhiyin.lab;

import io.zhiyin.lab.bench.BenchCommand;
import io.zhiyin.lab.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands that measure and show the product rather than run it.
@Command(
    name = "zhiyin",
    mixinStandardHelpOptions = true,
    subcommands = {DemoCommand.class, BenchCommand.class})
public final class LabMain {
  private LabMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new LabMain()).execute(args));
  }
}
