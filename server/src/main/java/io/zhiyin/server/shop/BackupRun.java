package io.zhiyin.server.shop;

import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.intake.Encoding;
import io.zhiyin.engine.intake.EventTypes;
import io.zhiyin.engine.intake.Importer;
import io.zhiyin.engine.intake.JournalJson;
import io.zhiyin.engine.intake.JsonlImporter;
import io.zhiyin.engine.intake.Reject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Writes a backup of a running shop, or reads one again, and compares what is in the file with
/// what the journal has: by number and by a checksum over all events in order.
public final class BackupRun {
  private final Path file;
  private final Clock clock;
  private final Task task;
  private final long total;
  private long done;
  private State state = State.RUNNING;
  private @Nullable String failure;
  private volatile boolean cancelled;

  /// What it does.
  public enum Task {
    WRITE,
    VERIFY
  }

  /// How it went.
  public enum State {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }

  /// How it is at one moment.
  ///
  /// @param done events written and read again so far
  /// @param total how many there will be
  /// @param failure a sentence; null unless failed
  public record Look(
      Path file, Task task, State state, long done, long total, @Nullable String failure) {}

  /// @param total events to write and read, for the share that is done
  BackupRun(Path file, Task task, long total, Clock clock) {
    this.file = file;
    this.task = task;
    this.total = total;
    this.clock = clock;
  }

  public synchronized Look look() {
    return new Look(file, task, state, done, total, failure);
  }

  /// Ends it; nothing of what was written stays.
  void cancel() {
    cancelled = true;
  }

  /// Writes what the journal has now, then reads it again.
  void write(Journal journal) {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    guarded(
        () -> {
          try {
            Files.createDirectories(file.getParent());
            ExportProof written = written(journal, partial);
            if (!read(partial).equals(written)) {
              throw new IOException("the file is not what was written");
            }
            written.write(ExportProof.beside(file));
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
          } finally {
            Files.deleteIfExists(partial);
          }
        });
  }

  /// Reads the file again and compares it with its proof.
  void verify() {
    guarded(
        () -> {
          Optional<ExportProof> proof = ExportProof.read(ExportProof.beside(file));
          if (proof.isEmpty()) {
            end(State.FAILED, "The proof beside the backup is damaged.");
          } else if (!read(file).equals(proof.get())) {
            end(State.FAILED, "The backup is not what was written: make a new one.");
          }
        });
  }

  private interface Work {
    void run() throws IOException;
  }

  private void guarded(Work work) {
    try {
      work.run();
      end(State.DONE, null);
    } catch (CancellationException e) {
      end(State.CANCELLED, null);
    } catch (UncheckedIOException | IOException e) {
      end(State.FAILED, "Reading or writing failed: " + e.getMessage());
    }
  }

  private synchronized void end(State last, @Nullable String why) {
    if (state == State.RUNNING) {
      state = last;
      failure = why;
    }
  }

  private ExportProof written(Journal journal, Path partial) throws IOException {
    ExportProof.Running proof = new ExportProof.Running();
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(partial), 1 << 16),
                StandardCharsets.UTF_8))) {
      journal.read(
          0,
          (_, event) -> {
            proof.add(event);
            step();
            try {
              out.write(JournalJson.write(event).toString());
              out.write('\n');
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return proof.soFar();
  }

  private ExportProof read(Path from) throws IOException {
    ExportProof.Running proof = new ExportProof.Running();
    new JsonlImporter(clock, EventTypes.with(Map.of()), Encoding.fixed(StandardCharsets.UTF_8))
        .read(List.of(from), new Added(proof, this::step));
    return proof.soFar();
  }

  private void step() {
    if (cancelled) {
      throw new CancellationException();
    }
    synchronized (this) {
      done++;
    }
  }

  /// Adds up what a backup says; it has events alone, and no bad line.
  private record Added(ExportProof.Running proof, Runnable step) implements Importer.Sink {
    @Override
    public void event(Event event) {
      proof.add(event);
      step.run();
    }

    @Override
    public void item(CatalogEvent item) throws IOException {
      throw new IOException("an item document is no line of a backup");
    }

    @Override
    public void reject(Reject bad) throws IOException {
      throw new IOException("line " + bad.line() + " is damaged");
    }

    @Override
    public void progress(Path file, long bytes) {}

    @Override
    public void note(String message) {}
  }
}
