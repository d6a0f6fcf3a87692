package io.zhiyin.engine.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.recommend.StageRunner.Outcome;
import io.zhiyin.engine.recommend.StageRunner.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StageRunnerTest {
  private final StageRunner runner = new StageRunner();

  @AfterEach
  void close() {
    runner.close();
  }

  private static List<String> failures(List<Outcome<Integer>> outcomes) {
    return outcomes.stream().map(outcome -> String.valueOf(outcome.failure())).toList();
  }

  @Test
  void outcomesStandInTheOrderOfTheParts() {
    CountDownLatch second = new CountDownLatch(1);
    List<Outcome<Integer>> outcomes =
        runner.run(
            List.of(
                new Part<>(
                    "first",
                    () -> {
                      second.await();
                      return 1;
                    }),
                new Part<>(
                    "second",
                    () -> {
                      second.countDown();
                      return 2;
                    })),
            Duration.ofSeconds(20));
    assertEquals(List.of(1, 2), outcomes.stream().map(Outcome::value).toList());
  }

  @Test
  void aPartThatThrowsFailsAlone() {
    List<Outcome<Integer>> outcomes =
        runner.run(
            List.of(
                new Part<>(
                    "bad",
                    () -> {
                      throw new StackOverflowError();
                    }),
                new Part<>("good", () -> 2)),
            Duration.ofSeconds(20));
    assertEquals(List.of("failed", "null"), failures(outcomes));
  }

  @Test
  void nothingToRunAndNoTimeLeftAreNoTrouble() {
    assertEquals(List.of(), runner.run(List.of(), Duration.ZERO));
    assertEquals(1, runner.run(List.of(new Part<>("one", () -> 1)), Duration.ZERO).size());
  }

  @Test
  void aPartThatNeverComesBackIsRefusedAfterAWhile() {
    CountDownLatch never = new CountDownLatch(1);
    List<Part<Integer>> deaf = new ArrayList<>();
    for (int i = 0; i < StageRunner.MAX_IN_FLIGHT + 10; i++) {
      deaf.add(new Part<>("deaf", () -> waitThroughInterrupts(never)));
    }
    try (StageRunner wide = new StageRunner(deaf.size())) {
      List<String> failures = failures(wide.run(deaf, Duration.ofSeconds(2)));
      assertTrue(failures.contains("late"), failures.toString());
      assertTrue(failures.contains("busy"), failures.toString());
      assertEquals(
          List.of("busy"), failures(wide.run(List.of(deaf.getFirst()), Duration.ofSeconds(20))));
      never.countDown();
    }
  }

  @Test
  void partsThatHangKeepTheirThreadsAndNotTheOthersTime() {
    CountDownLatch reached = new CountDownLatch(1);
    Part<Integer> hanging = new Part<>("hanging", () -> waitThroughInterrupts(reached));
    Part<Integer> last =
        new Part<>(
            "last",
            () -> {
              reached.countDown();
              return 2;
            });
    try (StageRunner narrow = new StageRunner(1)) {
      List<Outcome<Integer>> outcomes =
          narrow.run(List.of(hanging, hanging, last), Duration.ofSeconds(4));
      assertEquals(List.of(1, 1, 2), outcomes.stream().map(Outcome::value).toList());
    }
  }

  private static int waitThroughInterrupts(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return 1;
      } catch (InterruptedException _) {
        // deaf on purpose
      }
    }
  }
}
