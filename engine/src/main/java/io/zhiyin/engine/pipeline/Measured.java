package io.zhiyin.engine.pipeline;

import io.zhiyin.engine.catalog.Vocabulary;
import java.util.Arrays;

/// What one source makes of a list of items.
///
/// @param strength per item, NaN where the source has no evidence
/// @param because per item, the item of the shopper, page or cart that the evidence comes from
///   most, or [Vocabulary#UNKNOWN]
public record Measured(float[] strength, int[] because) {

  /// No evidence for any of `n` items.
  public static Measured nothing(int n) {
    float[] strength = new float[n];
    int[] because = new int[n];
    Arrays.fill(strength, Float.NaN);
    Arrays.fill(because, Vocabulary.UNKNOWN);
    return new Measured(strength, because);
  }

  /// Notes the evidence for the item at place `i` of the list.
  public void set(int i, float value, int seed) {
    strength[i] = value;
    because[i] = seed;
  }
}
