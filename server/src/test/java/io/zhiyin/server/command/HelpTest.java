package io.zhiyin.server.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.server.Main;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// What `--help` prints of every command and of the commands below it.
class HelpTest {
  @Test
  void everyDescriptionIsAFormatThatThePrinterUnderstands() {
    for (CommandLine command : all(Main.commands())) {
      CommandSpec spec = command.getCommandSpec();
      List<String> lines = new ArrayList<>(List.of(spec.usageMessage().description()));
      spec.options().forEach(option -> lines.addAll(List.of(option.description())));
      spec.positionalParameters().forEach(place -> lines.addAll(List.of(place.description())));
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

  private static List<CommandLine> all(CommandLine of) {
    List<CommandLine> commands = new ArrayList<>(List.of(of));
    of.getSubcommands().values().forEach(below -> commands.addAll(all(below)));
    return commands;
  }
}
