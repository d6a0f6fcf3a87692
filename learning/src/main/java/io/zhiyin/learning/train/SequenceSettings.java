package io.zhiyin.learning.train;

import io.zhiyin.kernel.nn.Architecture;
import java.util.function.Consumer;

/// The recipe of a sequence model: its shape and how it is learned. Made from [#defaults] by
/// `with…`, so that a new setting is no concern of those who do not choose it.
///
/// @param architecture what stands between the embedded events and the vector that they lead to
/// @param embeddingSize d
/// @param heads H
/// @param layers L, of whatever the architecture repeats
/// @param hiddenSize F, of feed-forward parts and of recurrent states
/// @param maxLength P, events of a window
/// @param gapBuckets G
/// @param contentRows C, rows that content features are hashed into
/// @param contentSize k, latent numbers per item that content is compressed to before it is learned
/// @param textSize t, latent numbers that an encoder's vector of an item's text is compressed to; 0
///   leaves texts to their words
/// @param batchSize windows per step
/// @param negatives items that a step's softmax runs over when the catalogue has more than four
///   times as many; all of them otherwise
/// @param learningRate of AdamW
/// @param regularization weight decay of AdamW
/// @param dropout of embeddings, attention and feed-forward parts
/// @param idDropout share of items that a step sees by their content alone, so that new items work
/// @param patience passes without a better validation after which training stops
/// @param recipe what is added to plain learning
public record SequenceSettings(
    Architecture architecture,
    int embeddingSize,
    int heads,
    int layers,
    int hiddenSize,
    int maxLength,
    int gapBuckets,
    int contentRows,
    int contentSize,
    int textSize,
    int batchSize,
    int negatives,
    double learningRate,
    double regularization,
    double dropout,
    double idDropout,
    int patience,
    Recipe recipe) {

  /// Whether a step draws items instead of running over all.
  boolean samples(int items) {
    return items > 4L * negatives;
  }

  /// The recipe that a shop gets.
  public static SequenceSettings defaults() {
    return new SequenceSettings(
        Architecture.SASREC,
        64,
        2,
        2,
        256,
        50,
        24,
        1 << 15,
        128,
        128,
        128,
        8_192,
        1e-3,
        0.01,
        0.5,
        0.1,
        8,
        Recipe.PLAIN);
  }

  public SequenceSettings withArchitecture(Architecture value) {
    return with(draft -> draft.architecture = value);
  }

  public SequenceSettings withEmbeddingSize(int value) {
    return with(draft -> draft.embeddingSize = value);
  }

  public SequenceSettings withHeads(int value) {
    return with(draft -> draft.heads = value);
  }

  public SequenceSettings withLayers(int value) {
    return with(draft -> draft.layers = value);
  }

  public SequenceSettings withHiddenSize(int value) {
    return with(draft -> draft.hiddenSize = value);
  }

  public SequenceSettings withMaxLength(int value) {
    return with(draft -> draft.maxLength = value);
  }

  public SequenceSettings withGapBuckets(int value) {
    return with(draft -> draft.gapBuckets = value);
  }

  public SequenceSettings withContentRows(int value) {
    return with(draft -> draft.contentRows = value);
  }

  public SequenceSettings withContentSize(int value) {
    return with(draft -> draft.contentSize = value);
  }

  public SequenceSettings withTextSize(int value) {
    return with(draft -> draft.textSize = value);
  }

  public SequenceSettings withBatchSize(int value) {
    return with(draft -> draft.batchSize = value);
  }

  public SequenceSettings withNegatives(int value) {
    return with(draft -> draft.negatives = value);
  }

  public SequenceSettings withLearningRate(double value) {
    return with(draft -> draft.learningRate = value);
  }

  public SequenceSettings withRegularization(double value) {
    return with(draft -> draft.regularization = value);
  }

  public SequenceSettings withDropout(double value) {
    return with(draft -> draft.dropout = value);
  }

  public SequenceSettings withIdDropout(double value) {
    return with(draft -> draft.idDropout = value);
  }

  public SequenceSettings withPatience(int value) {
    return with(draft -> draft.patience = value);
  }

  public SequenceSettings withRecipe(Recipe value) {
    return with(draft -> draft.recipe = value);
  }

  private SequenceSettings with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.settings();
  }

  /// The same settings, open to change.
  private static final class Draft {
    private Architecture architecture;
    private int embeddingSize;
    private int heads;
    private int layers;
    private int hiddenSize;
    private int maxLength;
    private int gapBuckets;
    private int contentRows;
    private int contentSize;
    private int textSize;
    private int batchSize;
    private int negatives;
    private double learningRate;
    private double regularization;
    private double dropout;
    private double idDropout;
    private int patience;
    private Recipe recipe;

    Draft(SequenceSettings of) {
      architecture = of.architecture;
      embeddingSize = of.embeddingSize;
      heads = of.heads;
      layers = of.layers;
      hiddenSize = of.hiddenSize;
      maxLength = of.maxLength;
      gapBuckets = of.gapBuckets;
      contentRows = of.contentRows;
      contentSize = of.contentSize;
      textSize = of.textSize;
      batchSize = of.batchSize;
      negatives = of.negatives;
      learningRate = of.learningRate;
      regularization = of.regularization;
      dropout = of.dropout;
      idDropout = of.idDropout;
      patience = of.patience;
      recipe = of.recipe;
    }

    SequenceSettings settings() {
      return new SequenceSettings(
          architecture,
          embeddingSize,
          heads,
          layers,
          hiddenSize,
          maxLength,
          gapBuckets,
          contentRows,
          contentSize,
          textSize,
          batchSize,
          negatives,
          learningRate,
          regularization,
          dropout,
          idDropout,
          patience,
          recipe);
    }
  }
}
