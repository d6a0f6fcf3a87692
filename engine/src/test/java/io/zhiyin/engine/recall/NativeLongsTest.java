package io.zhiyin.engine.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
  void pairsGiveTheirMemoryBackWhenTheyAreClosed() {
    PairSums pairs = new PairSums(1 << 20);
    pairs.add(1, 2, 1);
    pairs.add(700, 3, 1);
    pairs.drop(PairSums.part(1));
    pairs.close();
    assertEquals(0, pairs.size());
    pairs.add(1, 2, 1);
    assertEquals(1, pairs.sum(1, 2), "it begins anew");
    pairs.close();
  }
}
