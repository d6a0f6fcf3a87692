package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Admission admission =
      new Admission(1, Duration.ofMillis(10), Duration.ofMillis(100), nanos::get);
  private final List<Thread> waiters = new ArrayList<>();
  private final List<String> turns = new CopyOnWriteArrayList<>();

  @AfterEach
  void nobodyIsLeft() throws InterruptedException {
    for (Thread waiter : waiters) {
      waiter.join();
    }
    assertEquals(0, admission.working());
    assertEquals(0, admission.waiting());
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /// A call that takes so long, so that the door knows how long calls take.
  private void aCallOf(Duration time) throws InterruptedException {
    try (Admission.Pass _ = admission.enter()) {
      passes(time);
    }
  }

  /// Has a thread wait for its turn and returns when it does.
  private Thread waits(String name) {
    int before = admission.waiting();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (Admission.Pass _ = admission.enter()) {
                    turns.add(name);
                  } catch (InterruptedException _) {
                    turns.add(name + " gave up");
                  }
                });
    waiters.add(thread);
    while (admission.waiting() == before) {
      Thread.onSpinWait();
    }
    return thread;
  }

  @Test
  void whoWaitsIsLetInInTheOrderOfArrival() throws InterruptedException {
    try (Admission.Pass _ = admission.enter()) {
      waits("a");
      waits("b");
      waits("c");
      assertTrue(turns.isEmpty());
    }
    for (Thread waiter : waiters) {
      waiter.join();
    }
    assertEquals(List.of("a", "b", "c"), turns);
  }

  @Test
  void inABurstAsManyWaitAsWillBeDoneSoon() throws InterruptedException {
    aCallOf(Duration.ofMillis(19));
    try (Admission.Pass _ = admission.enter()) {
      for (int i = 1; i <= 5; i++) {
        waits("in " + 19 * i + " ms");
      }
      assertThrows(OverloadedException.class, admission::enter); // 114 ms
    }
  }

  @Test
  void aFewMayWaitHoweverLongCallsTake() throws InterruptedException {
    aCallOf(Duration.ofSeconds(9));
    try (Admission.Pass _ = admission.enter()) {
      for (int i = 0; i < 4; i++) {
        waits("any time");
      }
      assertThrows(OverloadedException.class, admission::enter);
    }
  }

  @Test
  void whileAQueueStandsFewMayWait() throws InterruptedException {
    aCallOf(Duration.ofMillis(4));
    try (Admission.Pass _ = admission.enter()) {
      waits("in 4 ms");
      passes(Duration.ofMillis(101));
      waits("in 8 ms");
      assertThrows(OverloadedException.class, admission::enter); // 12 ms
    }
    for (Thread waiter : waiters) {
      waiter.join();
    }
    aCallOf(Duration.ofMillis(4));
    // the queue was empty a moment ago, and nobody was sent away for a while: a burst again
    passes(Duration.ofMillis(101));
    try (Admission.Pass _ = admission.enter()) {
      waits("in 4 ms");
      waits("in 8 ms");
      waits("in 12 ms");
      waits("in 16 ms");
    }
  }

  @Test
  void aQueueThatIsEmptyByChanceIsNoBurstWhileCallsAreSentAway() throws InterruptedException {
    aCallOf(Duration.ofMillis(19));
    try (Admission.Pass _ = admission.enter()) {
      for (int i = 1; i <= 5; i++) {
        waits("in " + 19 * i + " ms");
      }
      assertThrows(OverloadedException.class, admission::enter);
    }
    for (Thread waiter : waiters) {
      waiter.join();
    }
    passes(Duration.ofMillis(99));
    try (Admission.Pass _ = admission.enter()) {
      waits("the one that may always wait");
      assertThrows(OverloadedException.class, admission::enter);
    }
  }

  @Test
  void whoGivesUpLeavesThePlaceToTheNext() throws InterruptedException {
    try (Admission.Pass _ = admission.enter()) {
      Thread impatient = waits("impatient");
      waits("patient");
      impatient.interrupt();
      impatient.join();
      assertEquals(1, admission.waiting());
    }
    for (Thread waiter : waiters) {
      waiter.join();
    }
    assertEquals(List.of("impatient gave up", "patient"), turns);
  }

  @Test
  void aCallThatFailsGivesItsPlaceBack() {
    assertThrows(
        IllegalStateException.class,
        () -> {
          try (Admission.Pass _ = admission.enter()) {
            throw new IllegalStateException("broken");
          }
        });
  }
}
