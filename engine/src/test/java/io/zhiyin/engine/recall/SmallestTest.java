package io.zhiyin.engine.recall;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmallestTest {
  @Test
  void putsAnyRangeOfPlacesInOrderAsASortWould() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 2_000; trial++) {
      int n = 1 + random.nextInt(60);
      long[] sorted = random.longs(n, 0, 1 + random.nextInt(80)).toArray(); // with and without ties
      long[] keys = Arrays.copyOf(sorted, n + 1);
      keys[n] = -1;
      Arrays.sort(sorted);
      int done = 0;
      while (done < n) {
        int to = Math.min(n, done + 1 + random.nextInt(20));
        Smallest.first(keys, n, done, to);
        assertArrayEquals(Arrays.copyOf(sorted, to), Arrays.copyOf(keys, to));
        assertEquals(-1, keys[n], "what lies behind is not touched");
        done = to;
      }
    }
  }
}
