package io.zhiyin.server.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.cluster.state.ReplayProgress;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.recommend.Recommender;
import io.zhiyin.server.config.Retraining;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrainerTest {
  @Nested
  class Due {
    @Test
    void afterSoManyEvents() {
      Retraining when = new Retraining(Duration.ZERO, 100);
      assertFalse(when.isDue(Duration.ofDays(9), 99));
      assertTrue(when.isDue(Duration.ZERO, 100));
    }

    @Test
    void afterSoMuchTimeIfAnythingCame() {
      Retraining when = new Retraining(Duration.ofHours(6), 0);
      assertFalse(when.isDue(Duration.ofHours(5), 1_000_000));
      assertFalse(when.isDue(Duration.ofHours(7), 0));
      assertTrue(when.isDue(Duration.ofHours(6), 1));
    }

    @Test
    void neverUnlessAskedFor() {
      assertTrue(Retraining.OFF.isOff());
      assertFalse(Retraining.OFF.isDue(Duration.ofDays(1_000), Long.MAX_VALUE));
    }
  }

  @TempDir Path data;

  @Test
  void aShopThatHasEnoughNewEventsIsTrainedOnceForThem() throws IOException {
    Meters meters = new Meters();
    try (ShopHub hub =
        ShopHub.open(
            data,
            Clock.systemUTC(),
            Duration.ofHours(1),
            new Retraining(Duration.ZERO, 3),
            Recommender.DEFAULT_BUDGET,
            meters,
            ReplayProgress.SILENT)) {
      hub.start(List.of(ShopId.DEFAULT));
      ShopRuntime shop = hub.shop(ShopId.DEFAULT);
      assertEquals(List.of(), hub.retrainWhatIsDue());
      for (int i = 0; i < 3; i++) {
        shop.append(
            List.of(
                new UserErased(
                    new EventId("e" + i),
                    Instant.parse("2026-01-01T00:00:00Z"),
                    new UserId("u" + i))));
      }
      assertEquals(List.of(ShopId.DEFAULT), hub.retrainWhatIsDue());
      assertEquals(List.of(), hub.retrainWhatIsDue());
      assertTrue(hub.trainings().of(ShopId.DEFAULT).isPresent());
    }
  }
}
