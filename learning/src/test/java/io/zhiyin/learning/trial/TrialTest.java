package io.zhiyin.learning.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.Protocol;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.train.SequenceSettings;
import io.zhiyin.learning.train.TrainingOptions;
import io.zhiyin.learning.train.TrainingProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final SequenceSettings SMALL =
      SequenceSettings.defaults()
          .withEmbeddingSize(16)
          .withLayers(1)
          .withHiddenSize(32)
          .withMaxLength(12)
          .withContentRows(1 << 10)
          .withContentSize(16)
          .withBatchSize(32)
          .withNegatives(1_000)
          .withLearningRate(5e-3)
          .withDropout(0.1)
          .withPatience(4);

  private static TrialOptions options() {
    return TrialOptions.defaults()
        .withSettings(SMALL)
        .withTraining(new TrainingOptions(8, 1, Duration.ofMinutes(2), 1));
  }

  @Nested
  class ATrial {
    @Test
    void measuresEveryMethodOnTheSameCasesAndWritesTheDocument() throws IOException {
      // walks of 8 in a ring of 40, so that the next item is hardly ever one's own
      ShopData shop = SyntheticShop.ring(40, 120, 8, 1);
      TrialReport report = Trial.run(shop, options(), TrainingProgress.Listener.NONE);
      assertEquals(
          TrialOptions.METHODS, report.methods().stream().map(MethodFigures::name).toList());
      assertTrue(report.ndcg("zhiyin") > 2 * report.ndcg("popular"), report::table);
      assertTrue(report.ndcg("item-to-item") > 2 * report.ndcg("random"), report::table);
      JsonNode json = new ObjectMapper().readTree(report.json());
      assertEquals("leave-one-out", json.path("protocol").asText());
      assertEquals("train-only", json.path("fit").asText());
      assertEquals(120, json.path("users").asInt());
      JsonNode masked = json.path("methods").path("zhiyin").path("masked");
      assertTrue(masked.path("recall@5").asDouble() > 0);
      assertTrue(
          masked.path("ndcg@10.ci95").get(0).asDouble() <= masked.path("ndcg@10").asDouble());
      JsonNode unmasked = json.path("methods").path("zhiyin").path("unmasked");
      assertTrue(
          unmasked.path("ndcg@10.ci95").get(1).asDouble() >= unmasked.path("ndcg@10").asDouble());
    }

    @Test
    void holdsEveryMethodAgainstThePlainOneForTheSameShoppers() throws IOException {
      ShopData shop = SyntheticShop.ring(40, 120, 8, 1);
      TrialReport report =
          Trial.run(
              shop,
              options().withMethods(Set.of("random", "popular", "item-to-item")),
              TrainingProgress.Listener.NONE);
      assertEquals(4, report.comparisons().size(), "two methods, two views");
      Comparison random = report.comparisons().getFirst();
      assertEquals("random", random.method());
      assertEquals("item-to-item", random.baseline());
      assertEquals(View.MASKED, random.view());
      assertEquals(
          report.ndcg("random") - report.ndcg("item-to-item"), random.difference().mean(), 1e-9);
      assertTrue(random.difference().isSignificant());
      JsonNode json = new ObjectMapper().readTree(report.json());
      JsonNode first = json.path("comparisons").get(0);
      assertEquals("ndcg@10", first.path("metric").asText());
      assertTrue(first.path("ci95").get(1).asDouble() < 0);
      assertTrue(first.path("pValue").asDouble() < 0.05);
      assertTrue(report.table().contains("random         item-to-item   masked"), report::table);
    }

    @Test
    void tellsHowManyCasesEachSliceHasAndThatSlicesAddUp() throws IOException {
      TrialReport report =
          Trial.run(
              SyntheticShop.ring(40, 120, 8, 1),
              options().withMethods(Set.of("popular", "item-to-item")),
              TrainingProgress.Listener.NONE);
      for (Slice.Dimension dimension :
          List.of(
              Slice.Dimension.ACTIVITY, Slice.Dimension.ITEM_EVENTS, Slice.Dimension.ITEM_AGE)) {
        List<Slice> slices = report.slices(dimension);
        assertEquals(120, slices.stream().mapToInt(Slice::n).sum(), dimension.wireName());
        double ndcg =
            slices.stream()
                .mapToDouble(
                    slice ->
                        slice.n()
                            * java.util.Objects.requireNonNull(slice.figures().get("popular"))
                                .masked()
                                .ndcg()
                                .mean())
                .sum();
        assertEquals(report.ndcg("popular"), ndcg / 120, 1e-9, dimension.wireName());
      }
      assertEquals(
          List.of("6–10"),
          report.slices(Slice.Dimension.ACTIVITY).stream().map(Slice::label).toList());
      assertEquals(List.of(), report.slices(Slice.Dimension.CATEGORY), "the ring has none");
    }

    @Test
    void looksAtTheListsBesideWhetherTheyWereRight() throws IOException {
      TrialReport report =
          Trial.run(
              SyntheticShop.ring(40, 120, 8, 1),
              options().withMethods(Set.of("random", "popular")),
              TrainingProgress.Listener.NONE);
      BeyondAccuracy random = report.beyondAccuracy().getFirst();
      BeyondAccuracy popular = report.beyondAccuracy().getLast();
      assertEquals(120, random.lists());
      assertTrue(random.coverage() > popular.coverage(), report::table);
      assertTrue(random.novelty() > popular.novelty(), report::table);
      assertTrue(random.popularity() < popular.popularity(), report::table);
      assertTrue(random.gini() < popular.gini(), report::table);
      assertEquals(random.targetPopularity(), popular.targetPopularity());
      assertTrue(Double.isNaN(random.calibration()), "no item has a category");
      assertEquals(5, report.samples().size());
      assertEquals(10, report.samples().getFirst().list().size());
    }

    @Test
    void showsHowTheModelLearned() throws IOException {
      TrialReport report =
          Trial.run(
              SyntheticShop.ring(20, 40, 8, 1),
              options().withMethods(Set.of("sequence")),
              TrainingProgress.Listener.NONE);
      TrainingCurve curve = report.curves().getFirst();
      assertEquals("sequence", curve.stage());
      assertEquals(1, curve.passes().getFirst().epoch());
      assertTrue(curve.passes().getLast().loss() < curve.passes().getFirst().loss());
    }

    @Test
    void measuresNewItemsAndNewShoppersWhenAsked() throws IOException {
      ShopData shop = SyntheticShop.ring(40, 240, 9, 1);
      TrialReport report =
          Trial.run(
              shop,
              options()
                  .withMethods(Set.of("random", "popular", "content", "sequence", "zhiyin"))
                  .withColdStart(),
              TrainingProgress.Listener.NONE);
      ColdStartReport cold = report.coldStart().orElseThrow();
      assertEquals(2, cold.newItems().heldOut(), "5 % of 40 items");
      assertTrue(cold.newItems().cases() > 0);
      assertEquals(
          0,
          java.util.Objects.requireNonNull(cold.newItems().figures().get("popular"))
              .amongAll()
              .recall()
              .mean(),
          "what nobody has touched is not popular");
      assertEquals(
          1,
          java.util.Objects.requireNonNull(cold.newItems().figures().get("random"))
              .amongNew()
              .recall()
              .mean(),
          "there are only two to choose from");
      assertEquals(
          List.of(0, 1, 2, 5, ColdStartReport.NewShoppers.ALL),
          cold.newShoppers().stream().map(ColdStartReport.NewShoppers::events).toList());
      JsonNode json = new ObjectMapper().readTree(report.json());
      assertEquals(2, json.path("coldStart").path("newItems").path("heldOut").asInt());
      assertEquals(
          "all", json.path("coldStart").path("newShoppers").get(4).path("events").asText());
      assertTrue(report.table().contains("New items / 新商品: 2 items"), report::table);
    }

    @Test
    void fitsEverythingAgainButTheTestItemWhenAsked() throws IOException {
      ShopData shop = SyntheticShop.ring(20, 40, 8, 1);
      TrialReport report = Trial.run(shop, options().refitted(), TrainingProgress.Listener.NONE);
      assertEquals("refit", report.setup().fit());
    }

    @Test
    void splitsByTimeWhenAsked() throws IOException {
      ShopData shop = SyntheticShop.ring(20, 40, 8, 1);
      TrialReport report =
          Trial.run(
              shop,
              options().withProtocol(Protocol.TIME_SPLIT).withMethods(Set.of("popular")),
              TrainingProgress.Listener.NONE);
      assertEquals("time-split", report.setup().protocol());
      assertEquals(1, report.methods().size());
    }

    @Test
    void runsOnAShopWithHardlyAnything() throws IOException {
      ShopData shop = SyntheticShop.ring(3, 4, 3, 1);
      TrialReport report = Trial.run(shop, options(), TrainingProgress.Listener.NONE);
      assertEquals(7, report.methods().size());
    }

    @Test
    void refusesAMethodThatNobodyKnows() {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> options().withMethods(Set.of("magic")));
      assertTrue(e.getMessage().startsWith("no method is named 'magic'; known are random, "));
      assertThrows(IllegalArgumentException.class, () -> options().withCutoffs(List.of(0)));
    }
  }
}
