package io.zhiyin.server.shop;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.intake.Importer;
import io.zhiyin.engine.intake.Reject;
import io.zhiyin.engine.intake.UnusableFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// One file on its way into a running shop: received piece by piece, read and checked as a whole,
/// then applied in batches, while requests go on.
public final class FileImport {
  private static final System.Logger LOG = System.getLogger(FileImport.class.getName());

  /// Rejected records that are kept to be shown; the file on disk has all.
  private static final int KEPT = 1_000;

  private static final int MOST_NOTES = 50;

  private static final String FAILED = "The import failed; the server's log says why.";

  /// Records between two words on how far it is.
  private static final int TELL_EVERY = 500;

  private final String id;
  private final ShopRuntime shop;
  private final ImportPlan plan;
  private final Upload upload;
  private final Path rejected;
  private final Clock clock;
  private final Importer importer;
  private final List<Reject> rejects = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Look look;
  private volatile boolean cancelled;

  /// How far it is.
  public enum State {
    RECEIVING,
    READING,
    APPLYING,
    DONE,
    CHECKED,
    CANCELLED,
    FAILED;

    /// Whether nothing will happen any more.
    public boolean isOver() {
      return compareTo(DONE) >= 0;
    }
  }

  /// How it looks at one moment.
  ///
  /// @param received bytes so far
  /// @param share of the present stage that is done, 0 to 1
  /// @param records read so far, good and bad
  /// @param counts what was applied; null before the end
  /// @param failure a sentence; null unless failed
  public record Look(
      State state,
      Instant began,
      @Nullable Instant ended,
      long received,
      double share,
      long records,
      long rejected,
      ImportRun.@Nullable Counts counts,
      @Nullable String failure) {
    private Look in(State next, double done) {
      return new Look(next, began, ended, received, done, records, rejected, counts, failure);
    }

    private Look with(long taken, long read, long bad) {
      return new Look(state, began, ended, taken, share, read, bad, counts, failure);
    }

    private Look over(
        State last, Instant now, ImportRun.@Nullable Counts did, @Nullable String why) {
      return new Look(last, began, now, received, share, records, rejected, did, why);
    }
  }

  /// @throws InvalidFieldException when an option of the plan is wrong
  FileImport(String id, ShopRuntime shop, ImportPlan plan, Path root, Clock clock) {
    this.id = id;
    this.shop = shop;
    this.plan = plan;
    this.upload = new Upload(root.resolve("uploads").resolve(id), plan);
    this.rejected = root.resolve("rejects").resolve(id + "-" + shop.id() + ".tsv");
    this.clock = clock;
    this.importer = plan.importer(clock);
    this.look = new Look(State.RECEIVING, clock.instant(), null, 0, 0, 0, 0, null, null);
  }

  public String id() {
    return id;
  }

  public ImportPlan plan() {
    return plan;
  }

  public synchronized Look look() {
    return look;
  }

  /// What the importer found out, such as which column it took for what.
  public synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  /// The first records that were not taken.
  public synchronized List<Reject> rejects() {
    return List.copyOf(rejects);
  }

  /// Where all records lie that were not taken, once there is one.
  public Path rejectFile() {
    return rejected;
  }

  /// Takes the next bytes.
  ///
  /// @param at where in the file they belong
  /// @return whether the file is whole now
  /// @throws IllegalStateException when they are not the next ones, are too many, or none are
  ///   wanted
  synchronized boolean receive(long at, byte[] bytes) throws IOException {
    if (look.state != State.RECEIVING || at != look.received) {
      throw new IllegalStateException(
          look.state == State.RECEIVING
              ? "The next bytes are those from " + look.received + ", not from " + at + "."
              : "The file is not being received any more.");
    }
    if (at + bytes.length > plan.bytes()) {
      throw new IllegalStateException(
          "The file was to have " + plan.bytes() + " bytes and would have more.");
    }
    upload.append(bytes);
    look = look.with(at + bytes.length, 0, 0);
    boolean whole = look.received == plan.bytes();
    if (whole) {
      look = look.in(State.READING, 0);
    }
    return whole;
  }

  /// Ends it, at once or after the batch that is being applied. What was applied stays; importing
  /// the same file again adds the rest.
  synchronized void cancel() throws IOException {
    cancelled = true;
    if (look.state == State.RECEIVING) {
      look = look.over(State.CANCELLED, clock.instant(), null, null);
      clear();
    }
  }

  /// Reads, checks and applies the received file. It is over when nothing of it lies on the disk
  /// any more.
  void run() {
    Ending ending = new Ending(FAILED);
    try {
      ending = read();
    } finally {
      // an error, too, such as too little memory, must not leave it "reading" for ever
      clear();
      synchronized (this) {
        look = look.over(ending.state, clock.instant(), ending.counts, ending.failure);
      }
    }
  }

  /// How the reading ended.
  private record Ending(State state, ImportRun.@Nullable Counts counts, @Nullable String failure) {
    Ending(State state) {
      this(state, null, null);
    }

    Ending(String failure) {
      this(State.FAILED, null, failure);
    }
  }

  private Ending read() {
    Ear ear = new Ear();
    try (Spool spool = Spool.open(upload.spool());
        RejectFile bad = new RejectFile(rejected);
        ImportRun run = new ImportRun(shop.catalog(), ear, spool, bad, ear, ear::note)) {
      run.read(
          (paths, sink) -> importer.read(paths, new NamedRejects(sink, upload::named, this::heard)),
          upload.files());
      ear.said(1, run.records());
      return plan.mode() == ImportPlan.Mode.CHECK_ONLY || run.isEmpty()
          ? new Ending(State.CHECKED)
          : new Ending(State.DONE, applied(run), null);
    } catch (CancellationException e) {
      return new Ending(State.CANCELLED);
    } catch (UnusableFileException e) {
      return new Ending(upload.named(String.valueOf(e.getMessage())));
    } catch (InvalidFieldException e) {
      return new Ending(e.field() + " " + e.reason() + " (" + e.value() + ").");
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Import " + id + " failed", e);
      return new Ending(FAILED);
    }
  }

  private ImportRun.Counts applied(ImportRun run) throws IOException {
    synchronized (this) {
      look = look.in(State.APPLYING, 0);
    }
    return run.apply();
  }

  private synchronized void heard(Reject bad) {
    look = look.with(look.received, look.records, look.rejected + 1);
    if (rejects.size() < KEPT) {
      rejects.add(bad);
    }
  }

  /// Takes what was received off the disk.
  private void clear() {
    try {
      upload.clear();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "What was uploaded stays in " + upload.directory(), e);
    }
  }

  /// Hears how far the import is, and takes what is good; ends both when it is not wanted any more.
  private final class Ear implements ImportRun.Progress, ImportRun.Target {
    @Override
    public void begin() {}

    @Override
    public void at(String stage, double share, long count) {
      if (cancelled) {
        throw new CancellationException();
      }
      if (count % TELL_EVERY == 0) {
        said(share, count);
      }
    }

    void said(double share, long count) {
      synchronized (FileImport.this) {
        long read = look.state == State.READING ? count : look.records;
        look = look.in(look.state, share).with(look.received, read, look.rejected);
      }
    }

    @Override
    public void finish() {}

    void note(String said) {
      synchronized (FileImport.this) {
        if (notes.size() < MOST_NOTES) {
          notes.add(upload.named(said));
        }
      }
    }

    @Override
    public List<Journal.Outcome> append(List<Event> events) throws IOException {
      if (cancelled) {
        throw new CancellationException();
      }
      return shop.append(List.copyOf(events));
    }

    @Override
    public long end() {
      return shop.journal().end();
    }
  }
}
