package io.zhiyin.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherDoorsTest {
  @TempDir Path folder;

  private LauncherDoors doors;

  @BeforeEach
  void writeLauncher() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs /bin/sh");
    Path launcher = folder.resolve("zhiyin");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        cd "$(dirname "$0")"
        echo "$*" >> asked
        case "$1" in
          import) exit 3 ;;
          serve)
            trap 'echo goodbye >> asked; exit 0' TERM
            echo started > started
            while :; do sleep 0.05; done ;;
        esac
        """);
    assertTrue(launcher.toFile().setExecutable(true));
    doors = new LauncherDoors(launcher);
  }

  private List<String> asked() throws IOException {
    return Files.readAllLines(folder.resolve("asked"));
  }

  @Nested
  class ACommand {
    @Test
    void isRunWithItsArguments() throws Exception {
      doors.run(List.of("train", "--data", "a b"));
      assertEquals(List.of("train --data a b"), asked());
    }

    @Test
    void thatFailsIsNamedWithItsCodeInBothLanguages() {
      String message =
          assertThrows(DemoFailedException.class, () -> doors.run(List.of("import", "x")))
              .getMessage();
      assertTrue(message.contains("'zhiyin import x' ended with code 3"), message);
      assertTrue(message.contains("以代码 3 结束"), message);
    }
  }

  @Nested
  class DoorsThatNothingCameThrough {
    @Test
    void haveNothingToEnd() throws Exception {
      assertFalse(doors.close());
    }
  }

  @Nested
  class AServer {
    @Test
    void isAskedToEndAndWaitedFor() throws Exception {
      Doors.Running server = doors.start(List.of("serve"));
      while (!Files.exists(folder.resolve("started"))) {
        Thread.onSpinWait();
      }
      assertTrue(server.alive());
      assertTrue(doors.close());
      assertFalse(server.alive());
      assertEquals(List.of("serve", "goodbye"), asked());
    }
  }
}
