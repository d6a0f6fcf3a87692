package io.zhiyin.engine.catalog;

import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.FieldsCodec;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.RecordReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The items of one shop, as a fold over its [CatalogEvent]s in journal order.
///
/// One thread folds; any thread reads and sees each change whole, from the moment it is folded.
/// Items that were only named in shopper events have an index but no [Item].
public final class Catalog {
  private static final Item[] EMPTY = new Item[1024];
  private static final int[] NO_PATH = {};

  /// What [#isShowable] asks hundreds of times a request, as a byte an item that lies beside those
  /// of its neighbours: reading it from the items would wait for memory each time.
  private static final byte ABSENT = 0;

  private static final byte ALWAYS = 1;
  private static final byte NEVER = 2;
  private static final byte BY_TIME = 3;

  /// The time of publication of an item of which there is no document: later than any.
  public static final long NO_TIME = Long.MAX_VALUE;

  private final Vocabulary vocabulary = new Vocabulary();
  private final CategoryTree categories = new CategoryTree();
  private volatile @Nullable Item[] items = EMPTY.clone();
  private volatile byte[] showable = new byte[EMPTY.length];

  /// [Item#publishedMillis] by item, for the same reason; [#NO_TIME] without a document.
  private volatile long[] published = unpublished(EMPTY.length);

  private final SharedValues shared = new SharedValues();
  private final AtomicInteger documents = new AtomicInteger();
  private final RecentChanges changes = new RecentChanges();

  /// Applies one change.
  public void apply(CatalogEvent event) {
    int index = vocabulary.add(event.itemId());
    Item before = at(index);
    switch (event) {
      case CatalogEvent.ItemPut put -> store(item(index, before, put, put.fields()));
      case CatalogEvent.ItemPatch patch -> {
        ItemFields base = before == null ? ItemFields.NONE : before.fields();
        store(item(index, before, patch, base.overlaidBy(patch.fields())));
      }
      case CatalogEvent.ItemDelete _ -> remove(index);
    }
    changes.add(index);
  }

  private Item item(int index, @Nullable Item before, CatalogEvent event, ItemFields fields) {
    List<String> paths = fields.categories();
    int[] path = paths == null || paths.isEmpty() ? NO_PATH : categories.add(paths.getFirst());
    Instant firstSeen = before == null ? event.eventTime() : before.firstSeen();
    return new Item(index, vocabulary.idOf(index), shared.of(fields), path, firstSeen);
  }

  private void store(Item item) {
    @Nullable Item[] array = items;
    byte[] when = showable;
    long[] since = published;
    if (item.index() >= array.length) {
      int length = Math.max(item.index() + 1, array.length * 2);
      array = Arrays.copyOf(array, length);
      when = Arrays.copyOf(when, length);
      since = unpublished(length);
      System.arraycopy(published, 0, since, 0, published.length);
    }
    if (array[item.index()] == null) {
      documents.incrementAndGet();
    }
    array[item.index()] = item;
    items = array;
    when[item.index()] = item.dependsOnTime() ? BY_TIME : item.isOffered() ? ALWAYS : NEVER;
    showable = when;
    since[item.index()] = item.publishedMillis();
    published = since;
  }

  private static long[] unpublished(int items) {
    long[] times = new long[items];
    Arrays.fill(times, NO_TIME);
    return times;
  }

  /// The catalogue as it is now, for keeping. Nobody may fold while this runs; it takes some
  /// milliseconds for a million items.
  public CatalogImage image() {
    return new CatalogImage(
        vocabulary.mentions(),
        vocabulary::idOf,
        Arrays.copyOf(items, Math.min(items.length, vocabulary.size())),
        categories.size(),
        categories::pathOf,
        version());
  }

  /// Puts back what [CatalogImage] kept, into a catalogue that is still empty. The pieces come in
  /// the order in which they were kept.
  ///
  /// @throws RuntimeException when a piece is none of a catalogue
  public void restore(byte kind, RecordReader piece) {
    CatalogImage.restore(kind, piece, this);
  }

  void restoreVersion(long kept) {
    changes.restore(kept);
  }

  /// Reads what many items say alike from bytes, of a piece of a snapshot for example.
  FieldsCodec.Alike alike() {
    return new SharedBytes(shared);
  }

  /// @param fields read with [#alike]
  void restore(int index, ItemFields fields, int[] path, Instant firstSeen) {
    store(new Item(index, vocabulary.idOf(index), fields, path, firstSeen));
  }

  private void remove(int index) {
    @Nullable Item[] array = items;
    if (index < array.length && array[index] != null) {
      byte[] when = showable;
      when[index] = ABSENT;
      showable = when;
      long[] since = published;
      since[index] = NO_TIME;
      published = since;
      array[index] = null;
      documents.decrementAndGet();
      items = array;
    }
  }

  /// The item at that index, or null when the catalogue has no document of it.
  public @Nullable Item at(int index) {
    @Nullable Item[] array = items;
    return index >= 0 && index < array.length ? array[index] : null;
  }

  /// [Item#publishedMillis] of the item, or [#NO_TIME] when the catalogue has no document of it:
  /// without reading the item, which lies anywhere in memory.
  public long publishedMillis(int index) {
    long[] since = published;
    return index >= 0 && index < since.length ? since[index] : NO_TIME;
  }

  public Optional<Item> find(ItemId id) {
    return Optional.ofNullable(at(vocabulary.indexOf(id)));
  }

  /// Whether the item may be shown at that time. An item that was only named in events may be shown
  /// only by a shop that keeps no catalogue at all.
  public boolean isShowable(int index, Instant now) {
    byte[] when = showable;
    return switch (index >= 0 && index < when.length ? when[index] : ABSENT) {
      case ALWAYS -> true;
      case NEVER -> false;
      case BY_TIME -> {
        Item item = at(index);
        yield item != null && item.isShowableAt(now);
      }
      default -> version() == 0 && index >= 0 && index < vocabulary.size();
    };
  }

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  public CategoryTree categories() {
    return categories;
  }

  /// How many items have a document.
  public int documents() {
    return documents.get();
  }

  /// Grows with each change, so that what is derived from the catalogue knows when it is stale.
  public long version() {
    return changes.version();
  }

  /// The items that changed after that [version][#version], and perhaps some that change meanwhile;
  /// empty where that was too many changes ago to tell.
  public Optional<BitSet> changedSince(long version) {
    return changes.since(version);
  }

  /// One more than the largest item index in use.
  public int indexBound() {
    return vocabulary.size();
  }
}
