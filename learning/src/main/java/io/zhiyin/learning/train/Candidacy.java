package io.zhiyin.learning.train;

import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.evaluate.Bootstrap;
import io.zhiyin.engine.evaluate.Interval;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.engine.model.ModelFiles;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.learning.dataset.NewestChoices;
import io.zhiyin.learning.dataset.ShopData;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A new model's way into use: trained, compared with the model in use on choices that neither has
/// learned, put to use when it is not worse, and otherwise kept and explained.
///
/// The choices are the newest of some shoppers, made after the data of the model in use ended; the
/// candidate is trained without them. Not worse means that the lower end of the 95 % interval of
/// the difference of mean NDCG@10, by paired bootstrap over shoppers, is at least −ε.
public final class Candidacy {
  /// ε, in NDCG@10: less than this is not worth keeping an older model for.
  public static final double TOLERANCE = 0.01;

  /// So many shoppers must have chosen something new before two models can be told apart.
  public static final int MIN_SHOPPERS = 30;

  private static final int MAX_SHOPPERS = 1_000;

  private final SequenceSettings recipe;
  private final TrainingOptions options;
  private final Clock clock;
  private final TrainingProgress.Listener listener;
  private final TextEncoders encoders;
  private final Optional<Rendezvous> rendezvous;

  /// Where a model's weights come from.
  public enum Mode {
    /// Random weights, all of the data.
    FULL,
    /// The model in use, and what happened since; the same as [#FULL] when none is in use.
    CONTINUE;

    /// As in `continue`.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// When a candidate is put to use.
  public enum Activation {
    ALWAYS,
    IF_BETTER,
    NEVER;

    /// As in `if-better`.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// @param mode how it was trained in the end
  /// @param training time that the training took, without the comparison
  public record Outcome(ModelCard card, Mode mode, Promotion promotion, Duration training) {
    /// What an audit log keeps of it.
    public Map<String, String> forAudit() {
      return Map.of("model", card.id(), "inUse", Boolean.toString(promotion.activates()));
    }
  }

  public Candidacy(
      SequenceSettings recipe,
      TrainingOptions options,
      Clock clock,
      TrainingProgress.Listener listener,
      TextEncoders encoders) {
    this(recipe, options, clock, listener, encoders, Optional.empty());
  }

  private Candidacy(
      SequenceSettings recipe,
      TrainingOptions options,
      Clock clock,
      TrainingProgress.Listener listener,
      TextEncoders encoders,
      Optional<Rendezvous> rendezvous) {
    this.rendezvous = rendezvous;
    this.recipe = recipe;
    this.options = options;
    this.clock = clock;
    this.listener = listener;
    this.encoders = encoders;
  }

  /// The same as the leader of those processes that come there.
  public Candidacy withPeers(Rendezvous value) {
    return new Candidacy(recipe, options, clock, listener, encoders, Optional.of(value));
  }

  /// Trains, compares, records, and tells the registry which model is in use.
  ///
  /// @throws NothingToLearnException when there is nothing, or nothing new
  public Outcome run(ShopData data, ModelRegistry registry, Mode wanted, Activation activation)
      throws IOException {
    Optional<String> active = registry.active();
    Mode mode = active.isEmpty() ? Mode.FULL : wanted;
    boolean compares = activation == Activation.IF_BETTER && active.isPresent();
    Optional<Instant> end = compares ? end(registry, active.get()) : Optional.empty();
    NewestChoices newest =
        NewestChoices.after(
            data.histories(),
            end.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE),
            MAX_SHOPPERS,
            options.seed());
    if (newest.shoppers() < MIN_SHOPPERS) { // nothing to compare with: nothing is held out
      newest = NewestChoices.after(data.histories(), Long.MAX_VALUE, 0, options.seed());
    }
    ShopData known = data.with(newest.rest());
    long start = System.nanoTime();
    ModelCard card =
        mode == Mode.FULL
            ? new Training(recipe, options, clock, listener, encoders)
                .withPeers(rendezvous)
                .run(known, registry)
            : new ContinuedTraining(recipe, options, clock, listener, encoders)
                .withPeers(rendezvous)
                .run(known, registry, active.orElseThrow());
    Duration training = Duration.ofNanos(System.nanoTime() - start);
    Promotion promotion = promotion(activation, active, end, known, newest, card, registry);
    promotion.write(registry.path(card.id()));
    if (promotion.activates()) {
      registry.activate(card.id());
    }
    return new Outcome(card, mode, promotion, training);
  }

  /// When the data of that model ended; nothing when its card cannot be read.
  private static Optional<Instant> end(ModelRegistry registry, String id) throws IOException {
    try {
      return Optional.of(Instant.parse(ModelFiles.card(registry.path(id)).lineage().lastEvent()));
    } catch (ModelException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Promotion promotion(
      Activation activation,
      Optional<String> active,
      Optional<Instant> end,
      ShopData known,
      NewestChoices newest,
      ModelCard card,
      ModelRegistry registry)
      throws IOException {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String other = active.orElse(null);
    if (activation != Activation.IF_BETTER) {
      return new Promotion(
          activation == Activation.ALWAYS
              ? Promotion.Verdict.ASKED_FOR
              : Promotion.Verdict.HELD_BACK,
          other,
          null,
          now);
    }
    if (other == null) {
      return new Promotion(Promotion.Verdict.FIRST, null, null, now);
    }
    if (end.isEmpty()) {
      return new Promotion(Promotion.Verdict.OTHER_UNREADABLE, other, null, now);
    }
    if (newest.cases().isEmpty()) {
      return new Promotion(Promotion.Verdict.TOO_FEW, other, null, now);
    }
    RecallIndexes counted = RecallIndexes.fit(known.catalog(), known.histories(), known.last());
    double[] before;
    try {
      before =
          ServedRanking.of(registry.path(other), known.catalog(), counted, encoders)
              .gains(newest.cases());
    } catch (ModelException e) {
      return new Promotion(Promotion.Verdict.OTHER_UNREADABLE, other, null, now);
    }
    double[] after =
        ServedRanking.of(registry.path(card.id()), known.catalog(), counted, encoders)
            .gains(newest.cases());
    return compare(after, before, newest.cases().size(), options.seed()).promotion(other, now);
  }

  /// The comparison of two models by each shopper's NDCG@10.
  static Promotion.Comparison compare(double[] candidate, double[] active, int choices, long seed) {
    Interval difference = new Bootstrap(seed).difference(candidate, active);
    return new Promotion.Comparison(
        candidate.length,
        choices,
        Arrays.stream(candidate).average().orElse(0),
        Arrays.stream(active).average().orElse(0),
        difference.low(),
        difference.high(),
        TOLERANCE);
  }
}
