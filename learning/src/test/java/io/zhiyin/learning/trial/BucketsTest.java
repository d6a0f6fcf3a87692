package io.zhiyin.learning.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BucketsTest {
  private final Buckets buckets = Buckets.upTo(0, 2, 5);

  @Test
  void everyNumberHasOneRange() {
    assertEquals(
        List.of(0, 1, 1, 2, 2, 2, 3, 3),
        java.util.stream.Stream.of(0, 1, 2, 3, 4, 5, 6, 900).map(buckets::of).toList());
  }

  @Test
  void rangesAreNamedByTheirEnds() {
    assertEquals(List.of("0", "1–2", "3–5", "> 5"), buckets.labels());
    assertEquals(List.of("0–6", "> 6"), Buckets.upTo(6).labels());
  }
}
