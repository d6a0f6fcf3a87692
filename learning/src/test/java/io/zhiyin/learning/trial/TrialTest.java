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
      assertEquals(TrialOptions.METHODS, report.methods().stream().map(MethodRanks::name).toList());
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
      assertTrue(json.path("methods").path("zhiyin").path("unmasked").has("ndcg@10"));
    }

    @Test
    void fitsEverythingAgainButTheTestItemWhenAsked() throws IOException {
      ShopData shop = SyntheticShop.ring(20, 40, 8, 1);
      TrialReport report = Trial.run(shop, options().refitted(), TrainingProgress.Listener.NONE);
      assertEquals("refit", report.fit());
    }

    @Test
    void splitsByTimeWhenAsked() throws IOException {
      ShopData shop = SyntheticShop.ring(20, 40, 8, 1);
      TrialReport report =
          Trial.run(
              shop,
              options().withProtocol(Protocol.TIME_SPLIT).withMethods(Set.of("popular")),
              TrainingProgress.Listener.NONE);
      assertEquals("time-split", report.protocol());
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
