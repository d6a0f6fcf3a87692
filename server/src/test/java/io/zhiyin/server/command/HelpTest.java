package io.zhiyin.server.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.server.Main;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `--help` prints of every command and of the commands below it.
class HelpTest {
  @Test
  void everyDescriptionIsAFormatThatThePrinterUnderstands() {
    for (CommandLine command : all(Main.commands())) {
      CommandSpec spec = command.getCommandSpec();
      List<String> lines = new ArrayList<>(List.of(spec.usageMessage().description()));
      for (ArgSpec argument : spec.args()) {
        lines.addAll(asWritten(argument));
      }
      for (String line : lines) {
        assertFalse(
            line.replace("%%", "").replace("%n", "").contains("%"),
            () -> "a percent sign of '" + spec.qualifiedName() + "' must be doubled: " + line);
      }
    }
  }

  @Test
  void everyCommandExplainsItselfInBothLanguages() {
    for (CommandLine command : all(Main.commands())) {
      String description = String.join(" ", command.getCommandSpec().usageMessage().description());
      assertTrue(
          description.matches("(?s).*[A-Za-z]{3}.*\\p{IsHan}{2}.*"),
          () -> command.getCommandSpec().qualifiedName() + ": " + description);
    }
  }

  /// Its description before it is formatted.
  private static List<String> asWritten(ArgSpec argument) {
    if (argument.userObject() instanceof AnnotatedElement field) {
      Option option = field.getAnnotation(Option.class);
      Parameters parameters = field.getAnnotation(Parameters.class);
      return List.of(
          option != null ? option.description() : Objects.requireNonNull(parameters).description());
    }
    return List.of(); // --help and --version, which are picocli's own
  }

  private static List<CommandLine> all(CommandLine of) {
    List<CommandLine> commands = new ArrayList<>(List.of(of));
    of.getSubcommands().values().forEach(below -> commands.addAll(all(below)));
    return commands;
  }
}
