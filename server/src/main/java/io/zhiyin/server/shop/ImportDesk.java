package io.zhiyin.server.shop;

import io.zhiyin.engine.event.ShopId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Takes files into running shops, one at a time in each shop, and remembers the last ones until
/// the server stops.
public final class ImportDesk {
  private static final int REMEMBERED = 20;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path root;
  private final Clock clock;
  private final ConcurrentHashMap<ShopId, Deque<FileImport>> last = new ConcurrentHashMap<>();

  /// @param root the data directory, held by this process alone
  ImportDesk(Path root, Clock clock) throws IOException {
    this.root = root;
    this.clock = clock;
    clear(root.resolve("uploads"));
  }

  /// What a killed server left of uploads is of no use: nothing of it was acknowledged as applied.
  private static void clear(Path uploads) throws IOException {
    if (!Files.exists(uploads)) {
      return;
    }
    try (Stream<Path> left = Files.walk(uploads)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /// Begins to receive a file.
  ///
  /// @throws IllegalStateException when another import of the shop is not over, or the disk is full
  /// @throws io.zhiyin.engine.event.InvalidFieldException when an option of the plan is wrong
  public synchronized FileImport begin(ShopRuntime shop, ImportPlan plan) throws IOException {
    Deque<FileImport> all = last.computeIfAbsent(shop.id(), _ -> new ArrayDeque<>());
    if (!all.isEmpty() && !all.getFirst().look().state().isOver()) {
      throw new IllegalStateException("Another import is under way; one runs at a time.");
    }
    if (Files.getFileStore(root).getUsableSpace() < 4 * plan.bytes()) {
      throw new IllegalStateException("There is not enough room on the disk for this file.");
    }
    FileImport begun = new FileImport(STAMP.format(clock.instant()), shop, plan, root, clock);
    all.addFirst(begun);
    if (all.size() > REMEMBERED) {
      all.removeLast();
    }
    return begun;
  }

  /// Takes the next bytes of a file; when it is whole, the import goes on by itself.
  ///
  /// @throws IllegalStateException when they are not the next ones
  public void receive(ShopRuntime shop, FileImport file, String who, long at, byte[] bytes)
      throws IOException {
    if (file.receive(at, bytes)) {
      Thread.ofPlatform()
          .name("zhiyin-import")
          .daemon()
          .start(
              () -> {
                try {
                  file.run();
                } finally {
                  note(shop, file, who);
                }
              });
    }
  }

  /// The imports of that shop since the start of the server, the newest first.
  public synchronized List<FileImport> of(ShopId shop) {
    return List.copyOf(last.getOrDefault(shop, new ArrayDeque<>()));
  }

  public Optional<FileImport> find(ShopId shop, String id) {
    return of(shop).stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /// Ends an import; what it applied stays.
  public void cancel(FileImport file) throws IOException {
    file.cancel();
  }

  private static void note(ShopRuntime shop, FileImport file, String who) {
    FileImport.Look look = file.look();
    ImportRun.Counts counts = look.counts();
    shop.audit()
        .write(
            who,
            "import-ended",
            Map.of(
                "file",
                file.plan().fileName(),
                "state",
                look.state().name().toLowerCase(Locale.ROOT),
                "events",
                Long.toString(counts == null ? 0 : counts.events()),
                "items",
                Long.toString(counts == null ? 0 : counts.items()),
                "rejected",
                Long.toString(look.rejected())));
  }
}
