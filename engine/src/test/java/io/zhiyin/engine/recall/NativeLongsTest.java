package io.zhiyin.engine.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Memory that nobody collects is given back, and neither read nor written outside its bounds.
class NativeLongsTest {
  @Test
  void holdsZerosAndThenWhatIsSet() {
    try (NativeLongs longs = new NativeLongs(3)) {
      longs.set(2, Long.MIN_VALUE);
      assertEquals(3, longs.length());
      assertEquals(0, longs.get(1));
      assertEquals(Long.MIN_VALUE, longs.get(2));
    }
  }

  @Test
  void refusesWhatIsOutsideOrGivenBack() {
    NativeLongs longs = new NativeLongs(3);
    assertThrows(IndexOutOfBoundsException.class, () -> longs.get(3));
    assertThrows(IndexOutOfBoundsException.class, () -> longs.set(-1, 1));
    longs.close();
    assertThrows(IllegalStateException.class, () -> longs.get(0));
  }

  @Test
  void pairsBeginAnewWhenTheyAreClosed() {
    PairSums pairs = new PairSums(1 << 20);
    pairs.add(1, 2, 1);
    pairs.add(700, 3, 1);
    pairs.drop(PairSums.part(1));
    pairs.close();
    assertEquals(0, pairs.size());
    pairs.add(1, 2, 1);
    assertEquals(1, pairs.sum(1, 2));
    pairs.close();
  }

  @Test
  void pairsGiveBackAllTheirMemoryAsTheyGrowAndWhenTheyAreClosed() throws IOException {
    long before = residentMegabytes();
    for (int round = 0; round < 60; round++) {
      try (PairSums pairs = new PairSums(1 << 20)) {
        IntStream.range(0, 400_000).forEach(i -> pairs.add(i, i + 1, 1));
      }
    }
    long grown = residentMegabytes() - before;
    // each round takes at least 16 bytes a pair, and what it grew out of as much again
    assertTrue(grown < 300, "60 rounds of more than 10 MB left " + grown + " MB");
  }

  private static long residentMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.isReadable(status), "this system does not say how much memory is resident");
    try (Stream<String> lines = Files.lines(status)) {
      String resident = lines.filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(resident.replaceAll("\\D", "")) / 1024;
    }
  }
}
