package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
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
    Thread thread = call(name);
    while (admission.waiting() == before) {
      Thread.onSpinWait();
    }
    return thread;
  }

  /// A call by a thread of its own, which notes what became of it.
  private Thread call(String name) {
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (Admission.Pass _ = admission.enter()) {
                    turns.add(name);
                  } catch (InterruptedException _) {
                    turns.add(name + " gave up");
                  } catch (OverloadedException _) {
                    turns.add(name + " was sent away");
                  }
                });
    waiters.add(thread);
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
      waits("now");
      passes(Duration.ofMillis(101));
      waits("in 4 ms");
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
  void noMoreThanManyWaitWhileNoCallHasEverBeenDone() throws InterruptedException {
    try (Admission.Pass _ = admission.enter()) {
      for (int i = 0; i < Admission.MANY; i++) {
        waits("for nobody knows how long");
      }
      passes(Duration.ofMillis(101));
      assertThrows(OverloadedException.class, admission::enter);
    }
  }

  /// Whichever comes first, over and over: a place that is given up twice would let in two.
  @Test
  void whoIsInterruptedWhileItIsSentAwayFreesNobodysPlace() throws InterruptedException {
    for (int round = 0; round < 300; round++) {
      passes(Duration.ofMillis(101)); // a burst again
      try (Admission.Pass _ = admission.enter()) {
        for (int i = 1; i < Admission.MANY; i++) {
          waits("until the place is free");
        }
        Thread last = waits("until it is interrupted or sent away");
        Thread oneMore = call("one too many, unless the last has given up");
        last.interrupt();
        last.join();
        assertEquals(1, admission.working());
        assertTrue(admission.waiting() <= Admission.MANY);
        oneMore.interrupt(); // it waits where the last gave up first
        oneMore.join();
        assertEquals(Admission.MANY - 1, admission.waiting());
      }
      for (Thread waiter : waiters) {
        waiter.join();
      }
      waiters.clear();
    }
  }

  @Test
  void aQueueThatIsEmptyByChanceIsNoBurstWhileCallsAreSentAway() throws InterruptedException {
    moreComeThanABurstMayBe();
    passes(Duration.ofMillis(99));
    try (Admission.Pass _ = admission.enter()) {
      assertFalse(mayWait()); // in 14 ms
      passes(Duration.ofMillis(5));
      assertTrue(mayWait()); // in 9 ms
    }
  }

  @Test
  void whileAQueueStandsACallWaitsNoLongerThanThreeOthersTakeToCome() throws InterruptedException {
    moreComeThanABurstMayBe();
    for (int call = 0; call < 60; call++) {
      firstToWait(19, 1);
    }
    assertEquals(16, firstToWait(19, 1)); // a call a millisecond: 3 ms before the place is free
  }

  @Test
  void whereCallsComeSeldomOneMayWaitAsLongAsInAnyQueueThatStands() throws InterruptedException {
    moreComeThanABurstMayBe();
    for (int call = 0; call < 60; call++) {
      firstToWait(19, 9);
    }
    assertEquals(9, firstToWait(19, 9)); // 10 ms before the place is free
  }

  /// Leaves calls that take 14 ms in the mean, and one that was sent away just now.
  private void moreComeThanABurstMayBe() throws InterruptedException {
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
  }

  /// Works on a call while others come that do not stay, one each few milliseconds.
  ///
  /// @return after how many milliseconds the first came that might have waited
  private int firstToWait(int millis, int between) throws InterruptedException {
    int first = millis;
    try (Admission.Pass _ = admission.enter()) {
      for (int now = 1; now <= millis; now++) {
        passes(Duration.ofMillis(1));
        if (now % between == 0 && now < millis && mayWait()) {
          first = Math.min(first, now);
        }
      }
    }
    return first;
  }

  /// Whether a call that comes now may wait; it does not.
  private boolean mayWait() throws InterruptedException {
    AtomicBoolean refused = new AtomicBoolean();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (Admission.Pass _ = admission.enter()) {
                    refused.set(true); // a free place: this asks while there is none
                  } catch (OverloadedException _) {
                    refused.set(true);
                  } catch (InterruptedException _) {
                    // as it should be
                  }
                });
    while (admission.waiting() == 0 && thread.isAlive()) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join();
    return !refused.get();
  }

  @Test
  void whoCameLastIsSentAwayOnceABurstGoesOnUntilFewWait() throws InterruptedException {
    aCallOf(Duration.ofMillis(3));
    try (Admission.Pass _ = admission.enter()) {
      for (int i = 1; i <= Admission.MANY; i++) {
        waits("number " + i);
      }
      for (int last = Admission.MANY; last > 4; last--) {
        assertThrows(OverloadedException.class, admission::enter);
        assertEquals(last - 1, admission.waiting());
        waiters.get(last - 1).join();
        assertEquals("number " + last + " was sent away", turns.getLast());
      }
      assertThrows(OverloadedException.class, admission::enter);
      assertEquals(4, admission.waiting());
    }
    for (Thread waiter : waiters) {
      waiter.join();
    }
    assertEquals(
        List.of("number 1", "number 2", "number 3", "number 4"),
        turns.subList(turns.size() - 4, turns.size()));
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
