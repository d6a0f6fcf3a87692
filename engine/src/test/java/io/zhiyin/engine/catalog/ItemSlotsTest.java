package io.zhiyin.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ItemSlotsTest {
  @Test
  void numberItemsInTheOrderInWhichTheyCome() {
    ItemSlots slots = new ItemSlots(2);
    for (int i = 0; i < 1_000; i++) {
      assertEquals(i, slots.put(7 * i));
    }
    assertFalse(slots.add(14));
    assertEquals(2, slots.find(14));
    assertEquals(-1, slots.find(15));
    assertEquals(1_000, slots.size());
  }

  @Test
  void haveNothingOnceTheyAreCleared() {
    ItemSlots slots = new ItemSlots(2);
    for (int before : new int[] {1_000, 1, 20_000, 30}) { // the largest are not kept
      for (int item = 0; item < before; item++) {
        slots.put(item);
      }
      slots.clear();
      assertEquals(0, slots.size());
      assertFalse(slots.has(0));
      assertTrue(slots.add(9));
      assertEquals(0, slots.find(9));
      slots.clear();
    }
  }
}
