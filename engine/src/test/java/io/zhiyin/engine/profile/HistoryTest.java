package io.zhiyin.engine.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history =
      History.of(EventKind.CLICK, new int[] {7, 8, 9}, new long[] {10, 20, 30});

  @Test
  void keepsItsNewestEntries() {
    History newest = history.newest(2);
    assertEquals(2, newest.size());
    assertEquals(8, newest.item(0));
    assertEquals(30, newest.timeMillis(1));
    assertSame(history, history.newest(3));
    assertSame(history, history.newest(99));
  }

  @Test
  void keepsTheEntriesThatPassATest() {
    History kept = history.where(i -> history.item(i) != 8);
    assertEquals(2, kept.size());
    assertEquals(9, kept.item(1));
    assertEquals(EventKind.CLICK, kept.kind(1));
    assertEquals(30, kept.timeMillis(1));
    assertEquals(2, kept.basket(1));
    assertEquals(0, history.where(_ -> false).size());
    assertEquals(0, History.EMPTY.where(_ -> true).size());
  }

  @Test
  void knowsWhichItemsItHas() {
    assertTrue(history.contains(9));
    assertFalse(history.contains(10));
    assertFalse(History.EMPTY.contains(0));
  }

  @Test
  void refusesColumnsOfDifferentLengths() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new History(new int[1], new byte[1], new long[2], new float[1], new int[1]));
  }
}
