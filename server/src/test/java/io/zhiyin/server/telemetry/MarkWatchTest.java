package io.zhiyin.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MarkWatchTest {
  private static final int USUAL = 20;
  private static final String LEAST_FREE = "MinHeapFreeRatio";
  private static final String MARK_EVERY_MILLIS = "G1PeriodicGCInterval";

  private final List<Integer> asked = new ArrayList<>();
  private final MarkWatch watch = new MarkWatch(USUAL, asked::add);
  private long millis = 1_000;

  private void marks(int count, long apart) {
    for (int i = 0; i < count; i++) {
      watch.paused(millis);
      watch.paused(millis + 50);
      millis += apart;
    }
  }

  @Test
  @DisplayName("Marks that come one after the other let the heap grow once, at the next mark")
  void often() {
    marks(MarkWatch.MARKS - 1, 2_000);
    assertEquals(List.of(), asked);
    marks(1, 2_000);
    assertEquals(List.of(MarkWatch.ROOMY), asked);
    marks(1, 2_000);
    assertEquals(List.of(MarkWatch.ROOMY, USUAL), asked);
  }

  @Test
  @DisplayName("Where that did not help the heap may grow once more")
  void again() {
    marks(2 * (MarkWatch.MARKS + 1), 2_000);
    assertEquals(List.of(MarkWatch.ROOMY, USUAL, MarkWatch.ROOMY, USUAL), asked);
  }

  @Test
  @DisplayName("Marks that come three a minute let nothing grow, however long")
  void seldom() {
    marks(100, MarkWatch.MINUTE_MILLIS / (MarkWatch.MARKS - 1));
    assertEquals(List.of(), asked);
  }

  @Test
  @DisplayName("A row of marks is noticed after an hour without any")
  void afterRest() {
    marks(50, 30_000);
    millis += 3_600_000;
    marks(MarkWatch.MARKS, 2_000);
    assertEquals(List.of(MarkWatch.ROOMY), asked);
  }

  @Test
  @DisplayName("It hears of this JVM's marks, and sets what the heap's size is decided by")
  void inThisJvm() {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    assumeTrue(Boolean.parseBoolean(options.getVMOption("UseG1GC").getValue()), "not G1");
    String before = options.getVMOption(LEAST_FREE).getValue();
    options.setVMOption(LEAST_FREE, Integer.toString(USUAL));
    try {
      MarkWatch.begin();
      options.setVMOption(MARK_EVERY_MILLIS, "5");
      awaitLeastFree(options, MarkWatch.ROOMY);
      awaitLeastFree(options, USUAL);
    } finally {
      options.setVMOption(MARK_EVERY_MILLIS, "0");
      options.setVMOption(LEAST_FREE, before);
    }
  }

  private static void awaitLeastFree(HotSpotDiagnosticMXBean options, int percent) {
    String wanted = Integer.toString(percent);
    while (!options.getVMOption(LEAST_FREE).getValue().equals(wanted)) {
      Thread.onSpinWait();
    }
  }
}
