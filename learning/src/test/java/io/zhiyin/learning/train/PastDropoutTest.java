package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import io.zhiyin.learning.train.Evidences.Pool;
import io.zhiyin.learning.train.PastDropout.Played;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastDropoutTest {
  private static final int ITEMS = 60;

  private final ShopData shop = SyntheticShop.ring(ITEMS, 80, 8, 2);
  private final Split split = Splits.leaveOneOut(shop.histories());

  @TempDir Path directory;
  private PastDropout dropout;
  private Evidences evidences;

  @BeforeEach
  void train() throws IOException {
    ModelRegistry registry = new ModelRegistry(directory);
    registry.activate(Tiny.training().run(shop, registry).id());
    SequenceModel model = registry.loadActive(shop.catalog()).orElseThrow();
    dropout = PastDropout.of(shop.catalog(), 1);
    RecallIndexes counted = RecallIndexes.fit(shop.catalog(), split.fit(), shop.last());
    evidences = EvidenceFit.of(shop.catalog(), counted, model).evidences();
  }

  private Case question() {
    return split.validation().getFirst();
  }

  private Played withTheAnswerNew() {
    return dropout.play(dropout.groupOf(question().target()), question().before());
  }

  @Test
  void everyItemIsTakenForNewInOneGroupAndNoneThatTheShopperMet() {
    int[] times = new int[ITEMS];
    for (int group = 0; group < PastDropout.GROUPS; group++) {
      for (int item : dropout.play(group, question().before()).items()) {
        times[item]++;
      }
    }
    for (int item = 0; item < ITEMS; item++) {
      assertEquals(question().before().contains(item) ? 0 : 1, times[item], "item " + item);
    }
  }

  @Test
  void theAnswerKeepsItsPastInTheUsualDraw() {
    for (int number = 0; number < 3 * PastDropout.GROUPS; number++) {
      for (int item = 0; item < ITEMS; item++) {
        assertNotEquals(dropout.groupOf(item), dropout.groupWithout(item, number));
      }
    }
  }

  @Test
  void onlyContentSpeaksForAnItemTakenForNew() {
    Pool usual = evidences.of(question());
    Pool pool = evidences.of(question(), withTheAnswerNew());
    assertTrue(pool.target() >= 0 && usual.target() >= 0);
    assertTrue(pool.asNew()[pool.target()]);
    assertFalse(usual.asNew()[usual.target()]);
    for (Evidence evidence : Evidence.values()) {
      float[] measured = pool.strengths()[evidence.ordinal()];
      if (measured == null) {
        continue;
      }
      boolean content = evidence == Evidence.CONTENT || evidence == Evidence.NEW;
      assertTrue(content || Float.isNaN(measured[pool.target()]), evidence.wireName());
    }
    float[] popular = Objects.requireNonNull(usual.strengths()[Evidence.POPULAR.ordinal()]);
    assertTrue(popular[usual.target()] > 0);
  }
}
