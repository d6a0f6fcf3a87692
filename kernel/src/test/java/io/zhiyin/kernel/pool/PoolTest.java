package io.zhiyin.kernel.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class PoolTest {
  private final Pool<StringBuilder> pool =
      new Pool<>(StringBuilder::new, room -> room.setLength(0));

  @Test
  void whatWasGivenBackIsTakenAgainAndEmpty() {
    StringBuilder first = pool.take();
    first.append("of somebody");
    pool.giveBack(first);
    assertEquals(0, first.length(), "at once, as it may rest for long");
    assertSame(first, pool.take());
  }

  @Test
  void noTwoHaveTheSameAtOneTime() {
    StringBuilder first = pool.take();
    StringBuilder second = pool.take();
    assertNotSame(first, second);
    pool.giveBack(second);
    pool.giveBack(first);
    assertNotSame(pool.take(), pool.take());
  }
}
