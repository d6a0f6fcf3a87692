package io.zhiyin.lab.bench;

import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.nn.SequenceConfig;
import java.util.SplittableRandom;

/// Weights of a sequence encoder drawn from a seed: speed does not depend on what they are.
final class RandomWeights {
  private final SplittableRandom random;
  private final Safetensors tensors = new Safetensors();

  private RandomWeights(long seed) {
    random = new SplittableRandom(seed);
  }

  static Safetensors of(SequenceConfig c, int items, long seed) {
    RandomWeights weights = new RandomWeights(seed);
    weights.put("item.weight", items, c.embeddingSize());
    return weights.rest(c);
  }

  /// With these vectors of items, `[items, d]`.
  static Safetensors of(SequenceConfig c, float[] items, long seed) {
    RandomWeights weights = new RandomWeights(seed);
    int d = c.embeddingSize();
    weights.tensors.put("item.weight", items, items.length / d, d);
    return weights.rest(c);
  }

  private Safetensors rest(SequenceConfig c) {
    int d = c.embeddingSize();
    put("type.weight", c.eventTypes(), d);
    put("gap.weight", c.gapBuckets(), d);
    put("position.weight", c.maxLength(), d);
    for (int l = 0; l < c.layers(); l++) {
      String block = "blocks." + l;
      layer(block + ".norm1", d);
      layer(block + ".norm2", d);
      layer(block + ".attention.qkv", 3 * d, d);
      layer(block + ".attention.out", d, d);
      layer(block + ".feedForward.up", c.hiddenSize(), d);
      layer(block + ".feedForward.down", d, c.hiddenSize());
    }
    layer("norm", d);
    return tensors;
  }

  static float[] numbers(SplittableRandom random, int length, float scale) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = scale * (float) (random.nextDouble() * 2 - 1);
    }
    return numbers;
  }

  private void layer(String name, int... shape) {
    put(name + ".weight", shape);
    put(name + ".bias", shape[0]);
  }

  private void put(String name, int... shape) {
    int size = shape.length == 1 ? shape[0] : shape[0] * shape[1];
    // of matrices so small that a layer neither swells nor fades
    float scale = shape.length == 1 ? 1 : (float) Math.sqrt(3.0 / shape[1]);
    tensors.put(name, numbers(random, size, scale), shape);
  }
}
