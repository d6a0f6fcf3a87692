package io.zhiyin.server.shop;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.intake.Importer;
import io.zhiyin.engine.intake.Reject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One import: reads and checks everything, then applies it in batches, the catalogue first.
///
/// Ids come from content, so an import that was cut off while it was applied is healed by running
/// it again: what is there already is left out.
public final class ImportRun implements Importer.Sink, AutoCloseable {
  private static final int BATCH = 5_000;

  private final Catalog catalog;
  private final Target target;
  private final Spool spool;
  private final RejectFile rejects;
  private final Progress progress;
  private final Consumer<String> notes;
  private final List<CatalogEvent> items = new ArrayList<>();
  private final Map<Path, Long> bytes = new HashMap<>();
  private long total = 1;
  private long earlier;
  private long records;

  /// What an import did.
  ///
  /// @param read records, good and bad
  /// @param events that were new
  /// @param items whose document was new or changed
  /// @param duplicates events that the shop had already
  /// @param unchanged items whose document the shop had already
  public record Counts(long read, long events, long items, long duplicates, long unchanged) {}

  /// Where what is good goes.
  public interface Target {
    /// As [Journal#append].
    List<Journal.Outcome> append(List<Event> events) throws IOException;

    /// As [Journal#end].
    long end();
  }

  /// Hears how far it is.
  public interface Progress {
    /// A new stage begins.
    void begin();

    /// @param stage in English and Chinese
    /// @param share done, 0 to 1
    /// @param count of what was done
    void at(String stage, double share, long count);

    /// The stage is over.
    void finish();
  }

  /// @param catalog as it is, to tell changes
  /// @param notes takes what the importer found out and a person should know
  public ImportRun(
      Catalog catalog,
      Target target,
      Spool spool,
      RejectFile rejects,
      Progress progress,
      Consumer<String> notes) {
    this.catalog = catalog;
    this.target = target;
    this.spool = spool;
    this.rejects = rejects;
    this.progress = progress;
    this.notes = notes;
  }

  /// Reads everything; nothing is applied yet.
  public void read(Importer importer, List<Path> paths) throws IOException {
    for (Path path : paths) {
      total += size(path);
    }
    progress.begin();
    importer.read(paths, this);
    progress.finish();
  }

  private static long size(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Files.exists(path) ? Files.size(path) : 0;
    }
    long sum = 0;
    try (Stream<Path> inside = Files.list(path)) {
      for (Path file : inside.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  @Override
  public void event(Event event) throws IOException {
    spool.add(event);
  }

  @Override
  public void item(CatalogEvent item) {
    items.add(item);
  }

  @Override
  public void reject(Reject reject) throws IOException {
    rejects.add(reject);
  }

  @Override
  public void progress(Path file, long read) {
    records++;
    long before = bytes.getOrDefault(file, 0L);
    if (read != before) {
      earlier += read - before;
      bytes.put(file, read);
    }
    progress.at("reading / 读取", Math.min(1, (double) earlier / Math.max(total, earlier)), records);
  }

  @Override
  public void note(String message) {
    notes.accept(message);
  }

  /// Whether anything was read that can be applied.
  public boolean isEmpty() {
    return spool.count() == 0 && items.isEmpty();
  }

  public long records() {
    return records;
  }

  /// Applies what was read.
  public Counts apply() throws IOException {
    progress.begin();
    long changed = applyItems();
    long[] counts = new long[2];
    spool.drain(
        BATCH,
        batch -> {
          for (Journal.Outcome outcome : target.append(batch)) {
            counts[outcome.duplicate() ? 1 : 0]++;
          }
          long done = counts[0] + counts[1];
          progress.at("applying / 写入", (double) done / spool.count(), done);
        });
    progress.finish();
    return new Counts(records, counts[0], changed, counts[1], items.size() - changed);
  }

  private long applyItems() throws IOException {
    List<CatalogEvent> news = items.stream().filter(this::changesSomething).toList();
    for (int from = 0; from < news.size(); from += BATCH) {
      List<CatalogEvent> batch = news.subList(from, Math.min(news.size(), from + BATCH));
      List<Journal.Outcome> outcomes = target.append(List.copyOf(batch));
      List<Event> again = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        if (outcomes.get(i).duplicate()) {
          again.add(renamed(batch.get(i), target.end()));
        }
      }
      if (!again.isEmpty()) {
        target.append(again);
      }
    }
    return news.size();
  }

  private boolean changesSomething(CatalogEvent event) {
    Item now = catalog.find(event.itemId()).orElse(null);
    if (now == null) {
      return true;
    }
    return switch (event) {
      case CatalogEvent.ItemPut put -> !put.fields().equals(now.fields());
      case CatalogEvent.ItemPatch patch -> {
        ItemFields after = now.fields().overlaidBy(patch.fields());
        yield !after.equals(now.fields());
      }
      case CatalogEvent.ItemDelete _ -> true;
    };
  }

  /// The shop said the same once, and something else since: this is a change of its own.
  private static CatalogEvent renamed(CatalogEvent event, long end) {
    EventId id = new EventId(event.eventId().value() + "-" + end);
    return switch (event) {
      case CatalogEvent.ItemPut put ->
          new CatalogEvent.ItemPut(id, put.eventTime(), put.itemId(), put.fields());
      case CatalogEvent.ItemPatch patch ->
          new CatalogEvent.ItemPatch(id, patch.eventTime(), patch.itemId(), patch.fields());
      case CatalogEvent.ItemDelete delete ->
          new CatalogEvent.ItemDelete(id, delete.eventTime(), delete.itemId());
    };
  }

  @Override
  public void close() throws IOException {
    progress.finish();
    rejects.close();
  }
}
