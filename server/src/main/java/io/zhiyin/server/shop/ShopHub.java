package io.zhiyin.server.shop;

import io.zhiyin.cluster.state.ReplayProgress;
import io.zhiyin.cluster.state.ShopStores;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.explain.TraceStore;
import io.zhiyin.engine.filter.RequestExpressions;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.engine.model.SequenceWeights;
import io.zhiyin.engine.recommend.Recommender;
import io.zhiyin.engine.recommend.StageRunner;
import io.zhiyin.learning.encode.PretrainedText;
import io.zhiyin.server.config.Retraining;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// All shops of one server, each with everything of its own. A shop is opened at the start when it
/// has data, and otherwise when a key of it is first used.
public final class ShopHub implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ShopHub.class.getName());

  private final ShopStores stores;
  private final StageRunner stages = new StageRunner();
  private final TraceStore traces = new TraceStore();
  private final Clock clock;
  private final Duration budget;
  private final Meters meters;
  private final Refresher refresher;
  private final TrainingDesk trainings;
  private final ImportDesk imports;
  private final BackupDesk backups;
  private final PretrainedText pretrained = PretrainedText.onClassPath();
  private final Retrainer retrainer;
  private final ConcurrentHashMap<ShopId, ShopRuntime> shops = new ConcurrentHashMap<>();
  private volatile boolean ready;

  private ShopHub(
      ShopStores stores,
      Clock clock,
      Duration refreshEvery,
      Retraining retraining,
      Duration budget,
      Meters meters)
      throws IOException {
    this.budget = budget;
    this.stores = stores;
    this.clock = clock;
    this.meters = meters;
    this.trainings = new TrainingDesk(clock, meters);
    this.backups = new BackupDesk(stores.root(), clock);
    this.imports = new ImportDesk(stores.root(), clock);
    this.retrainer = new Retrainer(shops::values, trainings, retraining, clock);
    this.refresher = new Refresher(shops::values, refreshEvery, meters);
  }

  /// Takes the data directory; shops are opened by [#start].
  ///
  /// @throws io.zhiyin.cluster.journal.DataRefusedException when it is in use, damaged or newer
  public static ShopHub open(
      Path data, Clock clock, Duration refreshEvery, Meters meters, ReplayProgress progress)
      throws IOException {
    return open(
        data, clock, refreshEvery, Retraining.OFF, Recommender.DEFAULT_BUDGET, meters, progress);
  }

  /// The same of a server that may train by itself.
  ///
  /// @param budget how long making a list may take
  public static ShopHub open(
      Path data,
      Clock clock,
      Duration refreshEvery,
      Retraining retraining,
      Duration budget,
      Meters meters,
      ReplayProgress progress)
      throws IOException {
    return new ShopHub(
        ShopStores.open(data, clock, progress), clock, refreshEvery, retraining, budget, meters);
  }

  /// Begins to read what [#start] will need, on a thread of its own. What is wrong with a shop's
  /// data is told by [#start], which meets it again.
  public void readAhead(Collection<ShopId> more) {
    Thread.ofPlatform()
        .name("zhiyin-read-ahead")
        .daemon()
        .start(
            () -> {
              try {
                for (ShopId id : all(more)) {
                  stores.shop(id);
                }
              } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "Nothing more is read ahead", e);
              }
            });
  }

  private Set<ShopId> all(Collection<ShopId> more) throws IOException {
    Set<ShopId> all = new TreeSet<>(Comparator.comparing(ShopId::value));
    all.addAll(stores.shops());
    all.addAll(more);
    return all;
  }

  /// Reads all shops from disk and fits them, large ones roughly; from its return the hub is ready.
  ///
  /// @param more shops to open although they have no data yet
  public void start(Collection<ShopId> more) throws IOException {
    for (ShopId id : all(more)) {
      add(id);
    }
    shops.values().stream() // one is enough: all share the code, not what it reads
        .max(Comparator.comparingInt(shop -> shop.catalog().indexBound()))
        .ifPresent(ShopRuntime::warmUp);
    refresher.start();
    retrainer.start();
    ready = true;
    shops.values().forEach(ShopRuntime::groupItems); // a second for a million items
  }

  /// The shop of that id.
  ///
  /// @throws ShopStartingException while the shops are being read
  public ShopRuntime shop(ShopId id) throws IOException {
    ShopRuntime known = shops.get(id);
    if (known != null) {
      return known;
    }
    if (!ready) {
      throw new ShopStartingException(id);
    }
    return add(id);
  }

  private synchronized ShopRuntime add(ShopId id) throws IOException {
    ShopRuntime known = shops.get(id);
    if (known != null) {
      return known;
    }
    ModelShelf models = new ModelShelf(stores.directory(id), pretrained);
    // beside the state and then the counts: neither needs the other
    FutureTask<Optional<SequenceWeights>> read = inBackground(id, models::read, Optional.empty());
    // beside its use, too: a million vectors must not wait until the passes are compiled
    FutureTask<Boolean> passes =
        inBackground(
            id,
            () -> {
              await(read).ifPresent(SequenceWeights::warmUpPasses);
              return true;
            },
            false);
    RequestExpressions expressions =
        new RequestExpressions(); // half a second of classes, the first
    ShopRuntime shop =
        new ShopRuntime(
            stores.shop(id), models, expressions, stages, budget, clock, traces, meters);
    long start = System.nanoTime();
    shop.loadRules();
    FutureTask<Boolean> used =
        inBackground(
            id,
            () -> {
              shop.use(await(read));
              return true;
            },
            false);
    shop.loadShown();
    shop.firstFit();
    if (ready || !shop.isRough()) { // else after the first full counts
      shop.search().start(id);
    }
    meters.indexesBuilt(id, System.nanoTime() - start);
    await(used);
    await(passes);
    shop.store().startMeasuring();
    shops.put(id, shop);
    if (ready) { // else all together, when every shop answers
      shop.groupItems();
    }
    return shop;
  }

  /// Works on the shop's model on a thread of its own; without one that can be used the shop goes
  /// on.
  private static <T> FutureTask<T> inBackground(ShopId id, Callable<T> work, T without) {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              try {
                return work.call();
              } catch (IOException | ModelException e) {
                LOG.log(
                    System.Logger.Level.WARNING,
                    "The shop ''{0}'' goes on without a model: {1}",
                    id,
                    e.getMessage());
                return without;
              }
            });
    Thread.ofPlatform().name("zhiyin-model-" + id).daemon().start(task);
    return task;
  }

  private static <T> T await(FutureTask<T> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A model could not be loaded", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The start was interrupted");
    }
  }

  /// Whether every shop is read and fitted.
  public boolean isReady() {
    return ready;
  }

  public List<ShopId> ids() {
    return shops.keySet().stream().sorted(Comparator.comparing(ShopId::value)).toList();
  }

  /// Begins the trainings that are due now, without waiting for the next look.
  List<ShopId> retrainWhatIsDue() {
    return retrainer.look();
  }

  public TrainingDesk trainings() {
    return trainings;
  }

  /// Files on their way into the shops.
  public ImportDesk imports() {
    return imports;
  }

  /// Backups of the shops.
  public BackupDesk backups() {
    return backups;
  }

  /// The data directory.
  public Path root() {
    return stores.root();
  }

  /// Stops what runs in the background and lets the data go.
  @Override
  public void close() throws IOException {
    ready = false;
    retrainer.close();
    trainings.close();
    refresher.close();
    stages.close();
    shops.values().forEach(ShopHub::saveTexts);
    shops.values().forEach(shop -> shop.search().close());
    pretrained.close();
    stores.close();
  }

  /// What was read is only saved work: it is done again when it is lost.
  private static void saveTexts(ShopRuntime shop) {
    try {
      shop.models().texts().save(shop.catalog());
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Texts of the shop ''{0}'' will be read again: {1}",
          shop.id(),
          e.getMessage());
    }
  }
}
