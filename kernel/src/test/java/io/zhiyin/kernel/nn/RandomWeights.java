package io.zhiyin.kernel.nn;

import java.util.SplittableRandom;

/// Weights of a given shape, drawn from a seed.
final class RandomWeights {
  private RandomWeights() {}

  static Safetensors of(SequenceConfig c, int items, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Safetensors t = new Safetensors();
    int d = c.embeddingSize();
    int f = c.hiddenSize();
    put(t, random, "item.weight", 0.5f, items, d);
    put(t, random, "type.weight", 0.5f, c.eventTypes(), d);
    put(t, random, "gap.weight", 0.5f, c.gapBuckets(), d);
    put(t, random, "position.weight", 0.5f, c.maxLength(), d);
    float scale = (float) (1 / Math.sqrt(d));
    for (int l = 0; l < c.layers(); l++) {
      String block = "blocks." + l;
      switch (c.architecture()) {
        case GRU4REC -> {
          linear(t, random, block + ".input", scale * 2, 3 * f, l == 0 ? d : f);
          linear(t, random, block + ".state", scale, 3 * f, f);
        }
        case SASREC -> {
          norm(t, random, block + ".norm1", d);
          norm(t, random, block + ".norm2", d);
          linear(t, random, block + ".attention.qkv", scale * 2, 3 * d, d);
          linear(t, random, block + ".attention.out", scale, d, d);
          linear(t, random, block + ".feedForward.up", scale, f, d);
          linear(t, random, block + ".feedForward.down", scale, d, f);
        }
        case HSTU -> {
          norm(t, random, block + ".norm1", d);
          norm(t, random, block + ".norm2", d);
          linear(t, random, block + ".uqkv", scale * 2, 4 * d, d);
          put(t, random, block + ".position.weight", 0.5f, c.maxLength());
          put(t, random, block + ".time.weight", 0.5f, ElapsedTime.BUCKETS);
          linear(t, random, block + ".out", scale, d, d);
        }
      }
    }
    if (c.architecture() == Architecture.GRU4REC) {
      linear(t, random, "out", scale, d, f);
    }
    norm(t, random, "norm", d);
    return t;
  }

  private static void norm(Safetensors t, SplittableRandom random, String name, int d) {
    put(t, random, name + ".weight", 1, d);
    put(t, random, name + ".bias", 0.2f, d);
  }

  private static void linear(
      Safetensors t, SplittableRandom random, String name, float scale, int out, int in) {
    put(t, random, name + ".weight", scale, out, in);
    put(t, random, name + ".bias", 0.2f, out);
  }

  private static void put(
      Safetensors t, SplittableRandom random, String name, float scale, int... shape) {
    int size = 1;
    for (int length : shape) {
      size *= length;
    }
    float[] data = new float[size];
    for (int i = 0; i < size; i++) {
      data[i] = scale * (float) (random.nextDouble() * 2 - 1);
    }
    t.put(name, data, shape);
  }
}
