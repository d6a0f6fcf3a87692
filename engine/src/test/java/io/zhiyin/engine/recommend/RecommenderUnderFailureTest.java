package io.zhiyin.engine.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.BlendWeights;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What happens when a part of the recommender fails, hangs, or the shop changes meanwhile.
class RecommenderUnderFailureTest extends InAShop {
  @Nested
  class WhatIsSoldOutDuringTheRequest {
    @Test
    void isTakenOutAtTheLastMomentAndItsPlaceFilled() {
      Snapshot snapshot = busyShop();
      CandidateSource selling =
          new CandidateSource() {
            @Override
            public Evidence evidence() {
              return Evidence.SEQUENCE;
            }

            @Override
            public void retrieve(Query query, int limit, Sink sink) {
              sink.offer(shop.index("b3"), 100);
            }

            @Override
            public float[] measure(Query query, int[] items) {
              shop.patch("b3", Shop.stock(0));
              float[] logits = new float[items.length];
              for (int i = 0; i < items.length; i++) {
                logits[i] = items[i] == shop.index("b3") ? 100 : 0;
              }
              return logits;
            }
          };
      Slate slate = slate(snapshot.with(selling), shop.query("home-feed", viewed("b0"), 3));
      assertFalse(ids(slate).contains("b3"), ids(slate).toString());
      assertEquals(3, ids(slate).size());
    }
  }

  @Nested
  class ASourceThatThrows {
    @Test
    void isLeftOutCountedAndNamedOnce() {
      putItems(3);
      Snapshot snapshot = Snapshot.EMPTY.with(new Failing(Evidence.SEQUENCE));
      Recommender recommender = over(snapshot, Duration.ofSeconds(20));
      Slate slate = recommender.recommend(shop.query("home-feed", viewed("i0"), 3));
      assertEquals(List.of("sequence: failed"), slate.degraded());
      assertEquals(3, slate.items().size());
      assertEquals(Map.of("sequence: failed", 1L), recommender.degradations().counts());
    }
  }

  @Nested
  class ASideEffectThatThrows {
    @Test
    void isCountedAndTheAnswerStands() {
      putItems(3);
      Recommender recommender =
          new Recommender(
              () -> Snapshot.EMPTY,
              Recommender.Settings.DEFAULT,
              runner,
              new Random(1),
              List.of(
                  (_, _, _) -> {
                    throw new IllegalStateException("disk full");
                  }));
      assertEquals(
          3, recommender.recommend(shop.query("home-feed", History.EMPTY, 3)).items().size());
      assertEquals(1, recommender.degradations().count("side-effect", "failed"));
    }
  }

  @Nested
  class AConditionThatHardlyAnItemFulfils {
    @Test
    void isNotAskedOfTheWholeCatalogueOnceTheBudgetIsSpent() {
      putItems(3 * CatalogWalk.AT_LEAST);
      AtomicInteger asked = new AtomicInteger();
      ItemCondition never =
          _ -> {
            asked.incrementAndGet();
            return false;
          };
      Query query = Shop.where(shop.query("home-feed", History.EMPTY, 3), never);
      Slate late = over(Snapshot.EMPTY, Duration.ofNanos(1)).recommend(query);
      assertEquals(CatalogWalk.AT_LEAST, asked.getAndSet(0));
      assertEquals(List.of("catalog: late"), late.degraded());
      Slate patient = slate(Snapshot.EMPTY, query);
      assertEquals(3 * CatalogWalk.AT_LEAST, asked.get());
      assertEquals(List.of(), patient.degraded());
    }
  }

  @Nested
  class ASourceThatHangs {
    @Test
    void isLeftOutWithinTheBudgetCountedAndNamed() {
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

    @Test
    void whileMeasuringLeavesTheCandidatesToTheOtherEvidence() {
      Snapshot snapshot = busyShop();
      CountDownLatch never = new CountDownLatch(1);
      CandidateSource measuring = new MeasuringOnceOpen("b4", never);
      Recommender recommender = over(snapshot.with(measuring), Duration.ofSeconds(2));
      Slate slate = recommender.recommend(shop.query("home-feed", viewed("b0"), 5));
      assertEquals(List.of("sequence: late"), slate.degraded());
      assertEquals(5, slate.items().size());
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
