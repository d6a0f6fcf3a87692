package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.AttentionShape;

/// The hyper-parameters of a [SequenceEncoder].
///
/// @param embeddingSize d, numbers of an item's vector
/// @param heads H, a divisor of d
/// @param layers L
/// @param hiddenSize F, numbers inside the feed-forward part
/// @param maxLength P, events that a window holds
/// @param eventTypes T, rows of the table of event types
/// @param gapBuckets G, rows of the table of time gaps
public record SequenceConfig(
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

  AttentionShape attention() {
    return new AttentionShape(embeddingSize, heads);
  }
}
