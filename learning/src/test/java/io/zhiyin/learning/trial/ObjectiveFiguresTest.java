package io.zhiyin.learning.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.pipeline.Objective;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.train.SequenceSettings;
import io.zhiyin.learning.train.TrainingOptions;
import io.zhiyin.learning.train.TrainingProgress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Walks along a ring of things, of which each other one is dear and hardly ever bought.
class ObjectiveFiguresTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int ITEMS = 40;
  private static final int LENGTH = 8;

  private final List<Integer> lastBought = new ArrayList<>();

  private static double price(int item) {
    return item % 2 == 0 ? 10 : 1_000;
  }

  private ShopData shop() {
    Catalog catalog = new Catalog();
    for (int i = 0; i < ITEMS; i++) {
      ItemFields fields =
          new ItemFields(
              "thing " + i,
              null,
              null,
              null,
              price(i),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null);
      catalog.apply(
          new CatalogEvent.ItemPut(new EventId("put-" + i), START, new ItemId("i" + i), fields));
    }
    SplittableRandom random = new SplittableRandom(4);
    List<History> histories = new ArrayList<>();
    for (int shopper = 0; shopper < 800; shopper++) {
      History history = History.EMPTY;
      int item = random.nextInt(ITEMS);
      for (int step = 0; step < LENGTH; step++) {
        Duration since = Duration.ofDays(4L * step).plusMinutes(30L * shopper);
        long time = START.plus(since).toEpochMilli();
        history = history.plus(EventKind.DETAIL_PAGE_VIEW, item, time);
        if (random.nextDouble() < (price(item) > 100 ? 0.05 : 0.7)) {
          history = history.plus(EventKind.PURCHASE_COMPLETE, item, time + 60_000);
          if (step == LENGTH - 1) {
            lastBought.add(item);
          }
        }
        int next = (item + 1 + random.nextInt(3)) % ITEMS;
        item = random.nextInt(10) == 0 ? (item + ITEMS / 2) % ITEMS : next;
      }
      histories.add(history);
    }
    return new ShopData("dear and cheap", catalog, histories);
  }

  private static TrialReport report(ShopData shop) throws IOException {
    TrialOptions options =
        TrialOptions.defaults()
            .withSettings(
                SequenceSettings.defaults()
                    .withEmbeddingSize(16)
                    .withLayers(1)
                    .withHiddenSize(32)
                    .withMaxLength(12)
                    .withContentRows(1 << 10)
                    .withContentSize(16)
                    .withBatchSize(32)
                    .withLearningRate(5e-3)
                    .withDropout(0.1))
            .withMethods(Set.of("zhiyin"))
            .withTraining(new TrainingOptions(4, 1, Duration.ofMinutes(2), 1));
    return Trial.run(shop, options, TrainingProgress.Listener.NONE);
  }

  @Test
  void sayWhatWasBoughtAndWhatItCostForEachObjective() throws IOException {
    TrialReport report = report(shop());
    List<ObjectiveFigures> figures = report.objectives();
    assertEquals(
        List.of(Objective.values()), figures.stream().map(ObjectiveFigures::objective).toList());
    double sold = lastBought.stream().mapToDouble(ObjectiveFiguresTest::price).average().orElse(0);
    for (ObjectiveFigures one : figures) {
      assertEquals(lastBought.size(), one.sales(), "last choices that were bought");
      assertTrue(one.revenue() > 0 && one.revenue() <= sold + 1e-9, one::toString);
    }
    ObjectiveFigures engagement = figures.get(0);
    ObjectiveFigures conversion = figures.get(1);
    assertEquals(0, engagement.ndcgGain().mean());
    assertTrue(conversion.ndcg() > engagement.ndcg() + 0.02, figures::toString);
    assertEquals(
        conversion.ndcg() - engagement.ndcg(), conversion.ndcgGain().mean(), 1e-9, "paired");
    JsonNode json = new ObjectMapper().readTree(report.json()).path("objectives");
    assertEquals(lastBought.size(), json.at("/revenue/sales").asInt());
    assertEquals(conversion.ndcg(), json.at("/conversion/purchase.ndcg@10").asDouble(), 1e-5);
    assertTrue(report.table().contains("conversion"), report::table);
  }
}
