package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelFiles;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.rank.BlendFile;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.engine.rank.HeadsFile;
import io.zhiyin.engine.rank.RankerFile;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.recommend.Snapshot;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A shop's own training, whole: the sequence model on everything but the last choice of some
/// shoppers, then the weights of all evidence on these choices, saved together as one new model.
public final class Training {
  /// To the millisecond: a small shop is learned within a second, and the same again gives the same
  /// weights.
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS").withZone(ZoneOffset.UTC);

  static final int VALIDATION_USERS = 10_000;
  private static final int BLEND_CASES = 1_500;

  /// Share of the time that the network may use; the rest is for the blend and for saving.
  private static final double NETWORK_SHARE = 0.8;

  /// How many cases are looked at for each second of the whole time.
  private static final int BLEND_CASES_PER_SECOND = 8;

  private static final int RANK_CASES_PER_SECOND = 12;

  private static final int HEAD_CASES = 30_000;
  private static final int HEAD_CASES_PER_SECOND = 100;

  /// Where a training under way is saved, in the registry's directory.
  static final String CHECKPOINT = ".training/sequence.checkpoint";

  private static final Duration CHECKPOINT_EVERY = Duration.ofMinutes(1);

  private final SequenceSettings settings;
  private final TrainingOptions options;
  private final Clock clock;
  private final TrainingProgress.Listener listener;
  private final TextEncoders encoders;
  private final Optional<Rendezvous> rendezvous;

  public Training(
      SequenceSettings settings,
      TrainingOptions options,
      Clock clock,
      TrainingProgress.Listener listener) {
    this(settings, options, clock, listener, TextEncoders.NONE);
  }

  /// @param encoders read the items' texts, where the settings ask for it
  public Training(
      SequenceSettings settings,
      TrainingOptions options,
      Clock clock,
      TrainingProgress.Listener listener,
      TextEncoders encoders) {
    this(settings, options, clock, listener, encoders, Optional.empty());
  }

  private Training(
      SequenceSettings settings,
      TrainingOptions options,
      Clock clock,
      TrainingProgress.Listener listener,
      TextEncoders encoders,
      Optional<Rendezvous> rendezvous) {
    this.rendezvous = rendezvous;
    this.encoders = encoders;
    this.settings = settings;
    this.options = options;
    this.clock = clock;
    this.listener = listener;
  }

  /// With the default recipe.
  public Training(TrainingOptions options, TrainingProgress.Listener listener) {
    this(options, listener, TextEncoders.NONE);
  }

  /// With the default recipe and readers of text.
  public Training(
      TrainingOptions options, TrainingProgress.Listener listener, TextEncoders encoders) {
    this(SequenceSettings.defaults(), options, Clock.systemUTC(), listener, encoders);
  }

  /// The same with other processes.
  Training withPeers(Optional<Rendezvous> value) {
    return new Training(settings, options, clock, listener, encoders, value);
  }

  /// Trains and adds the model to the registry, without putting it to use. Goes on from where the
  /// same training was cut off, if it was.
  ///
  /// @throws NothingToLearnException when the shop has no engagement with any item yet
  public ModelCard run(ShopData data, ModelRegistry registry) throws IOException {
    if (data.events() == 0) {
      throw new NothingToLearnException(
          "There is nothing to learn from: the shop has no event with an item yet. Import events with './zhiyin import' or send some, then train again.");
    }
    Split split = Splits.holdOut(data.histories(), VALIDATION_USERS, options.seed());
    Duration networkBudget =
        Duration.ofMillis((long) (options.budget().toMillis() * NETWORK_SHARE));
    TrainedSequence trained =
        new SequenceTrainer(settings, options.withBudget(networkBudget), listener)
            .withEncoders(encoders)
            .withPeers(rendezvous)
            .withCheckpoint(registry.directory().resolve(CHECKPOINT), CHECKPOINT_EVERY)
            .train(data, split);
    Instant now = clock.instant();
    String id = id(now, trained);
    Path saved =
        registry.add(
            id,
            directory -> {
              Lineage lineage = lineage(data, trained, Map.of(), now);
              ModelCard card = trained.write(directory, id, data.catalog().vocabulary(), lineage);
              SequenceModel model = SequenceModel.load(directory, data.catalog(), encoders);
              model.readTexts();
              EvidenceFit.Fitted weighed = weigh(data.catalog(), split, model);
              BlendFile.write(directory.resolve(BlendFile.NAME), weighed.weights());
              if (weighed.ranker().isPresent()) {
                RankerFile.write(directory.resolve(RankerFile.NAME), weighed.ranker().get());
                learnHeads(data, directory);
              }
              ModelFiles.seal(directory, card.with(lineage(data, trained, metrics(weighed), now)));
            });
    return ModelFiles.card(saved);
  }

  static String id(Instant now, TrainedSequence trained) {
    return "seq-" + STAMP.format(now) + "-" + trained.fingerprint();
  }

  /// Makes one order of all evidence on the validation cases; nothing that they ask was counted.
  private EvidenceFit.Fitted weigh(Catalog catalog, Split split, SequenceModel model) {
    Instant newest = new ShopData("", catalog, split.fit()).last();
    RecallIndexes counted = RecallIndexes.fit(catalog, split.fit(), newest);
    long seconds = options.budget().toSeconds();
    return EvidenceFit.of(catalog, counted, model)
        .fit(
            split.validation(),
            new EvidenceFit.Effort(
                (int) Math.min(BLEND_CASES, seconds * BLEND_CASES_PER_SECOND + 1),
                (int) Math.min(VALIDATION_USERS, seconds * RANK_CASES_PER_SECOND + 1)),
            options,
            _ -> {});
  }

  /// What follows on a choice, where anything is learned of it.
  private void learnHeads(ShopData data, Path directory) throws IOException {
    int most = (int) Math.min(HEAD_CASES, options.budget().toSeconds() * HEAD_CASES_PER_SECOND);
    Heads heads = HeadsFit.fit(data.catalog(), data.histories(), most, options);
    if (!heads.isEmpty()) {
      HeadsFile.write(directory.resolve(HeadsFile.NAME), heads);
    }
  }

  /// Both of the same cases where a ranker was learned, so that they can be compared.
  private static Map<String, Double> metrics(EvidenceFit.Fitted weighed) {
    double blend = weighed.ranked().blendNdcg();
    return Map.of(
        "blend.ndcg@10",
        Double.isNaN(blend) ? weighed.blendNdcg() : blend,
        "ranker.ndcg@10",
        weighed.ranked().ndcg());
  }

  /// All sources of evidence: counted ones and the model.
  public static List<CandidateSource> sources(RecallIndexes counted, SequenceModel model) {
    return Snapshot.of(counted, model, BlendWeights.DEFAULT).sources();
  }

  private Lineage lineage(
      ShopData data, TrainedSequence trained, Map<String, Double> more, Instant now) {
    Map<String, Double> metrics = new TreeMap<>(more);
    metrics.put("validation.ndcg@10", trained.metric());
    metrics.values().removeIf(value -> value.isNaN());
    return new Lineage(
        data.name(),
        data.first().toString(),
        data.last().toString(),
        data.events(),
        data.histories().size(),
        trained.rows().size(),
        options.seed(),
        trained.epochs(),
        metrics,
        CodeVersion.current(),
        now.truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
