package io.zhiyin.lab;

import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The house as `ARCHITECTURE.md` draws it is the house that stands.
///
/// Lives in the last module of the build, so that the classes of all the others are there to read.
class ArchitectureTest {
  private static final Path ROOT = Path.of(System.getProperty("zhiyin.root", ".."));
  private static final List<String> MODULES =
      List.of("kernel", "engine", "learning", "cluster", "server", "lab");
  private static final Map<String, List<String>> MODULES_BELOW =
      Map.of(
          "kernel", List.of(),
          "engine", List.of("kernel"),
          "learning", List.of("engine", "kernel"),
          "cluster", List.of("engine", "kernel"),
          "server", List.of("learning", "cluster", "engine", "kernel"),
          "lab", List.of("learning", "cluster", "engine", "kernel"));

  /// Rooms that talk to a person at a terminal.
  private static final Set<String> MAY_PRINT =
      Set.of("server.command", "server", "lab.bench", "lab.demo", "lab");

  private static JavaClasses classes;
  private static Map<String, Set<String>> allowed;

  @BeforeAll
  static void readTheHouse() throws IOException {
    List<Path> folders = MODULES.stream().map(m -> ROOT.resolve(m + "/target/classes")).toList();
    classes = new ClassFileImporter().importPaths(folders);
    allowed = readTable(Files.readAllLines(ROOT.resolve("ARCHITECTURE.md")));
  }

  @Test
  void scansTheWholeHouseAndNotAnEmptyFolder() {
    assertTrue(classes.size() > 200, "only " + classes.size() + " classes were found");
    for (String module : MODULES) {
      assertTrue(
          classes.stream().anyMatch(c -> c.getPackageName().startsWith("io.zhiyin." + module)),
          "no class of " + module + " was found");
    }
  }

  @Test
  void everyRoomStandsInTheTableAndEveryRowHasARoom() {
    Set<String> rooms = new TreeSet<>();
    classes.stream()
        .filter(c -> !c.getSimpleName().equals("package-info"))
        .forEach(c -> rooms.add(room(c)));
    assertEquals(new TreeSet<>(allowed.keySet()), rooms);
  }

  @Test
  void noClassUsesARoomThatItsRowDoesNotName() {
    List<String> broken = new ArrayList<>();
    for (JavaClass from : classes) {
      from.getDirectDependenciesFromSelf().stream()
          .filter(d -> d.getTargetClass().getPackageName().startsWith("io.zhiyin."))
          .filter(d -> !room(d.getTargetClass()).equals(room(from)))
          .filter(
              d -> !allowed.getOrDefault(room(from), Set.of()).contains(room(d.getTargetClass())))
          .forEach(
              d ->
                  broken.add(
                      room(from)
                          + " must not use "
                          + room(d.getTargetClass())
                          + ": "
                          + d.getDescription()));
    }
    assertTrue(broken.isEmpty(), () -> String.join("\n", broken));
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("io.zhiyin.(*.*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyCommandsPrint() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        classes.that(
            DescribedPredicate.describe(
                "live in rooms that do not talk to a terminal",
                c -> !MAY_PRINT.contains(room(c)))));
  }

  @Test
  void nobodyThrowsGenericExceptions() {
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(classes);
  }

  private static String room(JavaClass c) {
    String[] parts = c.getPackageName().substring("io.zhiyin.".length()).split("\\.", -1);
    return parts.length == 1 ? parts[0] : parts[0] + "." + parts[1];
  }

  /// Rows of the table of rooms: room → all rooms that it may use.
  private static Map<String, Set<String>> readTable(List<String> lines) {
    Map<String, String> mayUse = new HashMap<>();
    for (String line : lines) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 6 && MODULES.contains(cells[1].strip()) && cells[2].contains("`")) {
        String name = cells[2].strip().replace("`", "");
        String module = cells[1].strip();
        mayUse.put(name.equals("(root)") ? module : module + "." + name, cells[4].strip());
      }
    }
    Map<String, Set<String>> result = new HashMap<>();
    mayUse.forEach(
        (room, text) -> {
          String module = room.split("\\.", -1)[0];
          Set<String> rooms = new HashSet<>();
          for (String word : text.split(", ", -1)) {
            if (word.equals("everything below")) {
              MODULES_BELOW.get(module).forEach(m -> rooms.addAll(roomsOf(m, mayUse.keySet())));
            } else if (MODULES_BELOW.get(module).contains(word)) {
              rooms.addAll(roomsOf(word, mayUse.keySet()));
            } else if (!word.equals("–")) {
              rooms.add(module + "." + word);
            }
          }
          result.put(room, rooms);
        });
    return result;
  }

  private static Set<String> roomsOf(String module, Set<String> rooms) {
    Set<String> result = new HashSet<>();
    for (String room : rooms) {
      if (room.equals(module) || room.startsWith(module + ".")) {
        result.add(room);
      }
    }
    return result;
  }
}
