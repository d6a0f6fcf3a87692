package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.zhiyin.kernel.nn.Architecture;
import io.zhiyin.kernel.nn.ElapsedTime;
import io.zhiyin.kernel.nn.EventWindow;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.nn.SequenceConfig;
import io.zhiyin.kernel.nn.SequenceEncoder;
import io.zhiyin.kernel.vector.Kernels;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The encoder of the kernel against the same weights in libtorch.
class EncoderEqualsLibtorchTest {
  private static final int ITEMS = 60;
  private static final int[] LENGTHS = {1, 2, 3, 7, 49, 50};

  private final SplittableRandom random = new SplittableRandom(11);

  @ParameterizedTest(name = "d={0}, {1} heads, {2} layers, F={3}")
  @DisplayName("Both twins give libtorch's vector to 1e-4 at odd lengths and sizes:")
  @CsvSource({
    "8,1,1,13",
    "8,2,2,31",
    "24,1,2,33",
    "24,2,2,7",
    "64,1,2,255",
    "64,2,2,256",
    "64,2,3,65"
  })
  void agrees(int d, int heads, int layers, int hidden) {
    for (Architecture architecture : Architecture.values()) {
      SequenceConfig config = new SequenceConfig(architecture, d, heads, layers, hidden, 50, 5, 9);
      Safetensors weights = weights(config);
      compare(new LibtorchOracle(weights, config), SequenceEncoder.load(weights, config));
    }
  }

  @Test
  @DisplayName("Weights that went through a file give the same")
  void throughAFile(@TempDir Path folder) throws Exception {
    SequenceConfig config = new SequenceConfig(24, 2, 2, 33, 50, 5, 9);
    Safetensors weights = weights(config);
    Path file = folder.resolve("weights.safetensors");
    weights.write(file);
    compare(
        new LibtorchOracle(weights, config), SequenceEncoder.load(Safetensors.read(file), config));
  }

  private void compare(LibtorchOracle oracle, SequenceEncoder encoder) {
    SequenceConfig config = encoder.config();
    for (int length : LENGTHS) {
      int[] items = draw(length, ITEMS);
      int[] types = draw(length, config.eventTypes());
      int[] gaps = draw(length, config.gapBuckets());
      long[] times = random.longs(length, 0, 10_000_000_000L).sorted().toArray();
      EventWindow window = encoder.newWindow();
      for (int j = 0; j < length; j++) {
        window.add(items[j], types[j], gaps[j], times[j]);
      }
      float[] expected = oracle.encode(items, types, gaps, times);
      for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.active()}) {
        float[] out = new float[config.embeddingSize()];
        encoder.encode(window, encoder.newWorkspace(kernels), out);
        assertArrayEquals(
            expected,
            out,
            1e-4f,
            config.architecture() + ", " + kernels.description() + ", length " + length);
      }
    }
  }

  private int[] draw(int length, int bound) {
    return random.ints(length, 0, bound).toArray();
  }

  private Safetensors weights(SequenceConfig c) {
    Safetensors t = new Safetensors();
    int d = c.embeddingSize();
    put(t, "item.weight", 1, ITEMS, d);
    put(t, "type.weight", 1, c.eventTypes(), d);
    put(t, "gap.weight", 1, c.gapBuckets(), d);
    put(t, "position.weight", 1, c.maxLength(), d);
    float scale = (float) (2 / Math.sqrt(d));
    for (int l = 0; l < c.layers(); l++) {
      String block = "blocks." + l;
      switch (c.architecture()) {
        case GRU4REC -> {
          layer(t, block + ".input", scale, 3 * c.hiddenSize(), l == 0 ? d : c.hiddenSize());
          layer(t, block + ".state", scale, 3 * c.hiddenSize(), c.hiddenSize());
        }
        case SASREC -> {
          layer(t, block + ".norm1", 1, d);
          layer(t, block + ".norm2", 1, d);
          layer(t, block + ".attention.qkv", scale, 3 * d, d);
          layer(t, block + ".attention.out", scale, d, d);
          layer(t, block + ".feedForward.up", scale, c.hiddenSize(), d);
          layer(t, block + ".feedForward.down", scale, d, c.hiddenSize());
        }
        case HSTU -> {
          layer(t, block + ".norm1", 1, d);
          layer(t, block + ".uqkv", scale, 4 * d, d);
          put(t, block + ".position.weight", 1, c.maxLength());
          put(t, block + ".time.weight", 1, ElapsedTime.BUCKETS);
          layer(t, block + ".norm2", 1, d);
          layer(t, block + ".out", scale, d, d);
        }
      }
    }
    if (c.architecture() == Architecture.GRU4REC) {
      layer(t, "out", scale, d, c.hiddenSize());
    }
    layer(t, "norm", 1, d);
    return t;
  }

  private void layer(Safetensors t, String name, float scale, int... shape) {
    put(t, name + ".weight", scale, shape);
    put(t, name + ".bias", 0.3f, shape[0]);
  }

  private void put(Safetensors t, String name, float scale, int... shape) {
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
