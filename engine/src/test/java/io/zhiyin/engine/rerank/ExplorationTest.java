package io.zhiyin.engine.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.rerank.Exploration.Arm;
import io.zhiyin.engine.rerank.Exploration.Draw;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplorationTest {
  @Test
  void givesArmsThatAreKnownAlikeTheSamePropensity() {
    double[] propensities =
        Exploration.propensities(List.of(new Arm(2, 30), new Arm(2, 30), new Arm(2, 30)));
    for (double propensity : propensities) {
      assertEquals(1 / 3.0, propensity, 1e-12);
    }
  }

  /// For Beta(1, 1) against Beta(2, 1), P(second is larger) = ∫ 2x · x dx = 2/3.
  @Test
  void isTheProbabilityOfTheLargestRateWorkedByHand() {
    double[] propensities = Exploration.propensities(List.of(new Arm(1, 1), new Arm(2, 1)));
    assertEquals(2 / 3.0, propensities[1], 2e-3);
  }

  @Test
  void agreesWithDrawingRatesAndTakingTheLargest() {
    List<Arm> arms = List.of(new Arm(3, 40), new Arm(1, 9), new Arm(12, 100), new Arm(1, 60));
    double[] propensities = Exploration.propensities(arms);
    Random random = new Random(1);
    int rounds = 40_000;
    int[] largest = new int[arms.size()];
    for (int round = 0; round < rounds; round++) {
      int best = 0;
      double bestRate = -1;
      for (int i = 0; i < arms.size(); i++) {
        double rate = beta(arms.get(i), random);
        if (rate > bestRate) {
          best = i;
          bestRate = rate;
        }
      }
      largest[best]++;
    }
    for (int i = 0; i < largest.length; i++) {
      assertEquals((double) largest[i] / rounds, propensities[i], 0.01, "arm " + i);
    }
  }

  @Test
  void drawsAsOftenAsItSays() {
    List<Arm> arms = List.of(new Arm(3, 40), new Arm(1, 9), new Arm(12, 100), new Arm(1, 60));
    Random random = new Random(2);
    int rounds = 3_000;
    double[] expected = new double[arms.size()];
    int[] drawn = new int[arms.size()];
    for (int round = 0; round < rounds; round++) {
      List<Draw> draws = Exploration.draw(arms, 2, random);
      drawn[draws.getLast().arm()]++;
      // Averaged over the first draws, the second one's propensities are its frequencies.
      List<Integer> left = new java.util.ArrayList<>(List.of(0, 1, 2, 3));
      left.remove(Integer.valueOf(draws.getFirst().arm()));
      double[] second = Exploration.propensities(left.stream().map(arms::get).toList());
      for (int i = 0; i < left.size(); i++) {
        expected[left.get(i)] += second[i];
      }
      assertEquals(second[left.indexOf(draws.getLast().arm())], draws.getLast().propensity());
    }
    for (int i = 0; i < drawn.length; i++) {
      assertEquals(expected[i] / rounds, (double) drawn[i] / rounds, 0.03, "arm " + i);
    }
  }

  @Test
  void drawsTheSameWithTheSameSeedAndNoArmTwice() {
    List<Arm> arms = List.of(new Arm(3, 40), new Arm(1, 9), new Arm(12, 100));
    List<Draw> draws = Exploration.draw(arms, 5, new Random(4));
    assertEquals(draws, Exploration.draw(arms, 5, new Random(4)));
    Set<Integer> different = new HashSet<>(draws.stream().map(Draw::arm).toList());
    assertEquals(Set.of(0, 1, 2), different);
  }

  @Test
  void ofManySureArmsStaysFinite() {
    Arm[] arms = new Arm[60];
    Arrays.setAll(arms, i -> new Arm(1 + 50 * i, 5_000));
    double[] propensities = Exploration.propensities(List.of(arms));
    assertEquals(1, Arrays.stream(propensities).sum(), 1e-9);
    assertTrue(propensities[59] > 0.5, Arrays.toString(propensities));
  }

  /// For whole numbers, Beta(a, b) is the a-th smallest of a + b - 1 uniform numbers.
  private static double beta(Arm arm, Random random) {
    double[] uniform = new double[(int) (arm.clicks() + arm.misses()) - 1];
    Arrays.setAll(uniform, _ -> random.nextDouble());
    Arrays.sort(uniform);
    return uniform[(int) arm.clicks() - 1];
  }
}
