package io.zhiyin.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SignificanceTest {
  private static double[] hits(int n, int every) {
    return IntStream.range(0, n).mapToDouble(i -> i % every == 0 ? 1 : 0).toArray();
  }

  @Nested
  class TheBootstrap {
    @Test
    void comesCloseToTheNormalIntervalOfAHitRate() {
      // 1,000 users, rate 0.1: standard error √(0.09 / 1000) = 0.00949, 1.96 of them 0.0186
      Interval interval = new Bootstrap(4000, 7).mean(hits(1000, 10));
      assertEquals(0.1 - 0.0186, interval.low(), 0.0015);
      assertEquals(0.1 + 0.0186, interval.high(), 0.0015);
    }

    @Test
    void repeatsItselfWithTheSameSeed() {
      assertEquals(new Bootstrap(3).mean(hits(200, 7)), new Bootstrap(3).mean(hits(200, 7)));
    }

    @Test
    void hasNoWidthWhereAllUsersAreAlike() {
      double[] values = new double[30];
      Arrays.fill(values, 0.25);
      assertEquals(new Interval(0.25, 0.25), new Bootstrap(1).mean(values));
    }

    @Test
    void isZeroWithoutUsers() {
      assertEquals(new Interval(0, 0), new Bootstrap(1).mean(new double[0]));
    }

    @Test
    void ofADifferenceTellsMethodsApartThatWinAndLoseByTheSameUsers() {
      double[] weak = hits(1000, 10);
      double[] strong = Arrays.stream(weak).map(value -> value * 0.9 + 0.05).toArray();
      assertFalse(new Bootstrap(1).difference(strong, weak).contains(0));
      assertTrue(new Bootstrap(1).difference(weak, weak).contains(0));
    }

    @Test
    void refusesSoFewRoundsThat95PercentMeanNothing() {
      assertThrows(IllegalArgumentException.class, () -> new Bootstrap(10, 1));
    }
  }

  @Nested
  class ThePermutationTest {
    @Test
    void ofFourEqualWinsIsTwoInSixteen() {
      // only all plus and all minus are as far from 0: 2 of 2^4
      double[] a = {1, 1, 1, 1};
      double[] b = {0, 0, 0, 0};
      assertEquals(0.125, new PermutationTest(20_000, 5).pValue(a, b), 0.01);
    }

    @Test
    void ofTheSameMethodIsOne() {
      assertEquals(1.0, new PermutationTest(1).pValue(hits(50, 3), hits(50, 3)));
    }

    @Test
    void ofAClearDifferenceIsAsSmallAsTheRoundsAllow() {
      double[] a = new double[60];
      Arrays.fill(a, 1);
      assertEquals(1 / 1001.0, new PermutationTest(1000, 1).pValue(a, new double[60]));
    }

    @Test
    void refusesValuesOfDifferentUsers() {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> new PermutationTest(1).pValue(new double[2], new double[3]));
      assertEquals("paired values must be of the same users: 2 and 3", e.getMessage());
    }
  }
}
