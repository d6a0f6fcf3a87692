package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.feature.Feature;
import io.zhiyin.engine.model.DenseNetwork;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.trial.InterestTable;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DnnTrainerTest {
  private static InterestExamples random(int rows) {
    SplittableRandom random = new SplittableRandom(4);
    float[] features = new float[rows * Feature.COUNT];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble();
    }
    float[] answers = new float[rows];
    float[] weights = new float[rows];
    for (int r = 0; r < rows; r++) {
      answers[r] = random.nextInt(2);
      weights[r] = 1;
    }
    return new InterestExamples(features, answers, weights);
  }

  @Nested
  class ThePlainNetwork {
    @Test
    void learnsATinySetByHeart() {
      InterestExamples examples = random(24);
      Safetensors weights = new DnnTrainer(1, TrainingProgress.Listener.NONE).train(examples);
      float[] interests = DenseNetwork.of(weights).interests(examples.features(), examples.rows());
      for (int r = 0; r < examples.rows(); r++) {
        assertEquals(examples.answers()[r], interests[r], 0.3, "row " + r);
      }
    }

    @Test
    void givesTheSameWeightsForTheSameSeed() {
      InterestExamples examples = random(24);
      Safetensors first = new DnnTrainer(7, TrainingProgress.Listener.NONE).train(examples);
      Safetensors second = new DnnTrainer(7, TrainingProgress.Listener.NONE).train(examples);
      assertArrayEquals(first.floats("layers.1.weight"), second.floats("layers.1.weight"));
    }

    @Test
    void givesEveryShopperAnInterestInEveryItemBetween0And1() {
      ShopData shop = SyntheticShop.ring(12, 10, 6, 2);
      InterestTable table = InterestTable.fit(shop, 1, TrainingProgress.Listener.NONE);
      float[] interests = table.of(shop.histories().getFirst());
      assertEquals(12, interests.length);
      assertTrue(
          java.util.stream.IntStream.range(0, 12)
              .allMatch(i -> interests[i] > 0 && interests[i] < 1),
          () -> Arrays.toString(interests));
    }
  }
}
