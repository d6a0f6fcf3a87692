package io.zhiyin.cluster.state;

import io.zhiyin.cluster.journal.RocksJournal;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.event.Journal.Outcome;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.measure.MeasureFold;
import io.zhiyin.engine.privacy.Erasure;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.ProfileFold;
import io.zhiyin.engine.profile.Profiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One shop's journal together with the state that is folded from it.
///
/// An append returns when the events are durable and folded, so that whoever asks next sees them.
public final class ShopStore implements Closeable {
  private static final int REPORT_EVERY = 50_000;

  private final ShopId shop;
  private final Path directory;
  private final RocksJournal journal;
  private final ShopState state;
  private final SnapshotKeeper snapshots;
  private final MeasureKeeper measures;
  private final Closeable owner;

  private ShopStore(
      ShopId shop,
      Path directory,
      RocksJournal journal,
      ShopState state,
      SnapshotKeeper snapshots,
      MeasureKeeper measures,
      Closeable owner) {
    this.shop = shop;
    this.directory = directory;
    this.journal = journal;
    this.state = state;
    this.snapshots = snapshots;
    this.measures = measures;
    this.owner = owner;
  }

  /// Opens one shop and takes the whole data directory for it; use [ShopStores] for several.
  ///
  /// @param clock times the replay
  /// @throws io.zhiyin.cluster.journal.DataRefusedException when the data are in use, damaged or
  ///   newer than this program
  public static ShopStore open(Path dataDirectory, ShopId shop, Clock clock) throws IOException {
    return open(dataDirectory, shop, clock, ReplayProgress.SILENT);
  }

  /// Like [#open(Path, ShopId, Clock)], and tells how far the replay is.
  public static ShopStore open(
      Path dataDirectory, ShopId shop, Clock clock, ReplayProgress progress) throws IOException {
    DataDirectory data = DataDirectory.open(dataDirectory);
    try {
      return open(data, shop, clock, progress, data);
    } catch (IOException | RuntimeException refused) {
      data.close();
      throw refused;
    }
  }

  static ShopStore open(
      DataDirectory data, ShopId shop, Clock clock, ReplayProgress progress, Closeable owner)
      throws IOException {
    Path directory = data.shop(shop);
    RocksJournal journal = RocksJournal.open(directory.resolve("journal"));
    try {
      SnapshotFiles files = new SnapshotFiles(directory.resolve("snapshots"));
      ShopState state = files.load(journal).orElseGet(() -> new ShopState(0));
      SnapshotKeeper snapshots = new SnapshotKeeper(files, journal, state, state.position());
      Map<Long, UserErased> unfinished = replay(journal, state, clock, progress);
      MeasureKeeper measures = MeasureKeeper.open(new MeasureFile(directory), journal, clock);
      ShopStore store = new ShopStore(shop, directory, journal, state, snapshots, measures, owner);
      for (Map.Entry<Long, UserErased> erasure : unfinished.entrySet()) {
        store.erase(erasure.getValue(), erasure.getKey());
      }
      journal.follow(
          (offset, event) -> {
            state.accept(offset, event);
            measures.tail().accept(offset, event);
          });
      snapshots.start();
      return store;
    } catch (IOException | RuntimeException refused) {
      journal.close();
      throw refused;
    }
  }

  /// Folds what the snapshot has not, of the whole journal when there is none. A request to erase
  /// that is still in it was not finished.
  private static Map<Long, UserErased> replay(
      RocksJournal journal, ShopState state, Clock clock, ReplayProgress progress)
      throws IOException {
    Map<Long, UserErased> unfinished = new LinkedHashMap<>();
    long total = journal.end();
    long start = clock.millis();
    long from = state.position();
    journal.read(
        from,
        (offset, event) -> {
          state.accept(offset, event);
          if (event instanceof UserErased erased) {
            unfinished.put(offset, erased);
          }
          long done = offset + 1;
          if (done % REPORT_EVERY == 0 || done == total) {
            long millis = Math.max(1, clock.millis() - start);
            progress.at(done, total, (done - from) * 1000.0 / millis);
          }
        });
    return unfinished;
  }

  /// Appends what is new and returns when it is durable and folded. A request to erase a user also
  /// takes the user's records off the disk before this returns.
  ///
  /// @return one outcome per event, in the order given
  /// @throws IOException when nothing was acknowledged
  public List<Outcome> append(List<Event> events) throws IOException {
    List<Outcome> outcomes = journal.append(events);
    for (int i = 0; i < outcomes.size(); i++) {
      if (events.get(i) instanceof UserErased erased && !outcomes.get(i).duplicate()) {
        erase(erased, outcomes.get(i).offset());
      }
    }
    return outcomes;
  }

  private void erase(UserErased request, long offset) throws IOException {
    snapshots.drop();
    Erasure.Gone gone = Erasure.of(journal, request, offset);
    measures.forget(request, gone, () -> journal.erase(gone.offsets()));
    state.erased(gone.items());
  }

  /// Writes a snapshot of the state now, so that the next opening is quick; otherwise that happens
  /// in the background after many events, and at the end.
  ///
  /// @return whether it was written; none is while a user is being erased
  /// @throws IOException when it could not be written; nothing is lost by that
  public boolean snapshot() throws IOException {
    return snapshots.write();
  }

  /// From now on, what the lists brought is folded in the background, a moment behind the appends.
  public void startMeasuring() {
    measures.start();
  }

  /// What the lists brought, up to [#measured].
  public MeasureFold measures() {
    return measures.fold();
  }

  /// The offset of the first event that is not measured yet.
  public long measured() {
    return measures.position();
  }

  /// Measures what is durable by now.
  public void measureNow() throws IOException {
    measures.catchUp();
  }

  public ShopId shop() {
    return shop;
  }

  /// Where the shop's journal and models lie.
  public Path directory() {
    return directory;
  }

  public Catalog catalog() {
    return state.catalog();
  }

  public Profiles profiles() {
    return state.profiles();
  }

  /// Every shopper's history that is not empty, in an order that a replay reproduces; each is as of
  /// the moment when it is reached.
  public Iterable<History> histories() {
    return histories(1);
  }

  /// The same of every `step`-th shopper only.
  public Iterable<History> histories(int step) {
    ProfileFold profiles = state.profiles();
    return () ->
        profiles
            .shoppers(step)
            .map(profiles::historyOf)
            .filter(history -> history.size() > 0)
            .iterator();
  }

  /// The shop's journal, to read. Appends go through the store.
  public Journal journal() {
    return journal;
  }

  @Override
  public void close() throws IOException {
    try (owner;
        journal) {
      measures.close();
      snapshots.close();
    }
  }

  /// For tests.
  ShopState state() {
    return state;
  }
}
