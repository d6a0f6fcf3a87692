package io.zhiyin.server.command;

import io.zhiyin.learning.train.Candidacy;
import io.zhiyin.learning.train.LocalWorkers;
import io.zhiyin.learning.train.PeerLostException;
import io.zhiyin.learning.train.Rendezvous;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The other processes of a training, on this machine or elsewhere, or nobody.
record Crew(Optional<Rendezvous> place, Optional<LocalWorkers> workers, Optional<Path> folder)
    implements AutoCloseable {
  static final Crew NONE = new Crew(Optional.empty(), Optional.empty(), Optional.empty());

  /// The program that each worker runs; `Main` knows this room, not the other way round.
  private static final String PROGRAM = "io.zhiyin.server.Main";

  /// Starts all but this one.
  static Crew here(int size, PrintWriter err) throws IOException {
    Path folder = Files.createTempDirectory("zhiyin-workers"); // of this user alone
    try {
      Rendezvous place = Rendezvous.open("file:" + folder.resolve("meeting"), size);
      LocalWorkers workers =
          LocalWorkers.start(size - 1, List.of(PROGRAM, "train", "--join", place.where()), folder);
      tell(
          err,
          "Training with %d processes on this machine.".formatted(size),
          "在本机用 %d 个进程训练。".formatted(size));
      return new Crew(Optional.of(place), Optional.of(workers), Optional.of(folder)).gathered();
    } catch (IOException | RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  /// Waits for all but this one.
  static Crew elsewhere(int size, String listen, PrintWriter err) {
    Rendezvous place = Rendezvous.open(listen, size);
    tell(
        err,
        "Waiting for %d more; on each other machine run: ./zhiyin train --join %s"
            .formatted(size - 1, place.where()),
        "等待另外 %d 个进程；请在其他机器上运行：./zhiyin train --join %s".formatted(size - 1, place.where()));
    return new Crew(Optional.of(place), Optional.empty(), Optional.empty()).gathered();
  }

  private static void tell(PrintWriter err, String english, String chinese) {
    err.println(english + " / " + chinese);
    err.flush();
  }

  private Crew gathered() {
    try {
      place.orElseThrow().gather(Rendezvous.COMING, () -> workers.ifPresent(LocalWorkers::check));
      return this;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// The same training with these processes.
  Candidacy with(Candidacy alone) {
    return place.map(alone::withPeers).orElse(alone);
  }

  /// Says which of them was lost, where that is known.
  PeerLostException explain(PeerLostException lost) {
    return workers.map(some -> some.explain(lost)).orElse(lost);
  }

  @Override
  public void close() {
    place.ifPresent(Rendezvous::close);
    workers.ifPresent(LocalWorkers::close);
    folder.ifPresent(Crew::delete);
  }

  private static void delete(Path folder) {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // what is left is small, and in the folder for temporary files
    }
  }
}
