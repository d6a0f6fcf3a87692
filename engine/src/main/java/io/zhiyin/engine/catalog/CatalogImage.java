package io.zhiyin.engine.catalog;

import io.zhiyin.engine.event.FieldsCodec;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import io.zhiyin.engine.event.StateSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A catalogue as it was at one moment, for keeping at rest while the catalogue goes on.
///
/// Items that no record names any more (all who named them were erased) are left out, and the
/// indices of those behind them move up, as if they had never been named.
public final class CatalogImage {
  /// Kinds of pieces: item ids with how often they are named, category paths, item documents, and
  /// the version at the end.
  static final byte IDS = 16;

  static final byte CATEGORIES = 17;
  static final byte ITEMS = 18;
  static final byte VERSION = 19;

  private final int[] mentions;
  private final int[] places;
  private final IntFunction<ItemId> ids;
  private final @Nullable Item[] items;
  private final int categories;
  private final IntFunction<String> paths;
  private final long version;

  CatalogImage(
      int[] mentions,
      IntFunction<ItemId> ids,
      @Nullable Item[] items,
      int categories,
      IntFunction<String> paths,
      long version) {
    this.mentions = mentions;
    this.ids = ids;
    this.items = items;
    this.categories = categories;
    this.paths = paths;
    this.version = version;
    this.places = new int[mentions.length];
    int next = 0;
    for (int i = 0; i < places.length; i++) {
      boolean document = i < items.length && items[i] != null;
      places[i] = mentions[i] > 0 || document ? next++ : Vocabulary.UNKNOWN;
    }
  }

  /// Where each item's index went, or [Vocabulary#UNKNOWN] for one that is left out.
  public int[] places() {
    return places.clone();
  }

  /// Writes everything; what was added to the catalogue since does not show.
  public void writeTo(StateSink sink) throws IOException {
    RecordWriter out = new RecordWriter();
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        out.text(ids.apply(i).value()).number(mentions[i]);
        flush(sink, IDS, out, StateSink.PIECE);
      }
    }
    flush(sink, IDS, out, 1);
    for (int node = 0; node < categories; node++) {
      out.text(paths.apply(node));
      flush(sink, CATEGORIES, out, StateSink.PIECE);
    }
    flush(sink, CATEGORIES, out, 1);
    for (Item item : items) {
      if (item != null) {
        put(item, out);
        flush(sink, ITEMS, out, StateSink.PIECE);
      }
    }
    flush(sink, ITEMS, out, 1);
    sink.put(VERSION, out.number(version).toBytes());
  }

  private void put(Item item, RecordWriter out) {
    out.number(places[item.index()]).time(item.firstSeen());
    out.number(item.categoryPath().length);
    for (int node : item.categoryPath()) {
      out.number(node);
    }
    FieldsCodec.put(out, item.fields());
  }

  private static void flush(StateSink sink, byte kind, RecordWriter out, int from)
      throws IOException {
    if (out.size() >= from) {
      sink.put(kind, out.toBytes());
      out.clear();
    }
  }

  static void restore(byte kind, RecordReader in, Catalog catalog) {
    switch (kind) {
      case IDS -> {
        while (!in.atEnd()) {
          catalog.vocabulary().add(new ItemId(in.text()), in.whole());
        }
      }
      case CATEGORIES -> {
        while (!in.atEnd()) {
          catalog.categories().restore(in.text());
        }
      }
      case ITEMS -> {
        FieldsCodec.Alike alike = catalog.alike();
        while (!in.atEnd()) {
          restoreItem(in, alike, catalog);
        }
      }
      case VERSION -> catalog.restoreVersion(in.number());
      default -> throw new IllegalArgumentException("no piece of a catalogue has kind " + kind);
    }
  }

  private static void restoreItem(RecordReader in, FieldsCodec.Alike alike, Catalog catalog) {
    int index = in.whole();
    java.time.Instant firstSeen = in.time();
    int[] path = new int[in.count()];
    Arrays.setAll(path, _ -> in.whole());
    int[] shared = catalog.categories().shared(path);
    catalog.restore(index, FieldsCodec.take(in, alike), shared, firstSeen);
  }

  /// The kinds of pieces that are a catalogue's.
  public static boolean owns(byte kind) {
    return List.of(IDS, CATEGORIES, ITEMS, VERSION).contains(kind);
  }
}
