package io.zhiyin.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What filters took out")
class FilteredItemsTest {
  private final FilteredItems filtered = new FilteredItems();

  @Test
  @DisplayName("is told by item, with the first filter that did so")
  void theFirst() {
    filtered.add(7, "availability");
    filtered.add(0, "rule:gifts");
    filtered.add(7, "rule:gifts");
    assertEquals(Optional.of("availability"), filtered.of(7));
    assertEquals(Optional.of("rule:gifts"), filtered.of(0));
    assertEquals(Optional.empty(), filtered.of(1));
    assertEquals(Optional.empty(), filtered.of(-1));
    assertEquals(2, filtered.size());
  }

  @Test
  @DisplayName("is visited in the order in which it was taken out, however much it is")
  void inOrder() {
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      int item = i * 7_919 % 100_003;
      filtered.add(item, "f" + i % 3);
      expected.add(item);
    }
    List<Integer> seen = new ArrayList<>();
    filtered.forEach((item, _) -> seen.add(item));
    assertEquals(expected, seen);
    assertEquals(Optional.of("f2"), filtered.of(expected.get(2_999)));
  }
}
