package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.learning.dataset.TypedSequence;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecipeTest {
  private static TypedSequence walk(int n) {
    int[] items = new int[n];
    int[] targets = new int[n];
    float[] weights = new float[n];
    long[] times = new long[n];
    for (int i = 0; i < n; i++) {
      items[i] = i;
      times[i] = i * 1_000L;
      targets[i] = i + 1 < n ? i + 1 : -1;
      weights[i] = i + 1 < n ? 1 : 0;
    }
    return new TypedSequence(items, new byte[n], times, targets, weights);
  }

  @Nested
  @DisplayName("The learning rate")
  class Heights {
    @Test
    @DisplayName("rises over the warm-up and then stays, where a plateau decides")
    void warmUp() {
      Recipe recipe = Recipe.PLAIN.withWarmUp(4);
      assertEquals(0.25, recipe.height(1, 100));
      assertEquals(1, recipe.height(4, 100));
      assertEquals(1, recipe.height(99, 100));
      assertEquals(1, Recipe.PLAIN.height(1, 100));
    }

    @Test
    @DisplayName("falls along half a cosine or a line to nothing")
    void decay() {
      Recipe cosine = Recipe.PLAIN.withWarmUp(10).withDecay(Recipe.Decay.COSINE);
      assertEquals(1, cosine.height(11, 110), 1e-12);
      assertEquals(0.5, cosine.height(61, 110), 1e-12);
      assertEquals(0, cosine.height(111, 110), 1e-12);
      Recipe line = Recipe.PLAIN.withDecay(Recipe.Decay.LINEAR);
      assertEquals(0.75, line.height(26, 100), 1e-12);
    }

    @Test
    @DisplayName("and all else are refused where they make no sense")
    void refused() {
      assertThrows(IllegalArgumentException.class, () -> Recipe.PLAIN.withSmoothing(1));
      assertThrows(IllegalArgumentException.class, () -> Recipe.PLAIN.withAveraging(-0.1));
      assertThrows(IllegalArgumentException.class, () -> Recipe.PLAIN.withClip(-1));
      assertThrows(IllegalArgumentException.class, () -> new Augmentation(0, 0.7, 0.7));
    }
  }

  @Nested
  @DisplayName("Augmentation")
  class Augmentations {
    private final SplittableRandom random = new SplittableRandom(6);

    @Test
    @DisplayName("leaves a sequence alone where nothing is chosen, or there is too little of it")
    void nothing() {
      TypedSequence walk = walk(9);
      assertSame(walk, Augmentation.NONE.of(walk, random));
      TypedSequence brief = walk(2);
      assertSame(brief, new Augmentation(1, 0.5, 0.5).of(brief, random));
    }

    @Test
    @DisplayName("crops to a run of at least half")
    void crop() {
      for (int i = 0; i < 100; i++) {
        TypedSequence cropped = new Augmentation(1, 0, 0).of(walk(9), random);
        int first = cropped.items()[0];
        assertTrue(cropped.size() >= 5 && cropped.size() <= 9);
        for (int j = 0; j < cropped.size(); j++) {
          assertEquals(first + j, cropped.items()[j]);
          assertEquals(first + j < 8 ? first + j + 1 : -1, cropped.targets()[j]);
        }
      }
    }

    @Test
    @DisplayName("masks a fifth and asks for what comes next among the others")
    void mask() {
      int left = 0;
      for (int i = 0; i < 200; i++) {
        TypedSequence masked = new Augmentation(0, 1, 0).of(walk(20), random);
        left += masked.size();
        int last = masked.size() - 1;
        for (int j = 0; j < last; j++) {
          assertEquals(masked.items()[j + 1], masked.targets()[j]);
          assertEquals(1, masked.weights()[j]);
        }
      }
      assertEquals(0.8, left / 4000.0, 0.03);
    }

    @Test
    @DisplayName("reorders a short run, keeps the times rising, and asks nothing made up")
    void reorder() {
      boolean changed = false;
      for (int i = 0; i < 100; i++) {
        TypedSequence reordered = new Augmentation(0, 0, 1).of(walk(20), random);
        int[] sorted = reordered.items().clone();
        Arrays.sort(sorted);
        assertArrayEquals(walk(20).items(), sorted);
        assertArrayEquals(walk(20).times(), reordered.times());
        changed |= !Arrays.equals(sorted, reordered.items());
        for (int j = 0; j < 19; j++) {
          int asked = reordered.targets()[j];
          assertTrue(asked == -1 || asked == reordered.items()[j + 1]);
        }
      }
      assertTrue(changed);
    }
  }

  @Test
  @DisplayName("Averaged weights follow slowly, and can take the weights' place and go back")
  void averaging() {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      Tensor weight = AbstractTensor.create(new float[] {0, 8});
      AverageWeights averages = new AverageWeights(0.5, List.of(weight));
      weight.fill_(new Scalar(4.0));
      averages.step(1); // decay 2/11
      float kept = 2f / 11;
      float[] expected = {4 * (1 - kept), 8 * kept + 4 * (1 - kept)};
      assertArrayEquals(expected, Tensors.floats(averages.averages().getFirst()), 1e-5f);
      averages.swap();
      assertArrayEquals(expected, Tensors.floats(weight), 1e-5f);
      averages.swap();
      assertArrayEquals(new float[] {4, 4}, Tensors.floats(weight));
    }
  }

  @Test
  @DisplayName("Dropout leaves out the given share, keeps the mean, and repeats with its seed")
  void dropout() {
    try (PointerScope _ = new PointerScope()) {
      Tensor ones = torch.ones(200, 100);
      float[] some = Tensors.floats(Dropout.seeded(3).of(ones, 0.3));
      int out = 0;
      double sum = 0;
      for (float value : some) {
        out += value == 0 ? 1 : 0;
        sum += value;
      }
      assertEquals(0.3, out / 20_000.0, 0.02);
      assertEquals(1, sum / 20_000, 0.03);
      assertArrayEquals(some, Tensors.floats(Dropout.seeded(3).of(ones, 0.3)));
      Dropout other = Dropout.seeded(3);
      other.of(ones, 0.3);
      assertTrue(!Arrays.equals(some, Tensors.floats(other.of(ones, 0.3))));
      assertSame(ones, Dropout.NONE.of(ones, 0.3));
      float[] rows = Tensors.floats(Dropout.seeded(4).ofRows(ones, 0.5));
      for (int i = 0; i < rows.length; i++) {
        assertEquals(rows[i / 100 * 100], rows[i]);
        assertTrue(rows[i] == 0 || rows[i] == 1);
      }
    }
  }
}
