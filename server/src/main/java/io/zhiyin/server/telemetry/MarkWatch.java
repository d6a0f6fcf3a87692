package io.zhiyin.server.telemetry;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/// Gives the heap room where G1 marks too often.
///
/// G1 begins to mark when what is old fills 70 % of the heap, as the launcher tells it, and looks
/// at the size of the heap at that moment only. There it cannot tell a heap in which garbage has
/// gathered for an hour from one that what lives fills: by `MinHeapFreeRatio` it lets both grow, so
/// that memory grows with each mark, or neither, so that in the second a mark follows the other,
/// which doubles the slowest lists (`docs/measurements.md`). How often it marks tells them apart:
/// the launcher has the heap stay as it is, and after [#MARKS] marks within a minute this lets it
/// grow at the next.
///
/// Does nothing with another collector, or where somebody chose a larger `MinHeapFreeRatio`. Not
/// safe for use by several threads: the JVM tells of one pause after the other.
public final class MarkWatch {
  /// The bean that tells of the two pauses of a mark, Remark and Cleanup, since JDK 20.
  private static final String MARKING = "G1 Concurrent GC";

  private static final String LEAST_FREE = "MinHeapFreeRatio";
  private static final String MOST_FREE = "MaxHeapFreeRatio";

  /// The size of the heap is looked at in the first.
  static final int PAUSES = 2;

  static final int MARKS = 4;
  static final long MINUTE_MILLIS = 60_000;

  /// Percent, G1's own default: a heap of which 71 % is old becomes 1.2 times as large.
  static final int ROOMY = 40;

  private static final System.Logger LOG = System.getLogger(MarkWatch.class.getName());

  private final long[] pauses = new long[MARKS * PAUSES];
  private final int usual;
  private final IntConsumer leastFree;
  private int seen;
  private int roomy;

  /// @param usual percent of the heap that should be free after a mark, otherwise
  /// @param leastFree is given what should be from now on
  MarkWatch(int usual, IntConsumer leastFree) {
    this.usual = usual;
    this.leastFree = leastFree;
  }

  /// Watches this process from now on.
  public static void begin() {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    int usual = percent(options, LEAST_FREE);
    if (usual >= ROOMY || percent(options, MOST_FREE) < ROOMY) {
      return;
    }
    MarkWatch watch =
        new MarkWatch(usual, percent -> options.setVMOption(LEAST_FREE, Integer.toString(percent)));
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector.getName().equals(MARKING) && collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(
            (notification, _) -> {
              if (notification.getUserData() instanceof CompositeData data) {
                watch.paused(
                    GarbageCollectionNotificationInfo.from(data).getGcInfo().getStartTime());
              }
            },
            null,
            null);
      }
    }
  }

  private static int percent(HotSpotDiagnosticMXBean options, String name) {
    return Integer.parseInt(options.getVMOption(name).getValue());
  }

  /// @param millis when one of a mark's pauses began, on any clock that only rises
  void paused(long millis) {
    if (roomy > 0) {
      if (--roomy == 0) {
        leastFree.accept(usual);
        seen = 0;
      }
      return;
    }
    pauses[seen++ % pauses.length] = millis;
    if (seen >= pauses.length && millis - pauses[seen % pauses.length] < MINUTE_MILLIS) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "{0} marks within a minute: the heap may grow at the next.",
          MARKS);
      leastFree.accept(ROOMY);
      roomy = PAUSES;
    }
  }
}
