package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.kernel.tree.TreeEnsemble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoostedTreesTest {
  private static final int N = 4_000;

  /// Yes where exactly one of the first two features is large; the third is noise.
  private static BoostedTrees.Rows exclusiveOr() {
    SplittableRandom random = new SplittableRandom(7);
    float[] rows = new float[N * 3];
    float[] answers = new float[N];
    float[] weights = new float[N];
    for (int i = 0; i < N; i++) {
      for (int f = 0; f < 3; f++) {
        rows[3 * i + f] = (float) random.nextDouble();
      }
      answers[i] = rows[3 * i] > 0.5 != rows[3 * i + 1] > 0.5 ? 1 : 0;
      weights[i] = 1;
    }
    return new BoostedTrees.Rows(rows, 3, answers, weights);
  }

  @Test
  void learnsWhatNoSumOfWeightsCan() {
    BoostedTrees.Rows rows = exclusiveOr();
    BoostedTrees.Learned learned = BoostedTrees.learn(rows, 100, 1, 1);
    double[] odds = new double[N];
    learned.trees().add(rows.rows(), N, 3, odds);
    int right = 0;
    for (int i = 0; i < N; i++) {
      right += odds[i] > 0 == rows.answers()[i] > 0 ? 1 : 0;
    }
    assertTrue(right > 0.98 * N, "right " + right);
    assertTrue(learned.gains()[0] > 10 * learned.gains()[2]);
  }

  /// The share of yes is where the odds start, so that untold rows get the base rate.
  @Test
  void oddsAreThoseOfTheData() {
    BoostedTrees.Rows rows = exclusiveOr();
    for (int i = 0; i < N; i++) {
      rows.answers()[i] = i % 10 == 0 ? 1 : 0;
    }
    double[] odds = new double[N];
    BoostedTrees.learn(rows, 30, 1, 1).trees().add(rows.rows(), N, 3, odds);
    double mean = 0;
    for (double odd : odds) {
      mean += 1 / (1 + Math.exp(-odd)) / N;
    }
    assertEquals(0.1, mean, 0.005);
  }

  @Test
  void theSameRowsAndSeedGiveTheSameTrees() {
    TreeEnsemble first = BoostedTrees.learn(exclusiveOr(), 20, 5, 2).trees();
    TreeEnsemble second = BoostedTrees.learn(exclusiveOr(), 20, 5, 2).trees();
    assertArrayEquals(first.leaves(), second.leaves());
    assertArrayEquals(first.thresholds(), second.thresholds());
    assertArrayEquals(first.features(), second.features());
  }

  @Test
  void readsTreesOfOneLeafAndOfSeveral() {
    TreeEnsemble trees =
        BoostedTrees.parse(
            """
            version=v4
            Tree=0
            num_leaves=1
            leaf_value=0.5

            Tree=1
            num_leaves=3
            split_feature=1 0
            threshold=0.1 2.5
            left_child=1 -1
            right_child=-3 -2
            leaf_value=1 2 3

            end of trees
            """);
    double[] sums = new double[3];
    trees.add(new float[] {2, 0, 3, 0, 0, 1}, 3, 2, sums);
    assertArrayEquals(new double[] {1.5, 2.5, 3.5}, sums);
    assertTrue(trees.thresholds()[0] <= 0.1);
  }
}
