package io.zhiyin.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TopItemsTest {
  @Nested
  class AKey {
    @Test
    void givesItemAndStrengthBack() {
      for (int item : new int[] {0, 1, 7, 123_456, Integer.MAX_VALUE}) {
        for (float strength : new float[] {0f, 1f, -1f, 1e-30f, -3.5f, Float.MAX_VALUE}) {
          long key = ItemOrder.key(item, strength);
          assertEquals(item, ItemOrder.item(key));
          assertEquals(strength, ItemOrder.strength(key));
        }
      }
    }

    @Test
    void sortsLargerStrengthsFirst() {
      float[] falling = {Float.MAX_VALUE, 2, 1, 1e-20f, 0, -1e-20f, -1, -2};
      for (int i = 0; i + 1 < falling.length; i++) {
        assertTrue(ItemOrder.key(5, falling[i]) < ItemOrder.key(3, falling[i + 1]), "at " + i);
      }
    }

    @Test
    void takesNegativeZeroAsZero() {
      assertEquals(ItemOrder.key(4, 0f), ItemOrder.key(4, -0f));
    }

    @Test
    void scramblesOneToOne() {
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < 10_000; i++) {
        int x = random.nextInt();
        assertEquals(x, ItemOrder.unmix(ItemOrder.mix(x)));
      }
    }
  }

  @Nested
  class TheBest {
    @Test
    void areTheSameForAnyOrderOfOffers() {
      int[] up = IntStream.range(0, 100).toArray();
      int[] down = IntStream.range(0, 100).map(i -> 99 - i).toArray();
      assertArrayEquals(best(7, up).items(), best(7, down).items());
    }

    @Test
    void areThoseOfAFullSort() {
      int[] all = IntStream.range(0, 100).toArray();
      long[] keys = Arrays.stream(all).mapToLong(i -> ItemOrder.key(i, i % 10)).sorted().toArray();
      int[] sorted = Arrays.stream(keys).mapToInt(ItemOrder::item).toArray();
      assertArrayEquals(Arrays.copyOf(sorted, 25), best(25, all).items());
      assertArrayEquals(Arrays.copyOf(sorted, 25), best(100, all).best(25).items());
    }

    @Test
    void areFewerWhenFewerWereOffered() {
      assertEquals(3, best(10, new int[] {4, 5, 6}).size());
      assertEquals(0, best(10, new int[0]).size());
      assertEquals(0, best(0, new int[] {1, 2}).size());
    }

    @Test
    void doNotFollowTheIndexWhereStrengthsAreEqual() {
      TopItems top = new TopItems(1000);
      IntStream.range(0, 1000).forEach(item -> top.offer(item, 1));
      int[] items = top.ranked().items();
      assertFalse(Arrays.equals(items, IntStream.range(0, 1000).toArray()));
      double firstHalf = Arrays.stream(items, 0, 500).average().orElseThrow();
      assertEquals(499.5, firstHalf, 40);
    }

    private static RankedItems best(int k, int[] offers) {
      TopItems top = new TopItems(k);
      for (int item : offers) {
        top.offer(item, item % 10);
      }
      return top.ranked();
    }
  }
}
