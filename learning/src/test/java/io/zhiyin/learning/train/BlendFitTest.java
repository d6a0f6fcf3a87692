package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.learning.train.Evidences.Pool;
import org.junit.jupiter.api.Test;

class BlendFitTest {
  @Test
  void keepsTheDefaultsWhenEveryTargetIsAnOwnItem() {
    BlendFit.Fitted fitted = new BlendFit().add(pool(1, true)).fit();
    assertEquals(BlendWeights.DEFAULT, fitted.weights());
    assertTrue(Double.isNaN(fitted.ndcg()));
  }

  @Test
  void keepsTheDefaultsWithoutACase() {
    assertEquals(BlendWeights.DEFAULT, new BlendFit().fit().weights());
  }

  /// The model puts the target last of twelve; only popularity speaks for it.
  @Test
  void weighsTheEvidenceThatFindsTheTarget() {
    BlendFit.Fitted fitted = new BlendFit().add(pool(11, false)).fit();
    assertEquals(1, fitted.ndcg(), 1e-9);
    assertTrue(fitted.weights().terms().containsKey(Evidence.POPULAR));
  }

  private static Pool pool(int target, boolean ownTarget) {
    int n = 12;
    int[] items = new int[n];
    boolean[] own = new boolean[n];
    float[][] strengths = new float[Evidence.COUNT][];
    strengths[Evidence.SEQUENCE.ordinal()] = new float[n];
    strengths[Evidence.POPULAR.ordinal()] = new float[n];
    for (int i = 0; i < n; i++) {
      items[i] = i;
      strengths[Evidence.SEQUENCE.ordinal()][i] = (n - i) * 0.1f;
    }
    strengths[Evidence.POPULAR.ordinal()][target] = 1;
    own[target] = ownTarget;
    return new Pool(items, strengths, own, new boolean[n], target);
  }
}
