package io.zhiyin.learning.train;

import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.engine.model.ModelFiles;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.rank.BlendFile;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.HeadsFile;
import io.zhiyin.engine.rank.RankerFile;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.FreshHistories;
import io.zhiyin.learning.dataset.Protocol;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Goes on from a saved model: a few careful passes over what happened since its data ended and a
/// sample of what was before, in a small part of the time that a training from the start takes.
///
/// Its items keep their rows, new ones get rows that start as what their content says. No stopping
/// rule looks at held-out choices: the passes are few, and [Candidacy] decides whether the outcome
/// is used. How all evidence is weighed is found anew on the last choices of some shoppers, which
/// are held out. A parent's learned ranker goes with the parent's weights: both are handed on
/// unless the new weights alone do better on those of the choices that came after the parent's
/// data.
public final class ContinuedTraining {
  /// Passes over fresh and replayed windows.
  private static final int PASSES = 4;

  /// The learning rate as a share of that of a training from the start. On a time split of ml-100k
  /// four passes at the whole rate did better than six at half of it.
  private static final double RATE = 1;

  /// Entries of older windows for each entry of windows with something new.
  private static final double REPLAY = 0.5;

  /// Shoppers whose last choice weighs the evidence.
  private static final int BLEND_SHOPPERS = 500;

  private final SequenceSettings recipe;
  private final TrainingOptions options;
  private final Clock clock;
  private final TrainingProgress.Listener listener;
  private final TextEncoders encoders;
  private final Optional<Rendezvous> rendezvous;

  /// @param recipe gives what is not part of a model's shape, such as the learning rate
  /// @param options the passes in them are those of a training from the start and play no part
  /// @param encoders read the items' texts, where the parent was trained with them
  public ContinuedTraining(
      SequenceSettings recipe,
      TrainingOptions options,
      Clock clock,
      TrainingProgress.Listener listener,
      TextEncoders encoders) {
    this(recipe, options, clock, listener, encoders, Optional.empty());
  }

  private ContinuedTraining(
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

  /// The same with other processes.
  ContinuedTraining withPeers(Optional<Rendezvous> value) {
    return new ContinuedTraining(recipe, options, clock, listener, encoders, value);
  }

  /// Trains and adds the model to the registry, without putting it to use.
  ///
  /// @param parentId the model to go on from
  /// @throws NothingToLearnException when nothing happened since
  public ModelCard run(ShopData data, ModelRegistry registry, String parentId) throws IOException {
    Parent parent = Parent.load(registry.path(parentId), data.catalog(), encoders);
    Instant end = end(parent.card());
    SequenceSettings settings =
        parent.shaped(recipe).withLearningRate(RATE * recipe.learningRate());
    Split held = Splits.holdOut(data.histories(), BLEND_SHOPPERS, options.seed());
    FreshHistories fresh =
        FreshHistories.since(
            held.fit(), end.toEpochMilli(), settings.maxLength(), REPLAY, options.seed());
    if (fresh.fresh() == 0) {
      throw new NothingToLearnException(
          "There is nothing new to learn: the model %s knows all events up to %s, and none came after it. Train again when there are some, or train from the start without --continue."
              .formatted(parentId, end));
    }
    Split split =
        new Split(Protocol.TIME_SPLIT, fresh.windows(), List.of(), fresh.windows(), List.of());
    TrainedSequence trained =
        new SequenceTrainer(settings, options.withEpochs(PASSES), listener)
            .withPeers(rendezvous)
            .train(data, split, Optional.of(parent));
    Instant now = clock.instant();
    String id = Training.id(now, trained);
    Path saved =
        registry.add(
            id,
            directory -> {
              ModelCard card =
                  trained.write(
                      directory,
                      id,
                      data.catalog().vocabulary(),
                      lineage(data, trained, parentId, now));
              takeOver(registry.path(parentId), parent.card(), card, directory);
              weigh(data, held, end, directory);
              ModelFiles.seal(directory, card);
            });
    return ModelFiles.card(saved);
  }

  private static Instant end(ModelCard card) {
    try {
      return Instant.parse(card.lineage().lastEvent());
    } catch (DateTimeParseException e) {
      throw new ModelException(
          "model.json of model "
              + card.id()
              + " does not say when its data ended. Train a new model with './zhiyin train'.",
          e);
    }
  }

  /// Replaces what was taken over where new weights do better.
  private void weigh(ShopData data, Split held, Instant end, Path directory) throws IOException {
    if (held.validation().isEmpty()) {
      return;
    }
    RecallIndexes counted =
        RecallIndexes.fit(data.catalog(), held.fit(), data.with(held.fit()).last());
    SequenceModel model = SequenceModel.load(directory, data.catalog(), encoders);
    model.readTexts();
    Evidences evidences = EvidenceFit.of(data.catalog(), counted, model).evidences();
    BlendFit fit = new BlendFit();
    held.validation().parallelStream()
        .map(question -> fit.look(evidences.of(question), question.before()))
        .forEachOrdered(fit::add);
    BlendWeights weights = fit.fit().weights();
    Path ranker = directory.resolve(RankerFile.NAME);
    if (Files.exists(ranker)) {
      List<Case> newer =
          held.validation().stream().filter(c -> c.timeMillis() > end.toEpochMilli()).toList();
      double taken = ServedRanking.of(directory, data.catalog(), counted, encoders).meanGain(newer);
      double anew = new ServedRanking(evidences, weights, counted).meanGain(newer);
      if (!(anew > taken)) {
        return;
      }
      Files.delete(ranker);
      Files.deleteIfExists(directory.resolve(HeadsFile.NAME)); // they are of no use without
    }
    BlendFile.write(directory.resolve(BlendFile.NAME), weights);
  }

  /// What was fitted beside the parent's weights.
  private static void takeOver(Path from, ModelCard parent, ModelCard child, Path to)
      throws IOException {
    for (String name : parent.files().keySet()) {
      if (!child.files().containsKey(name)) {
        Files.copy(from.resolve(name), to.resolve(name));
      }
    }
  }

  private Lineage lineage(ShopData data, TrainedSequence trained, String parent, Instant now) {
    return new Lineage(
        data.name(),
        data.first().toString(),
        data.last().toString(),
        data.events(),
        data.histories().size(),
        trained.rows().size(),
        options.seed(),
        trained.epochs(),
        Map.of(),
        CodeVersion.current(),
        now.truncatedTo(ChronoUnit.SECONDS).toString(),
        parent);
  }
}
