package io.zhiyin.engine.explain;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RecordRingTest {
  private static final int MIB = 1 << 20;

  private final RecordRing<String> ring = new RecordRing<>(3L * MIB);

  private static RecordWriter record(String text, int bytes) {
    return new RecordWriter().text(text).bytes(new byte[bytes], 0, bytes);
  }

  private static String text(byte[] record) {
    return new RecordReader(record).text();
  }

  @Test
  void givesBackWhatWasPut() {
    RecordWriter record = record("one", 5);
    ring.put("a", record, 0);
    ring.put("b", record("two", 0), 0);
    assertArrayEquals(record.toBytes(), ring.find("a", 0));
    assertNull(ring.find("c", 0));
  }

  @Test
  void letsGoOfTheOldestWhenItIsFullAndKeepsTheNewest() {
    int puts = 0;
    while (ring.find("0", 0) != null || puts == 0) {
      ring.put(Integer.toString(puts), record("r" + puts, 100_000), 0);
      puts++;
    }
    for (int i = puts - 20; i < puts; i++) {
      byte[] found = ring.find(Integer.toString(i), 0);
      assertNotNull(found, "the newest twenty fit in two mebibytes and are there: " + i);
      assertEquals("r" + i, text(found));
    }
  }

  @Test
  void anEarlierRecordOfTheSameKeyDoesNotTakeTheLaterOneAlong() {
    ring.put("a", record("early", MIB / 2), 0);
    for (int i = 0; i < 3; i++) {
      ring.put("fill" + i, record("", MIB / 2), 0);
    }
    ring.put("a", record("late", 10), 0);
    for (int i = 3; i < 5; i++) {
      ring.put("fill" + i, record("", MIB / 2), 0);
    }
    assertNull(ring.find("fill0", 0), "the first block was used again");
    assertEquals("late", text(requireNonNull(ring.find("a", 0))));
  }

  @Test
  void aRecordLongerThanABlockIsKeptAndOneLongerThanAllIsNot() {
    ring.put("long", record("long", 2 * MIB), 0);
    assertEquals("long", text(requireNonNull(ring.find("long", 0))));
    ring.put("too long", record("", 3 * MIB), 0);
    assertNull(ring.find("too long", 0));
    assertNotNull(ring.find("long", 0));
  }

  @Test
  void whatIsOlderThanAskedIsNotFound() {
    ring.put("a", record("one", 0), Long.MAX_VALUE);
    assertNotNull(ring.find("a", Long.MAX_VALUE));
    assertNull(ring.find("a", Long.MIN_VALUE), "the clock's numbers may wrap around");
  }

  @Test
  void whatIsDroppedIsGone() {
    ring.put("a", record("mine", 0), 0);
    ring.put("b", record("yours", 0), 0);
    ring.removeIf((_, record) -> text(record).equals("mine"));
    assertNull(ring.find("a", 0));
    assertEquals("yours", text(requireNonNull(ring.find("b", 0))));
  }

  @Test
  void manyThreadsNeverSeeEachOthersRecords() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        String name = "t" + thread;
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 2_000; i++) {
                    ring.put(name + i, record(name + i, 3_000), 0);
                    byte[] found = ring.find(name + i, 0);
                    if (found != null) {
                      assertEquals(name + i, text(found));
                    }
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }
}
