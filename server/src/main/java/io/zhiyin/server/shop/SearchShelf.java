package io.zhiyin.server.shop;

import io.zhiyin.cluster.state.BackgroundThread;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.search.SearchIndex;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The text index of one shop: made from the catalogue in the background after the start, and kept
/// up with every change from the first moment on.
public final class SearchShelf implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SearchShelf.class.getName());

  private final Catalog catalog;
  private final SearchIndex index;
  private final CountDownLatch whole = new CountDownLatch(1);
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean closed;

  SearchShelf(Catalog catalog) {
    this.catalog = catalog;
    this.index = new SearchIndex(catalog);
  }

  /// Begins to read the catalogue, at the first call.
  void start(ShopId shop) {
    if (!started.compareAndSet(false, true)) {
      return;
    }
    BackgroundThread.of("zhiyin-search-" + shop, () -> readAll(shop)).start();
  }

  private void readAll(ShopId shop) {
    long start = System.nanoTime();
    index.updateAll(() -> closed);
    if (!closed) {
      whole.countDown();
      LOG.log(
          System.Logger.Level.DEBUG,
          "The shop ''{0}'' can be searched: {1} items read in {2} ms, {3} KiB.",
          shop,
          index.size(),
          (System.nanoTime() - start) / 1_000_000,
          index.bytes() >> 10);
    }
  }

  /// Reads the items that these events changed; the next search finds them as they are now.
  void changed(List<Event> events) {
    for (Event event : events) {
      if (event instanceof CatalogEvent change) {
        index.update(catalog.vocabulary().indexOf(change.itemId()));
      }
    }
  }

  /// The index, once it has the whole catalogue; nothing when that takes longer than `millis`.
  public Optional<SearchIndex> within(long millis) throws InterruptedException {
    return whole.await(millis, TimeUnit.MILLISECONDS) ? Optional.of(index) : Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
    index.close();
  }
}
