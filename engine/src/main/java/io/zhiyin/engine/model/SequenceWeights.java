package io.zhiyin.engine.model;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.kernel.index.QuantisedIndex;
import io.zhiyin.kernel.nn.Architecture;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.nn.SequenceConfig;
import io.zhiyin.kernel.nn.SequenceEncoder;
import io.zhiyin.kernel.vector.TopK;
import io.zhiyin.kernel.vector.Warming;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/// What the files of a sequence model hold, checked and read. Needs no catalogue, so it can be read
/// while that is; [#over] one it is a [SequenceModel].
public final class SequenceWeights {
  /// Events of a window; there is memory for all of them in every thread.
  private static final int LONGEST = 100_000;

  private static final int WARM_UP_PASSES = 500;
  private static final int WARM_UP_ROWS = 2048;
  private static final int WARM_UP_SEARCHES = 200;

  final Path directory;
  final ModelCard card;
  final EventTypes types;
  final SequenceEncoder encoder;
  final Repeats repeats;
  final Optional<ContentProjection> content;

  /// What it was trained on, in the order of the rows.
  final List<ItemId> items;

  /// Reads the model of that directory, checking every file first.
  ///
  /// @throws ModelException when a file is missing, damaged, or of a newer format
  public static SequenceWeights read(Path directory, TextEncoders encoders) throws IOException {
    ModelCard card = ModelFiles.verified(directory);
    Architecture architecture =
        Arrays.stream(Architecture.values())
            .filter(known -> card.kind().equals(SequenceModel.kind(known)))
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelException(
                        "%s holds a model of kind '%s', not '%s'. Activate another model, or train a new one with './zhiyin train'."
                            .formatted(
                                directory,
                                card.kind(),
                                Arrays.stream(Architecture.values())
                                    .map(SequenceModel::kind)
                                    .collect(Collectors.joining("', '")))));
    Safetensors tensors = Safetensors.read(directory.resolve("weights.safetensors"));
    if (card.parameter("maxLength") > LONGEST) {
      throw new ModelException(
          "%s asks for windows of %d events; at most %d can be read. Activate another model, or train a new one with './zhiyin train'."
              .formatted(directory, card.parameter("maxLength"), LONGEST));
    }
    try {
      return new SequenceWeights(directory, card, architecture, tensors, encoders);
    } catch (IllegalArgumentException e) {
      throw unfit(directory, e);
    }
  }

  private static ModelException unfit(Path directory, IllegalArgumentException why) {
    return new ModelException(
        "%s is not used, as its parts do not fit each other: %s. Restore the model's directory from a backup, activate another model, or train a new one with './zhiyin train'."
            .formatted(directory, why.getMessage()),
        why);
  }

  private SequenceWeights(
      Path directory,
      ModelCard card,
      Architecture architecture,
      Safetensors tensors,
      TextEncoders encoders)
      throws IOException {
    this.directory = directory;
    this.card = card;
    types = new EventTypes(SequenceFiles.kinds(card));
    SequenceConfig config =
        new SequenceConfig(
            architecture,
            card.parameter("embeddingSize"),
            card.parameter("heads"),
            card.parameter("layers"),
            card.parameter("hiddenSize"),
            card.parameter("maxLength"),
            types.size(),
            card.parameter("gapBuckets"));
    encoder = SequenceEncoder.load(tensors, config);
    repeats =
        tensors.has(SequenceModel.REPEATS)
            ? new Repeats(tensors.floats(SequenceModel.REPEATS))
            : Repeats.NONE;
    content =
        ContentProjection.load(
            tensors, card.parameter("contentRows"), config.embeddingSize(), encoders);
    items = SequenceFiles.items(directory);
    if (items.size() > encoder.items().rows()) {
      throw new IllegalArgumentException(
          "items.txt names %d items, but there are vectors of %d"
              .formatted(items.size(), encoder.items().rows()));
    }
  }

  /// The model over that catalogue; keeps what was read, and reads no file.
  ///
  /// @throws ModelException when what it says it was trained on is no id of an item
  public SequenceModel over(Catalog catalog) {
    try {
      return new SequenceModel(this, catalog);
    } catch (InvalidFieldException e) {
      throw unfit(directory, e);
    }
  }

  /// Has the JVM compile the forward pass, which the first request would otherwise wait for: a
  /// second in a process that has just started, once.
  public void warmUpPasses() {
    encoder.warmUp(WARM_UP_PASSES);
  }

  /// The same for what many items need: the rounding of their vectors, with which the first list
  /// [#over] a catalogue begins, and the search. On few rows: the first search of a million took a
  /// second, as its one long loop was interpreted until it was compiled from within.
  public void warmUpSearch() {
    if (items.size() < ItemVectors.ROUNDED_FROM) {
      return;
    }
    int d = encoder.config().embeddingSize();
    Random random = new Random(1);
    float[] vectors = new float[WARM_UP_ROWS * d];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = random.nextFloat() - 0.5f;
    }
    QuantisedIndex index = QuantisedIndex.of(d, vectors);
    TopK best = new TopK(100);
    float[] query = Arrays.copyOf(vectors, d);
    Warming.run(WARM_UP_SEARCHES, _ -> index.search(query, 100, item -> true, best));
  }
}
