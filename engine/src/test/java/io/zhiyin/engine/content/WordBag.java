package io.zhiyin.engine.content;

import java.util.Locale;

/// A small encoder for tests: words hashed into a few places, length 1. Pure and fast.
public record WordBag(String id, Script script, int size) implements TextEncoder {
  @Override
  public float[] encode(String text) {
    float[] vector = new float[size];
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
      if (!word.isEmpty()) {
        vector[Math.floorMod(word.hashCode() * 31, size)] += 1;
      }
    }
    double square = 0;
    for (float value : vector) {
      square += value * value;
    }
    for (int i = 0; i < size; i++) {
      vector[i] *= square == 0 ? 0 : (float) (1 / Math.sqrt(square));
    }
    return vector;
  }
}
