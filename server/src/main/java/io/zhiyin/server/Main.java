package io.zhiyin.server;

import io.zhiyin.server.command.CompressCommand;
import io.zhiyin.server.command.EraseCommand;
import io.zhiyin.server.command.EvaluateCommand;
import io.zhiyin.server.command.ExportCommand;
import io.zhiyin.server.command.Failures;
import io.zhiyin.server.command.ImportCommand;
import io.zhiyin.server.command.InterestCommand;
import io.zhiyin.server.command.KeysCommand;
import io.zhiyin.server.command.ListsCommand;
import io.zhiyin.server.command.ModelsCommand;
import io.zhiyin.server.command.OneLineLogs;
import io.zhiyin.server.command.RestoreCommand;
import io.zhiyin.server.command.ServeCommand;
import io.zhiyin.server.command.TrainCommand;
import io.zhiyin.server.command.TuneCommand;
import io.zhiyin.server.command.Version;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The program's commands. Every failure ends with one sentence and a status that is not 0.
@Command(
    name = "zhiyin",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {"Zhiyin: the recommendation engine that a shop runs itself.", "知音：店家自己运行的推荐引擎。"},
    footer = {
      "  demo      A whole demo shop, trained and live; '--help' after it says more.",
      "  bench     Benchmarks, each beside its reference in one run.",
    })
public final class Main implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          ServeCommand.class,
          ImportCommand.class,
          TrainCommand.class,
          TuneCommand.class,
          CompressCommand.class,
          EvaluateCommand.class,
          InterestCommand.class,
          ListsCommand.class,
          ModelsCommand.class,
          ExportCommand.class,
          RestoreCommand.class,
          EraseCommand.class,
          KeysCommand.class);

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = {"Show the whole cause of a failure.", "出错时显示完整原因。"})
  private boolean debug;

  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] args) {
    OneLineLogs.install();
    int status = commands(args).execute(args);
    Runtime.getRuntime().exit(status);
  }

  /// The command line, writing to the process's own streams unless told otherwise.
  ///
  /// @param args where the first is a command, it is the only one that is made: to look at all of
  ///   them takes a quarter of a second of each start
  public static CommandLine commands(String... args) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    List<Class<?>> asked =
        COMMANDS.stream()
            .filter(command -> args.length > 0 && name(command).equals(args[0]))
            .toList();
    (asked.isEmpty() ? COMMANDS : asked).forEach(line::addSubcommand);
    return line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(Failures::usage)
        .setExecutionExceptionHandler(new Failures(() -> main.debug));
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  /// Without a command: says which there are.
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
