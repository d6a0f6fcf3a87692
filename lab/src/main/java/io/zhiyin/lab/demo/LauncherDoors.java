package io.zhiyin.lab.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Opens the doors through the launcher script, each command in a process of its own that writes to
/// this one's console.
final class LauncherDoors implements Doors {
  private static final long GOODBYE_SECONDS = 30;

  private final Path launcher;
  private volatile @Nullable Process current;

  LauncherDoors(Path launcher) {
    this.launcher = launcher;
  }

  @Override
  public void run(List<String> command) throws IOException, InterruptedException {
    Process process = process(command);
    current = process;
    int code = process.waitFor();
    current = null;
    if (code != 0) {
      String line = "zhiyin " + String.join(" ", command);
      throw new DemoFailedException(
          "'" + line + "' ended with code " + code + "; the lines above say why.",
          "“" + line + "”以代码 " + code + " 结束，原因见上。");
    }
  }

  @Override
  public Running start(List<String> command) throws IOException {
    Process process = process(command);
    current = process;
    return new Running() {
      @Override
      public boolean alive() {
        return process.isAlive();
      }

      @Override
      public void stop() throws InterruptedException {
        end(process);
      }
    };
  }

  /// Ends whatever is still at work.
  ///
  /// @return whether anything was
  boolean close() throws InterruptedException {
    Process process = current;
    if (process == null) {
      return false;
    }
    end(process);
    return true;
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process process(List<String> command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(launcher.toString());
    line.addAll(command);
    return new ProcessBuilder(line).inheritIO().start();
  }
}
