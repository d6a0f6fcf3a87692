package io.zhiyin.server.shop;

import io.zhiyin.cluster.state.BackgroundThread;
import io.zhiyin.engine.event.ShopId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Backups of running shops, in `backups` of the data directory: written and read again in the
/// background, one at a time in each shop.
public final class BackupDesk {
  private static final String END = ".jsonl.gz";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path root;
  private final Clock clock;
  private final ConcurrentHashMap<ShopId, BackupRun> last = new ConcurrentHashMap<>();

  BackupDesk(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  private Path directory(ShopId shop) {
    return root.resolve("backups").resolve(shop.value());
  }

  /// Begins to write one.
  ///
  /// @throws IllegalStateException when another is being written or verified
  public synchronized void begin(ShopRuntime shop, String who) {
    Path file = directory(shop.id()).resolve(STAMP.format(clock.instant()) + END);
    long twice = 2 * shop.journal().end();
    BackupRun run = new BackupRun(file, BackupRun.Task.WRITE, twice, clock);
    start(shop, run, () -> run.write(shop.journal()), who);
  }

  /// Begins to read one again.
  ///
  /// @throws IllegalStateException when another is being written or verified
  public synchronized void verify(ShopRuntime shop, Backup backup, String who) {
    long events = backup.proof().map(ExportProof::events).orElse(1L);
    BackupRun run = new BackupRun(backup.file(), BackupRun.Task.VERIFY, events, clock);
    start(shop, run, run::verify, who);
  }

  private void start(ShopRuntime shop, BackupRun run, Runnable work, String who) {
    BackupRun before = last.get(shop.id());
    if (before != null && before.look().state() == BackupRun.State.RUNNING) {
      throw new IllegalStateException("A backup is being written or verified already.");
    }
    last.put(shop.id(), run);
    BackgroundThread.of(
            "zhiyin-backup",
            () -> {
              work.run();
              BackupRun.Look look = run.look();
              shop.audit()
                  .write(
                      who,
                      look.task() == BackupRun.Task.WRITE ? "backup-ended" : "backup-verified",
                      Map.of(
                          "file",
                          look.file().getFileName().toString(),
                          "state",
                          look.state().name().toLowerCase(Locale.ROOT)));
            })
        .start();
  }

  /// What is being written or verified, or was last.
  public Optional<BackupRun.Look> running(ShopId shop) {
    return Optional.ofNullable(last.get(shop)).map(BackupRun::look);
  }

  /// Ends what is being written or verified.
  public void cancel(ShopId shop) {
    BackupRun run = last.get(shop);
    if (run != null) {
      run.cancel();
    }
  }

  /// The whole backups of that shop, the newest first.
  public List<Backup> of(ShopId shop) throws IOException {
    Path directory = directory(shop);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Backup> backups = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(END)).toList()) {
        if (Files.exists(ExportProof.beside(file))) {
          backup(file).ifPresent(backups::add);
        }
      }
    }
    backups.sort(Comparator.comparing(Backup::began).reversed());
    return backups;
  }

  private static Optional<Backup> backup(Path file) throws IOException {
    String name = file.getFileName().toString();
    String id = name.substring(0, name.length() - END.length());
    try {
      Instant began = Instant.from(STAMP.parse(id));
      Optional<ExportProof> proof = ExportProof.read(ExportProof.beside(file));
      return Optional.of(new Backup(id, file, began, Files.size(file), proof));
    } catch (DateTimeException notOurs) {
      return Optional.empty();
    }
  }

  /// Takes a backup off the disk.
  public void delete(Backup backup) throws IOException {
    Files.deleteIfExists(backup.file());
    Files.deleteIfExists(ExportProof.beside(backup.file()));
  }
}
