package io.zhiyin.kernel.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.kernel.vector.Kernels;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SequenceEncoderTest {
  private static EventWindow window(SequenceEncoder encoder, int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SequenceConfig c = encoder.config();
    EventWindow window = encoder.newWindow();
    for (int j = 0; j < length; j++) {
      window.add(
          random.nextInt(encoder.items().rows()),
          random.nextInt(c.eventTypes()),
          random.nextInt(c.gapBuckets()),
          j * 3_600_000L + random.nextInt(3_600_000));
    }
    return window;
  }

  private static float[] encode(SequenceEncoder encoder, EventWindow window, Kernels kernels) {
    float[] out = new float[encoder.config().embeddingSize()];
    encoder.encode(window, encoder.newWorkspace(kernels), out);
    return out;
  }

  @Nested
  @DisplayName("The two twins")
  class Twins {
    @ParameterizedTest(name = "agree at d={0}, {1} heads, {2} layers, F={3}")
    @CsvSource({
      "1,1,1,1",
      "3,3,2,5",
      "7,1,2,9",
      "8,2,2,31",
      "9,3,1,17",
      "24,2,3,33",
      "31,1,2,64",
      "64,2,2,256",
      "64,4,2,65",
      "65,5,2,63"
    })
    void agree(int d, int heads, int layers, int hidden) {
      for (Architecture architecture : Architecture.values()) {
        SequenceConfig config =
            new SequenceConfig(architecture, d, heads, layers, hidden, 51, 4, 6);
        SequenceEncoder encoder = SequenceEncoder.load(RandomWeights.of(config, 100, d), config);
        Kernels simd = Kernels.simd().orElseThrow();
        for (int length = 1; length <= 51; length++) {
          EventWindow window = window(encoder, length, length);
          assertArrayEquals(
              encode(encoder, window, Kernels.scalar()),
              encode(encoder, window, simd),
              2e-5f,
              architecture + ", length " + length);
        }
      }
    }
  }

  @Nested
  @DisplayName("A pass")
  class APass {
    private final SequenceConfig config = new SequenceConfig(64, 2, 2, 256, 50, 4, 6);
    private final SequenceEncoder encoder =
        SequenceEncoder.load(RandomWeights.of(config, 100, 1), config);

    private static SequenceEncoder encoder(Architecture architecture) {
      SequenceConfig config = new SequenceConfig(architecture, 64, 2, 2, 64, 50, 4, 6);
      return SequenceEncoder.load(RandomWeights.of(config, 100, 1), config);
    }

    @ParameterizedTest(name = "of {0}")
    @EnumSource
    @DisplayName("allocates nothing once it is compiled")
    void allocatesNothing(Architecture architecture) {
      Assumptions.assumeTrue(Kernels.simd().isPresent(), "this JVM has no Vector API");
      SequenceEncoder encoder = encoder(architecture);
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      Workspace w = encoder.newWorkspace(Kernels.simd().orElseThrow());
      EventWindow window = window(encoder, 50, 1);
      float[] out = new float[64];
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 200 && least > 0; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
          encoder.encode(window, w, out);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertEquals(0, least, "bytes allocated by the leanest 100 passes");
    }

    @ParameterizedTest(name = "of {0}")
    @EnumSource
    @DisplayName("does not depend on what the workspace was used for before")
    void isPure(Architecture architecture) {
      SequenceEncoder encoder = encoder(architecture);
      Workspace w = encoder.newWorkspace();
      float[] first = new float[64];
      float[] second = new float[64];
      float[] again = new float[64];
      encoder.encode(window(encoder, 13, 1), w, first);
      encoder.encode(window(encoder, 50, 2), w, second);
      encoder.encode(window(encoder, 13, 1), w, again);
      assertArrayEquals(first, again);
    }

    @Test
    @DisplayName("of HSTU tells events of a minute ago from those of a year ago, by no other clock")
    void readsTimes() {
      SequenceEncoder encoder = encoder(Architecture.HSTU);
      EventWindow soon = encoder.newWindow().add(3, 1, 0, 0).add(7, 2, 5, 60_000);
      EventWindow late = encoder.newWindow().add(3, 1, 0, 0).add(7, 2, 5, 31_536_000_000L);
      EventWindow later =
          encoder.newWindow().add(3, 1, 0, 1_700_000_000_000L).add(7, 2, 5, 1_700_000_060_000L);
      float[] expected = encode(encoder, soon, Kernels.active());
      assertArrayEquals(expected, encode(encoder, later, Kernels.active()));
      assertFalse(Arrays.equals(expected, encode(encoder, late, Kernels.active())));
    }

    @Test
    @DisplayName("takes an item's own vector for an item that the table lacks")
    void takesVectors() {
      float[] row = new float[64];
      encoder.items().copy(7, row, 0);
      EventWindow byRow = encoder.newWindow().add(3, 1, 0).add(7, 2, 5);
      EventWindow byVector = encoder.newWindow().add(3, 1, 0).add(row, 2, 5);
      assertArrayEquals(
          encode(encoder, byRow, Kernels.active()), encode(encoder, byVector, Kernels.active()));
    }

    @Test
    @DisplayName("refuses an empty window, an unknown row and one event too many")
    void refuses() {
      EventWindow window = encoder.newWindow();
      assertEquals(
          "a window must hold 1 to 50 events, not 0",
          assertThrows(
                  IllegalArgumentException.class, () -> encode(encoder, window, Kernels.scalar()))
              .getMessage());
      window.add(100, 0, 0);
      assertThrows(
          IndexOutOfBoundsException.class, () -> encode(encoder, window, Kernels.scalar()));
      EventWindow full = window(encoder, 50, 1);
      assertEquals(
          "the window holds at most 50 events",
          assertThrows(IllegalStateException.class, () -> full.add(1, 0, 0)).getMessage());
    }
  }

  @Nested
  @DisplayName("A model")
  class AModel {
    private final SequenceConfig config = new SequenceConfig(8, 2, 1, 16, 10, 4, 6);
    private final Safetensors whole = RandomWeights.of(config, 20, 3);

    private Safetensors without(String... names) {
      Safetensors rest = new Safetensors();
      for (String name : whole.names()) {
        if (!List.of(names).contains(name)) {
          rest.put(name, whole.floats(name), whole.shape(name));
        }
      }
      return rest;
    }

    @Test
    @DisplayName("without tables of types, gaps and positions reads only which items there were")
    void withoutTables() {
      Safetensors bare = without("type.weight", "gap.weight", "position.weight");
      SequenceEncoder encoder = SequenceEncoder.load(bare, config);
      assertArrayEquals(
          encode(encoder, encoder.newWindow().add(3, 1, 0).add(7, 2, 5), Kernels.scalar()),
          encode(encoder, encoder.newWindow().add(3, 0, 1).add(7, 0, 9), Kernels.scalar()));
    }

    @Test
    @DisplayName("that lacks a weight or has another shape is refused with its name")
    void refused() {
      assertTrue(
          assertThrows(
                  SafetensorsException.class,
                  () -> SequenceEncoder.load(without("norm.bias"), config))
              .getMessage()
              .startsWith("There is no tensor norm.bias; there are [item.weight,"));
      SequenceConfig wider = new SequenceConfig(8, 2, 1, 17, 10, 4, 6);
      assertEquals(
          "Tensor blocks.0.feedForward.up.weight has shape [16, 8], but the configuration asks for [17, 8].",
          assertThrows(SafetensorsException.class, () -> SequenceEncoder.load(whole, wider))
              .getMessage());
    }

    @Test
    @DisplayName("of one architecture is not read as another")
    void otherArchitecture() {
      for (Architecture other : List.of(Architecture.GRU4REC, Architecture.HSTU)) {
        SequenceConfig wrong = new SequenceConfig(other, 8, 2, 1, 16, 10, 4, 6);
        assertTrue(
            assertThrows(SafetensorsException.class, () -> SequenceEncoder.load(whole, wrong))
                .getMessage()
                .startsWith("There is no tensor blocks.0."));
      }
      assertEquals(
          "no architecture is named 'lstm'; known are gru4rec, sasrec, hstu",
          assertThrows(IllegalArgumentException.class, () -> Architecture.of("lstm")).getMessage());
    }

    @Test
    @DisplayName("refuses sizes that cannot be")
    void sizes() {
      assertEquals(
          "a vector of 10 numbers cannot be split among 4 heads",
          assertThrows(
                  IllegalArgumentException.class, () -> new SequenceConfig(10, 4, 1, 16, 10, 4, 6))
              .getMessage());
      SequenceEncoder encoder = SequenceEncoder.load(whole, config);
      encoder.warmUp(3);
      assertEquals(
          "event 0's item vector has 7 numbers, this model's have 8",
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      encode(
                          encoder, encoder.newWindow().add(new float[7], 0, 0), Kernels.scalar()))
              .getMessage());
    }
  }
}
