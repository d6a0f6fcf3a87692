package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.learning.train.Evidences.Pool;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlendFitTest {
  @Test
  void keepsTheDefaultsWhenEveryTargetIsAnOwnItem() {
    BlendFit.Fitted fitted = fit(pool(1, true));
    assertEquals(BlendWeights.DEFAULT.terms(), fitted.weights().terms());
    assertTrue(Double.isNaN(fitted.ndcg()));
  }

  @Test
  void keepsTheDefaultsWithoutACase() {
    assertEquals(BlendWeights.DEFAULT, new BlendFit().fit().weights());
  }

  /// The model puts the target last of twelve; only popularity speaks for it.
  @Test
  void weighsTheEvidenceThatFindsTheTarget() {
    BlendFit.Fitted fitted = fit(pool(11, false));
    assertEquals(1, fitted.ndcg(), 1e-9);
    assertTrue(fitted.weights().terms().containsKey(Evidence.POPULAR));
  }

  @Test
  void liftsWhatWasMetWhereShoppersComeBackAndLowersItWhereTheyNeverDo() {
    Pool comesBack = pool(1, true);
    assertTrue(changeOfMet(fit(comesBack, comesBack, comesBack)) > 1);
    // the model's best was met by all; they chose its second or its third
    Pool[] never = new Pool[40];
    Arrays.setAll(never, i -> pool(i % 2 + 1, false));
    for (Pool pool : never) {
      pool.own()[0] = true;
      Arrays.fill(pool.strengths()[Evidence.POPULAR.ordinal()], 0);
    }
    assertTrue(changeOfMet(fit(never)) < -0.1);
  }

  private static double changeOfMet(BlendFit.Fitted fitted) {
    float[][] nothing = new float[Evidence.COUNT][];
    return fitted.weights().score(nothing, new int[] {1}, History.of(VIEW, new int[] {1}, TIME))[0];
  }

  private static final EventKind VIEW = EventKind.DETAIL_PAGE_VIEW;
  private static final long[] TIME = {0};

  private static BlendFit.Fitted fit(Pool... pools) {
    BlendFit fit = new BlendFit();
    for (Pool pool : pools) {
      int[] own = IntStream.range(0, pool.own().length).filter(i -> pool.own()[i]).toArray();
      fit.add(fit.look(pool, History.of(VIEW, own, new long[own.length])));
    }
    return fit.fit();
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
