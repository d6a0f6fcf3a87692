package io.zhiyin.lab.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.rerank.Diversity;
import io.zhiyin.engine.rule.Tuning;
import io.zhiyin.lab.bench.VariedLists.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the dial of diversity buys and costs, by what simulated shoppers truly want.
class VariedListsTest {
  @TempDir private Path folder;

  @Test
  void areMoreVariedAndSellLessTheFurtherTheDialIsTurned() throws IOException {
    try (VariedLists lists = VariedLists.open(folder)) {
      for (Diversity way : Diversity.values()) {
        Point[] points =
            DoubleStream.of(0, 0.5, 1)
                .mapToObj(dial -> lists.with(new Tuning(dial, way, null)))
                .toArray(Point[]::new);
        assertTrue(points[1].diversity() > points[0].diversity(), way.wireName());
        assertTrue(points[2].diversity() > points[0].diversity() + 0.1, way.wireName());
        assertTrue(points[2].purchases() < points[0].purchases(), way.wireName());
      }
    }
  }
}
