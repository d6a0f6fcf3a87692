package io.zhiyin.server.shop;

import static java.util.stream.Collectors.toSet;

import io.zhiyin.cluster.state.BackgroundThread;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.model.SequenceWeights;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.BlendFile;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.engine.rank.HeadsFile;
import io.zhiyin.engine.rank.RankerFile;
import io.zhiyin.engine.rank.TreeRanker;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.recommend.Snapshot;
import io.zhiyin.learning.encode.PretrainedText;
import io.zhiyin.learning.encode.ShopTexts;
import io.zhiyin.learning.train.ModelRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The models of one shop, and the one that takes part in its lists.
public final class ModelShelf {
  private static final System.Logger LOG = System.getLogger(ModelShelf.class.getName());

  /// After so many newly read texts they are saved; fewer are soon read again.
  private static final int WORTH_SAVING = 64;

  private static final String SUFFIX = ".groups";

  private final ModelRegistry registry;
  private final ShopTexts texts;
  private final Path groups;
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean grouping = new AtomicBoolean();
  private volatile @Nullable InUse inUse;

  private record InUse(
      SequenceModel model, BlendWeights weights, Optional<TreeRanker> ranker, Heads heads) {}

  /// @param shop the shop's directory
  ModelShelf(Path shop, PretrainedText pretrained) {
    this.registry = new ModelRegistry(shop.resolve("models"));
    this.texts = pretrained.forShop(shop);
    this.groups = shop.resolve("groups"); // made when something is saved
  }

  public ModelRegistry registry() {
    return registry;
  }

  /// What reads this shop's texts, and remembers what it has read.
  public ShopTexts texts() {
    return texts;
  }

  /// All models, oldest first.
  public List<ModelCard> cards() throws IOException {
    return registry.list();
  }

  /// The id of the model that takes part now; nothing when counting alone does.
  public Optional<String> active() {
    return Optional.ofNullable(inUse).map(used -> used.model.id());
  }

  /// The model that takes part now.
  public Optional<SequenceModel> model() {
    return Optional.ofNullable(inUse).map(InUse::model);
  }

  /// What may follow on a choice, where the model in use ranks by it.
  Heads heads() {
    InUse used = inUse;
    return used == null || used.ranker.isEmpty() ? Heads.NONE : used.heads;
  }

  /// Reads the files of the model that the registry says is in use; the catalogue need not be there
  /// yet. Its passes are still to be [compiled][SequenceWeights#warmUpPasses].
  Optional<SequenceWeights> read() throws IOException {
    Optional<SequenceWeights> weights = registry.readActive(texts.encoders());
    weights.ifPresent(SequenceWeights::warmUpSearch);
    return weights;
  }

  /// Reads the model that the registry says is in use and puts it to use, warm.
  synchronized void load(Catalog catalog) throws IOException {
    Optional<SequenceWeights> read = read();
    read.ifPresent(SequenceWeights::warmUpPasses);
    use(read, catalog);
  }

  /// Puts what was read to use, if there is something.
  synchronized void use(Optional<SequenceWeights> read, Catalog catalog) throws IOException {
    if (read.isEmpty()) {
      return;
    }
    SequenceModel model = read.get().over(catalog);
    Path directory = model.directory();
    BlendWeights weights = BlendFile.find(directory).orElse(BlendWeights.DEFAULT);
    model.warmUp();
    inUse = new InUse(model, weights, RankerFile.find(directory), HeadsFile.find(directory));
    readTexts(catalog);
  }

  /// Drops what the model in use keeps of what shoppers did.
  void forgetSessions() {
    InUse used = inUse;
    if (used != null) {
      used.model.forgetSessions();
    }
  }

  /// Has the texts of new and changed items read behind the requests, if the model reads texts;
  /// such an item's vector is complete some milliseconds later.
  void readTexts(Catalog catalog) {
    InUse used = inUse;
    if (used != null && used.model.readsTexts() && asked.getAndIncrement() == 0) {
      Thread.ofPlatform().name("zhiyin-texts").daemon().start(() -> read(catalog));
    }
  }

  /// Has the items put together by nearness behind the requests, where they are many and that was
  /// not done or is out of date: as they were before the last stop, if that still holds. Searches
  /// read all of them until then.
  ///
  /// @param samples histories of some shoppers
  void group(Supplier<List<History>> samples) {
    InUse used = inUse;
    if (used != null && grouping.compareAndSet(false, true)) {
      BackgroundThread.of("zhiyin-groups", () -> group(used.model, samples)).start();
    }
  }

  private void group(SequenceModel model, Supplier<List<History>> samples) {
    try {
      boolean recalled = recallGroups(model);
      Optional<String> made = model.group(samples);
      if (recalled || made.isPresent()) {
        model.warmUp(); // its searches take another way now
      }
      if (made.isPresent()) {
        LOG.log(System.Logger.Level.INFO, "Model {0}: {1}", model.id(), made.get());
        model.saveGroups(groupsOf(model));
        dropOtherGroups();
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "Searches go on by reading all items", e);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "The next start groups the items again", e);
    } finally {
      grouping.set(false);
    }
  }

  private Path groupsOf(SequenceModel model) {
    return groups.resolve(model.id() + SUFFIX);
  }

  private boolean recallGroups(SequenceModel model) {
    try {
      return model.recallGroups(groupsOf(model));
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} is not used ({1}); the items are grouped again",
          groupsOf(model),
          e.getMessage());
      return false;
    }
  }

  /// Of models that are no longer there.
  private void dropOtherGroups() throws IOException {
    Set<String> known = cards().stream().map(card -> card.id() + SUFFIX).collect(toSet());
    try (Stream<Path> files = Files.list(groups)) {
      for (Path file : files.toList()) {
        if (!known.contains(file.getFileName().toString())) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /// Reads until nobody asked meanwhile.
  private void read(Catalog catalog) {
    int seen;
    do {
      seen = asked.get();
      InUse used = inUse;
      try {
        if (used != null && used.model.readTexts() >= WORTH_SAVING) {
          texts.save(catalog);
        }
      } catch (RuntimeException | IOException e) {
        LOG.log(System.Logger.Level.WARNING, "New items go on without their texts", e);
      }
    } while (!asked.compareAndSet(seen, 0));
  }

  /// Puts a model to use, after it was checked and loaded.
  ///
  /// @throws ModelException when there is no such model, or it is damaged or newer
  synchronized void activate(String id, Catalog catalog) throws IOException {
    registry.activate(id);
    load(catalog);
  }

  /// Goes back to the model that was in use before.
  ///
  /// @throws ModelException when there was none, or it is damaged or newer
  synchronized void rollback(Catalog catalog) throws IOException {
    registry.rollback();
    load(catalog);
  }

  /// The counts and the model together, as one request reads them.
  Snapshot with(RecallIndexes indexes) {
    InUse used = inUse;
    return used == null
        ? Snapshot.of(indexes, BlendWeights.DEFAULT)
        : Snapshot.of(indexes, used.model, used.weights, used.ranker, used.heads);
  }
}
