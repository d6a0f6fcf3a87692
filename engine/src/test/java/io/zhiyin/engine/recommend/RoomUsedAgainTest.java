package io.zhiyin.engine.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.rule.CompiledRules;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What a request leaves is used by the next, whoever asks.
class RoomUsedAgainTest extends InAShop {
  private static final Duration LONG = Duration.ofSeconds(20);

  /// A list in full: what is on it, with all that speaks for it.
  private static String said(Slate slate) {
    StringBuilder said = new StringBuilder();
    for (Slate.Entry entry : slate.items()) {
      Candidate candidate = entry.candidate();
      said.append(entry.itemId().value()).append(' ').append(candidate.score());
      for (Evidence kind : Evidence.ALL) {
        said.append(' ').append(candidate.evidence(kind)).append('/').append(candidate.lift(kind));
        said.append('<').append(candidate.because(kind));
      }
      said.append('\n');
    }
    return said.toString();
  }

  private List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      for (String scenario : List.of("home-feed", "similar-items", "trending")) {
        queries.add(shop.query(scenario, viewed("b" + i), 3));
        queries.add(shop.query(scenario, viewed("h" + i, "b" + (i + 1) % 5), 6));
        queries.add(shop.query(scenario, viewed("b" + i, "h" + i, "h" + (i + 2) % 5), 2));
      }
    }
    return queries;
  }

  @Test
  void aListIsTheSameWhoeverAsksBeforeOrMeanwhile() throws Exception {
    Snapshot snapshot = busyShop();
    List<Query> queries = queries();
    List<String> alone = queries.stream().map(query -> said(slate(snapshot, query))).toList();
    assertTrue(alone.stream().distinct().count() > 20, "they are different lists");
    Recommender shared = over(snapshot, LONG);
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 6; thread++) {
        int step = 1 + 2 * thread;
        done.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 10 * queries.size(); i++) {
                    int asked = step * i % queries.size();
                    assertEquals(alone.get(asked), said(shared.recommend(queries.get(asked))));
                  }
                }));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }
  }

  /// Tables and arrays for some three hundred candidates alone are more, where each list has its
  /// own.
  @Test
  void aListLeavesLittleBehind() {
    putItems(3_000);
    Random random = new Random(5);
    List<History> histories = new ArrayList<>();
    for (int shopper = 0; shopper < 300; shopper++) {
      int[] walk = random.ints(40, 0, 3_000).toArray();
      histories.add(Shop.history(EventKind.DETAIL_PAGE_VIEW, walk));
    }
    Snapshot snapshot =
        Snapshot.of(RecallIndexes.fit(shop.catalog(), histories, Shop.NOW), BlendWeights.DEFAULT);
    Recommender recommender = over(snapshot, LONG);
    List<Query> queries =
        histories.stream().map(history -> shop.query("home-feed", history, 20)).toList();
    int candidates =
        recommender
            .preview(queries.getFirst(), Adjustments.NONE, CompiledRules.NONE)
            .trace()
            .ranked()
            .size();
    assertTrue(candidates > 250, candidates + " candidates");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    queries.forEach(recommender::recommend);
    long before = threads.getTotalThreadAllocatedBytes();
    queries.forEach(recommender::recommend);
    long each = (threads.getTotalThreadAllocatedBytes() - before) / queries.size();
    assertTrue(each < 110_000, each + " bytes a list");
  }

  @Nested
  class ASource {
    private Slate ask(CandidateSource source, Duration budget) {
      return over(busyShop().with(source), budget)
          .recommend(shop.query("home-feed", viewed("b0"), 3));
    }

    @Test
    void givesItsRoomBackOnceTheListIsMade() {
      MeasuringOnceOpen source = new MeasuringOnceOpen("b1", new CountDownLatch(0));
      assertEquals(List.of(), ask(source, LONG).degraded());
      assertEquals(1, source.givenBack());
    }

    @Test
    void thatWasLeftBehindKeepsItsRoomForItselfAsItMayStillWriteThere() {
      MeasuringOnceOpen source = new MeasuringOnceOpen("b1", new CountDownLatch(1));
      assertEquals(List.of("sequence: late"), ask(source, Duration.ofSeconds(2)).degraded());
      assertEquals(0, source.givenBack());
    }
  }
}
