package io.zhiyin.engine.model;

import java.util.Arrays;

/// What the newest event of a history looks at: for each layer and head the weights over the events
/// that the model reads, oldest first. They say where the model reads from, not why an item is on a
/// list.
///
/// @param shares whether each row is shares, not negative and adding up to 1 (softmax); else each
///   weight stands by itself and may be a little below 0 (gated attention)
/// @param entries where in the history each of these events stands, `[length]`
/// @param weights `[layers, heads, length]`; by layer and head
public record Attention(int layers, int heads, boolean shares, int[] entries, float[] weights) {
  /// The weights of one head.
  public float[] row(int layer, int head) {
    int from = (layer * heads + head) * entries.length;
    return Arrays.copyOfRange(weights, from, from + entries.length);
  }
}
