package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The softmax by tiles")
class FullSoftmaxTest {
  private static final int SIZE = 8;
  private final SplittableRandom random = new SplittableRandom(3);

  private record Case(
      Tensor hidden, Tensor items, long[] targets, float[] weights, float[] discounts) {}

  private Case draw(int rows, int items, float spread, boolean discounted) {
    long[] targets = random.longs(rows, 0, items).toArray();
    return new Case(
        AbstractTensor.create(numbers(rows * SIZE, spread), rows, SIZE).set_requires_grad(true),
        AbstractTensor.create(numbers(items * SIZE, spread), items, SIZE).set_requires_grad(true),
        targets,
        numbers(rows, 1, 2),
        discounted ? numbers(items, -3, 0) : new float[0]);
  }

  private float[] numbers(int length, float spread) {
    return numbers(length, -spread, spread);
  }

  private float[] numbers(int length, float from, float to) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextDouble(from, to);
    }
    return numbers;
  }

  @ParameterizedTest(name = "of {0} rows and {1} items, spread {2}, smoothing {3}")
  @CsvSource({
    "1, 1, 1, 0, false",
    "5, 37, 1, 0, false",
    "70, 513, 1, 0, true",
    "201, 1100, 3, 0, false",
    "130, 1029, 6, 0.1, false",
    "64, 2000, 1, 0.2, true",
  })
  @DisplayName("has the loss and the gradients of libtorch's own cross-entropy")
  void equalsLibtorch(int rows, int items, float spread, double smoothing, boolean discounted) {
    try (PointerScope _ = new PointerScope();
        FullSoftmax softmax = new FullSoftmax(smoothing)) {
      Case drawn = draw(rows, items, spread, discounted);
      Tensor logits = torch.mm(drawn.hidden(), drawn.items().t());
      if (discounted) {
        logits = logits.sub(AbstractTensor.create(drawn.discounts(), 1, items));
      }
      Tensor logs = torch.log_softmax(logits, 1);
      Tensor target = AbstractTensor.create(drawn.targets(), rows, 1);
      Tensor wanted =
          logs.gather(1, target)
              .mul(new Scalar(1 - smoothing))
              .add(
                  logs.mean(new long[] {1}, true, new org.bytedeco.pytorch.ScalarTypeOptional())
                      .mul(new Scalar(smoothing)));
      Tensor weights = AbstractTensor.create(drawn.weights(), rows, 1);
      Tensor loss = wanted.mul(weights).sum().div(weights.sum()).neg();
      loss.backward();

      Tensor itemGradient = torch.empty(items, SIZE);
      FullSoftmax.Outcome given = outcome(softmax, drawn, itemGradient);

      assertEquals(loss.item_double(), given.loss(), 1e-4 * Math.max(1, loss.item_double()));
      assertArrayEquals(
          Tensors.floats(drawn.hidden().grad()), Tensors.floats(given.hidden()), 2e-5f);
      assertArrayEquals(Tensors.floats(drawn.items().grad()), Tensors.floats(itemGradient), 2e-5f);
    }
  }

  @Test
  @DisplayName("gives the same bytes again, also in memory that was used before")
  void repeats() {
    try (PointerScope _ = new PointerScope();
        FullSoftmax softmax = new FullSoftmax(0)) {
      Case first = draw(150, 700, 2, false);
      Case other = draw(300, 900, 2, false);
      float[] once = items(softmax, first);
      items(softmax, other);
      assertArrayEquals(once, items(softmax, first));
    }
  }

  private static float[] items(FullSoftmax softmax, Case drawn) {
    Tensor itemGradient = torch.empty(drawn.items().shape());
    outcome(softmax, drawn, itemGradient);
    return Tensors.floats(itemGradient);
  }

  private static FullSoftmax.Outcome outcome(FullSoftmax softmax, Case drawn, Tensor itemGradient) {
    float total = 0;
    for (float weight : drawn.weights()) {
      total += weight;
    }
    float[] shares = drawn.weights().clone();
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= total;
    }
    return softmax.of(
        drawn.hidden(),
        drawn.items(),
        new FullSoftmax.Wanted(drawn.targets(), shares, drawn.discounts()),
        itemGradient);
  }
}
