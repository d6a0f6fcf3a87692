package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.explain.Explainer;
import io.zhiyin.engine.explain.Language;
import io.zhiyin.engine.explain.Reason;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.rank.BlendFile;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.HeadsFile;
import io.zhiyin.engine.rank.RankerFile;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.recommend.Recommender;
import io.zhiyin.engine.recommend.Snapshot;
import io.zhiyin.engine.recommend.StageRunner;
import io.zhiyin.learning.encode.PretrainedText;
import io.zhiyin.learning.encode.ShopTexts;
import io.zhiyin.learning.train.ModelRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The lists of a shop that is not served, as a request for `home-feed` would get them.
final class ReasonedLists implements AutoCloseable {
  private static final Duration PATIENT = Duration.ofSeconds(10);

  private final ShopStore store;
  private final Clock clock;
  private final StageRunner stages = new StageRunner();
  private final Recommender recommender;

  private ReasonedLists(ShopStore store, Clock clock, Snapshot snapshot) {
    this.store = store;
    this.clock = clock;
    this.recommender =
        new Recommender(
            () -> snapshot,
            new Recommender.Settings(io.zhiyin.engine.recommend.Scenarios.builtIn(), PATIENT),
            stages,
            new SecureRandom(),
            List.of());
  }

  static ReasonedLists of(ShopStore store, Clock clock) throws IOException {
    return new ReasonedLists(store, clock, fitted(store, clock).snapshot());
  }

  /// What a shop's lists are made from, fitted on what it knows now.
  record Fitted(Snapshot snapshot, Optional<SequenceModel> model) {}

  static Fitted fitted(ShopStore store, Clock clock) throws IOException {
    RecallIndexes counted = RecallIndexes.fit(store.catalog(), store.histories(), clock.instant());
    ModelRegistry registry = new ModelRegistry(store.directory().resolve("models"));
    Optional<String> id = registry.active();
    Optional<SequenceModel> model = model(registry, store);
    if (id.isEmpty() || model.isEmpty()) {
      return new Fitted(Snapshot.of(counted, BlendWeights.DEFAULT), Optional.empty());
    }
    Path directory = registry.path(id.get());
    return new Fitted(
        Snapshot.of(
            counted,
            model.get(),
            BlendFile.find(directory).orElse(BlendWeights.DEFAULT),
            RankerFile.find(directory),
            HeadsFile.find(directory)),
        model);
  }

  private static Optional<SequenceModel> model(ModelRegistry registry, ShopStore store)
      throws IOException {
    try (PretrainedText pretrained = PretrainedText.onClassPath()) {
      ShopTexts texts = pretrained.forShop(store.directory());
      Optional<SequenceModel> model = registry.loadActive(store.catalog(), texts.encoders());
      model.ifPresent(SequenceModel::readTexts);
      return model;
    }
  }

  /// One line an item, best first, with the reasons.
  List<String> of(Profile profile, int n, Language language) {
    if (n < 1 || n > Query.MAX_N) {
      throw new InvalidFieldException("n", n, "must be between 1 and " + Query.MAX_N);
    }
    Query query =
        new Query(
            store.shop(),
            "home-feed",
            profile,
            store.catalog(),
            Vocabulary.UNKNOWN,
            new int[0],
            n,
            new ItemSlots(0),
            ItemCondition.ANY,
            clock.instant(),
            true);
    return recommender.recommend(query).items().stream()
        .map(entry -> line(query, entry, language))
        .toList();
  }

  private String line(Query query, Slate.Entry entry, Language language) {
    Item item = store.catalog().at(entry.item());
    String title = item == null ? entry.itemId().value() : item.title();
    String name = title.equals(entry.itemId().value()) ? title : entry.itemId() + " " + title;
    String reasons =
        Explainer.reasons(query, entry.candidate()).stream()
            .map((Reason reason) -> reason.text(language))
            .collect(Collectors.joining("; "));
    return "  " + entry.position() + ". " + name + " — " + reasons;
  }

  @Override
  public void close() {
    stages.close();
  }
}
