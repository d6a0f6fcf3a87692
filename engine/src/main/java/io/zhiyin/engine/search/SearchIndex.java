package io.zhiyin.engine.search;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.InvalidFieldException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.ByteBuffersDirectory;

/// The texts of one shop's catalogue, in memory: folded from the catalogue at the start and with
/// each change, never written to disk. What was [#update]d is found by the next search.
///
/// It decides by text alone; price, stock, category and everything that keeps an item from being
/// shown are looked up in the catalogue while a search runs. Safe for use by many threads at once.
public final class SearchIndex implements AutoCloseable {
  private static final int BUFFER_MEGABYTES = 16;
  private static final int COMPLETED = 50;

  private final Catalog catalog;
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final Spelling spelling = new Spelling();
  private final Shelves shelves = new Shelves();
  private final BitSet indexed = new BitSet();
  private boolean closed;
  private volatile long written;
  private volatile long visible;

  /// An index without items.
  public SearchIndex(Catalog catalog) {
    this.catalog = catalog;
    try {
      writer =
          new IndexWriter(
              directory,
              new IndexWriterConfig(ItemText.ANALYZER)
                  .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                  .setCommitOnClose(false));
      searchers = new SearcherManager(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /// Reads the item anew, as the catalogue has it now; one that is hidden or gone is taken out.
  public synchronized void update(int index) {
    Item item = catalog.at(index);
    if (closed) {
      return;
    }
    try {
      if (item == null || Boolean.FALSE.equals(item.fields().available())) {
        if (indexed.get(index)) {
          writer.deleteDocuments(ItemText.key(index));
          indexed.clear(index);
        }
      } else {
        shelves.put(item);
        if (indexed.get(index)) {
          writer.updateDocument(ItemText.key(index), ItemText.document(item));
        } else {
          writer.addDocument(ItemText.document(item));
          indexed.set(index);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    written++;
  }

  /// Reads the items of the whole catalogue, while others search and update.
  ///
  /// @param enough ends it before its end
  public void updateAll(BooleanSupplier enough) {
    for (int i = 0; i < catalog.indexBound() && !enough.getAsBoolean(); i++) {
      if (catalog.at(i) != null) {
        update(i);
      }
    }
  }

  /// Searches.
  ///
  /// @param allowed whether an item may be shown to this shopper now, by index
  /// @param popularity of an item, 0 to 1; a little of it goes into the order
  /// @param most how many items are wanted
  /// @throws InvalidFieldException of the field `q` when the text is empty or too long
  public Found search(
      String text,
      Narrowing narrowing,
      IntPredicate allowed,
      IntToDoubleFunction popularity,
      int most) {
    TypedQuery typed = TypedQuery.of(text);
    return read(
        searcher -> {
          QueryPlan plan = new QueryPlan(typed, searcher.getIndexReader(), spelling);
          Gathering found =
              new Gathering(catalog, shelves, narrowing, allowed, popularity, most)
                  .from(searcher, plan.strict());
          if (found.total() == 0 && plan.canLoosen()) {
            found =
                new Gathering(catalog, shelves, narrowing, allowed, popularity, most)
                    .from(searcher, plan.loose());
          }
          return found.found(plan.corrected());
        });
  }

  /// Ways to go on with what was typed so far, the most popular first.
  ///
  /// @param language of the texts, such as `zh`
  public List<Suggestion> complete(
      String text,
      String language,
      IntPredicate allowed,
      IntToDoubleFunction popularity,
      int most) {
    TypedQuery.of(text);
    return read(
        searcher -> {
          Query query = QueryPlan.completion(text, searcher.getIndexReader());
          int[] items =
              query == null
                  ? new int[0]
                  : new Loved(allowed, popularity, COMPLETED).from(searcher, query);
          return new Completions(catalog, text, language).of(items, most);
        });
  }

  /// How many items can be found.
  public synchronized int size() {
    return indexed.cardinality();
  }

  /// What the index holds, in bytes; without what is still buffered.
  public long bytes() {
    try {
      long sum = writer.ramBytesUsed();
      for (String file : directory.listAll()) {
        sum += directory.fileLength(file);
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Work on one state of the index.
  @FunctionalInterface
  private interface Reading<T> {
    T with(IndexSearcher searcher) throws IOException;
  }

  private <T> T read(Reading<T> reading) {
    try {
      long wanted = written;
      if (visible < wanted) {
        searchers.maybeRefreshBlocking();
        sawUntil(wanted);
      }
      IndexSearcher searcher = searchers.acquire();
      try {
        return reading.with(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void sawUntil(long number) {
    visible = Math.max(visible, number);
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      searchers.close();
      writer.rollback();
      directory.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
