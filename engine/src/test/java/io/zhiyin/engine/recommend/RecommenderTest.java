package io.zhiyin.engine.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.BlendWeights;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecommenderTest {
  private final Shop shop = new Shop();
  private final StageRunner runner = new StageRunner();

  @AfterEach
  void close() {
    runner.close();
  }

  private Recommender over(Snapshot snapshot, Duration budget) {
    return new Recommender(
        () -> snapshot,
        new Recommender.Settings(Scenarios.builtIn(), budget),
        runner,
        new Random(1),
        List.of());
  }

  private Slate slate(Snapshot snapshot, Query query) {
    return over(snapshot, Duration.ofSeconds(20)).recommend(query);
  }

  private static List<String> ids(Slate slate) {
    return slate.items().stream().map(entry -> entry.itemId().value()).toList();
  }

  private void putItems(int n) {
    for (int i = 0; i < n; i++) {
      shop.put("i" + i, "Thing " + i, "Category " + i % 3, "Brand " + i % 2, 10 + i);
    }
  }

  @Nested
  class An_empty_shop {
    @Test
    void gets_an_empty_list_in_every_scenario() {
      for (String scenario : Scenarios.builtIn().names()) {
        Slate slate = slate(Snapshot.EMPTY, shop.query(scenario, History.EMPTY, 10));
        assertEquals(List.of(), slate.items(), scenario);
        assertEquals(List.of(), slate.degraded(), scenario);
      }
    }
  }

  @Nested
  class The_request {
    @Test
    void of_an_unknown_scenario_is_refused_by_name() {
      InvalidFieldException e =
          assertThrows(
              InvalidFieldException.class,
              () -> slate(Snapshot.EMPTY, shop.query("home", History.EMPTY, 10)));
      assertEquals("scenario", e.field());
      assertTrue(e.reason().startsWith("is not known; known are home-feed, "), e.reason());
    }

    @Test
    void for_more_items_than_there_are_gets_all_that_may_be_shown() {
      putItems(5);
      shop.patch("i3", Shop.stock(0));
      Slate slate = slate(Snapshot.EMPTY, shop.query("home-feed", History.EMPTY, 200));
      assertEquals(List.of("i4", "i2", "i1", "i0"), ids(slate));
    }

    @Test
    void for_no_items_or_too_many_is_refused() {
      for (int n : new int[] {0, -1, 201}) {
        assertEquals(
            "n must be between 1 and 200 (was: " + n + ")",
            assertThrows(
                    InvalidFieldException.class,
                    () -> slate(Snapshot.EMPTY, shop.query("home-feed", History.EMPTY, n)))
                .getMessage());
      }
    }
  }

  @Nested
  class A_source_that_hangs {
    @Test
    void is_left_out_within_the_budget_counted_and_named() {
      putItems(5);
      CountDownLatch never = new CountDownLatch(1);
      Snapshot snapshot =
          new Snapshot("m1", List.of(hanging(Evidence.SEQUENCE, never)), BlendWeights.DEFAULT);
      Recommender recommender = over(snapshot, Duration.ofMillis(100));
      long start = System.nanoTime();
      Slate slate = recommender.recommend(shop.query("home-feed", History.EMPTY, 3));
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertEquals(List.of("sequence: late"), slate.degraded());
      assertEquals(List.of("i4", "i3", "i2"), ids(slate));
      assertEquals(1, recommender.degradations().count("sequence", "late"));
      assertTrue(millis < 5_000, "took " + millis + " ms");
    }

    private CandidateSource hanging(Evidence evidence, CountDownLatch latch) {
      return new CandidateSource() {
        @Override
        public Evidence evidence() {
          return evidence;
        }

        @Override
        public void retrieve(Query query, int limit, Sink sink) {
          try {
            latch.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
      };
    }
  }
}
