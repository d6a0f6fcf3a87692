package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.AttentionShape;

/// The hyper-parameters of a [SequenceEncoder].
///
/// @param architecture what stands between the embedded events and the vector
/// @param embeddingSize d, numbers of an item's vector
/// @param heads H, a divisor of d
/// @param layers L, of whatever the architecture repeats
/// @param hiddenSize F, numbers inside a feed-forward part or of a recurrent state
/// @param maxLength P, events that a window holds
/// @param eventTypes T, rows of the table of event types
/// @param gapBuckets G, rows of the table of time gaps
public record SequenceConfig(
    Architecture architecture,
    int embeddingSize,
    int heads,
    int layers,
    int hiddenSize,
    int maxLength,
    int eventTypes,
    int gapBuckets) {
  public SequenceConfig {
    if (layers < 1 || hiddenSize < 1 || maxLength < 1 || eventTypes < 0 || gapBuckets < 0) {
      throw new IllegalArgumentException(
          "layers %d, hiddenSize %d and maxLength %d must be at least 1, eventTypes %d and gapBuckets %d at least 0"
              .formatted(layers, hiddenSize, maxLength, eventTypes, gapBuckets));
    }
    var _ = new AttentionShape(embeddingSize, heads);
  }

  /// The same of a [Architecture#SASREC].
  public SequenceConfig(
      int embeddingSize,
      int heads,
      int layers,
      int hiddenSize,
      int maxLength,
      int eventTypes,
      int gapBuckets) {
    this(
        Architecture.SASREC,
        embeddingSize,
        heads,
        layers,
        hiddenSize,
        maxLength,
        eventTypes,
        gapBuckets);
  }

  AttentionShape attention() {
    return new AttentionShape(embeddingSize, heads);
  }
}
