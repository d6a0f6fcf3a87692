package io.zhiyin.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {
  private final AtomicLong now = new AtomicLong(7);
  private final Pulse pulse = new Pulse(now::get);

  private void wait(int seconds) {
    now.addAndGet(seconds * 1_000_000_000L);
  }

  @Test
  void ratesAreOfTheLastWholeSeconds() {
    for (int i = 0; i < 5; i++) {
      pulse.event();
      pulse.event();
      pulse.list(1_000_000);
      wait(1);
    }
    Pulse.Reading reading = pulse.read();
    assertEquals(2.0, reading.events());
    assertEquals(1.0, reading.lists());
    wait(4);
    pulse.event();
    assertEquals(0.2 * 2, pulse.read().events(), "one of the five seconds is left");
    wait(1);
    assertEquals(0.2, pulse.read().events());
  }

  @Test
  void timesAreQuantilesOfTheLastMinute() {
    for (int i = 0; i < 99; i++) {
      pulse.list(2_000_000);
    }
    pulse.list(50_000_000);
    Pulse.Reading reading = pulse.read();
    assertTrue(reading.p50Micros() >= 2_000 && reading.p50Micros() < 2_400, "" + reading);
    assertEquals(reading.p50Micros(), reading.p99Micros(), "99 of 100 took so long");
    pulse.list(50_000_000);
    assertTrue(pulse.read().p99Micros() >= 50_000 && pulse.read().p99Micros() < 60_000);
    wait(61);
    assertEquals(0, pulse.read().made());
    assertEquals(0, pulse.read().p99Micros());
  }

  @Test
  void silenceIsCountedFromTheLastEventOrTheStart() {
    wait(30);
    assertEquals(30, pulse.read().silentSeconds());
    pulse.event();
    pulse.degraded();
    wait(600);
    assertEquals(600, pulse.read().silentSeconds());
    assertEquals(0, pulse.read().eventsInMinute());
  }
}
