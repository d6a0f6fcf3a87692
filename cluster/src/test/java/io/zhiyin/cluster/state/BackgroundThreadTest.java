package io.zhiyin.cluster.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundThreadTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void givesWayToTheThreadThatStartedIt() throws Exception {
    int before = nice();
    FutureTask<Integer> itsNice = new FutureTask<>(BackgroundThreadTest::nice);

    BackgroundThread.of("background", itsNice).start();

    assertEquals(Math.max(before, BackgroundThread.NICE), itsNice.get());
    assertEquals(before, nice(), "who started it keeps its priority");
  }

  /// Of this thread: the 19th field of its
  /// [stat](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
  private static int nice() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      String afterName = stat.substring(stat.lastIndexOf(')') + 2);
      return Integer.parseInt(afterName.split(" ", -1)[16]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
