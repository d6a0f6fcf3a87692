package io.zhiyin.learning.train;

/// The recipe of a sequence model: its shape and how it is learned.
///
/// @param embeddingSize d
/// @param heads H
/// @param layers L
/// @param hiddenSize F
/// @param maxLength P, events of a window
/// @param gapBuckets G
/// @param contentRows C, rows that content features are hashed into
/// @param contentSize k, latent numbers per item that content is compressed to before it is learned
/// @param batchSize windows per step
/// @param negatives items that a step's softmax runs over when the catalogue has more than four
///   times as many; all of them otherwise
/// @param learningRate of AdamW
/// @param regularization weight decay of AdamW
/// @param dropout of embeddings, attention and feed-forward parts
/// @param idDropout share of items that a step sees by their content alone, so that new items work
/// @param patience passes without a better validation after which training stops
public record SequenceSettings(
    int embeddingSize,
    int heads,
    int layers,
    int hiddenSize,
    int maxLength,
    int gapBuckets,
    int contentRows,
    int contentSize,
    int batchSize,
    int negatives,
    double learningRate,
    double regularization,
    double dropout,
    double idDropout,
    int patience) {

  /// Whether a step draws items instead of running over all.
  boolean samples(int items) {
    return items > 4L * negatives;
  }

  public static SequenceSettings defaults() {
    return new SequenceSettings(
        64, 2, 2, 256, 50, 24, 1 << 15, 128, 128, 8_192, 1e-3, 0.01, 0.5, 0.1, 6);
  }
}
