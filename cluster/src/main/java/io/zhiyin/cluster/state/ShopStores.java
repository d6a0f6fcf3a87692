package io.zhiyin.cluster.state;

import io.zhiyin.engine.event.ShopId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// All shops under one data directory: each is opened when it is first asked for, and all are
/// closed together.
public final class ShopStores implements Closeable {
  private final DataDirectory data;
  private final Clock clock;
  private final ReplayProgress progress;
  private final Map<ShopId, ShopStore> open = new ConcurrentHashMap<>();
  private boolean closed;

  private ShopStores(DataDirectory data, Clock clock, ReplayProgress progress) {
    this.data = data;
    this.clock = clock;
    this.progress = progress;
  }

  /// Takes the data directory for this process.
  ///
  /// @throws io.zhiyin.cluster.journal.DataRefusedException when it is in use, damaged or newer
  public static ShopStores open(Path dataDirectory, Clock clock, ReplayProgress progress)
      throws IOException {
    return new ShopStores(DataDirectory.open(dataDirectory), clock, progress);
  }

  /// The shop's store, opened now if it is not yet, and created if there was no such shop.
  public ShopStore shop(ShopId shop) throws IOException {
    ShopStore known = open.get(shop);
    return known == null ? openNow(shop) : known;
  }

  private synchronized ShopStore openNow(ShopId shop) throws IOException {
    if (closed) {
      throw new IOException("The data directory " + data.root() + " is closed.");
    }
    ShopStore known = open.get(shop);
    if (known == null) {
      known = ShopStore.open(data, shop, clock, progress, () -> {});
      open.put(shop, known);
    }
    return known;
  }

  /// The shops that have data here, open or not.
  public List<ShopId> shops() throws IOException {
    return data.shops();
  }

  /// Where the shop's data lie or will lie, whether it is open or not.
  public Path directory(ShopId shop) {
    return data.shop(shop);
  }

  /// The data directory itself.
  public Path root() {
    return data.root();
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    List<Closeable> all = new ArrayList<>(open.values());
    all.add(data);
    open.clear();
    IOException first = null;
    for (Closeable each : all) {
      try {
        each.close();
      } catch (IOException problem) {
        if (first == null) {
          first = problem;
        } else {
          first.addSuppressed(problem);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
