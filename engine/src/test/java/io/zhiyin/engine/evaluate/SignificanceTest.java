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

  @Nested
  class APairedDifference {
    @Test
    void isTheMeanOfTheUsersOwnDifferences() {
      double[] weak = hits(1000, 10);
      double[] strong = Arrays.stream(weak).map(value -> value * 0.9 + 0.05).toArray();
      PairedDifference difference = PairedDifference.of(strong, weak, 1);
      // of 1,000 users 100 lose 0.05 and 900 win 0.05
      assertEquals(0.04, difference.mean(), 1e-12);
      assertTrue(difference.ci95().contains(0.04));
      assertFalse(difference.ci95().contains(0));
      assertTrue(difference.isSignificant());
      assertEquals(1000, difference.n());
    }

    @Test
    void ofAMethodWithItselfIsNothing() {
      PairedDifference difference = PairedDifference.of(hits(50, 5), hits(50, 5), 1);
      assertEquals(0, difference.mean());
      assertEquals(1, difference.pValue());
      assertFalse(difference.isSignificant());
    }

    @Test
    void withoutUsersIsNothing() {
      assertEquals(0, PairedDifference.of(new double[0], new double[0], 1).n());
    }

    @Test
    void refusesDifferentUsers() {
      assertThrows(
          IllegalArgumentException.class,
          () -> PairedDifference.of(new double[2], new double[3], 1));
    }
  }

  @Nested
  class TheIntervalOfAShare {
    @Test
    void isWilsons() {
      // 8 of 10, worked by hand: (0.8 + 0.19207) / 1.38415 ± 0.22654
      Interval interval = Interval.ofShare(8, 10);
      assertEquals(0.4902, interval.low(), 1e-4);
      assertEquals(0.9433, interval.high(), 1e-4);
    }

    @Test
    void saysSomethingEvenWithoutAHit() {
      // (z² / n) / (1 + z² / n)
      assertEquals(0, Interval.ofShare(0, 10).low());
      assertEquals(0.2775, Interval.ofShare(0, 10).high(), 1e-4);
      assertEquals(1, Interval.ofShare(10, 10).high());
    }

    @Test
    void saysNothingWithoutUsers() {
      assertEquals(new Interval(0, 1), Interval.ofShare(0, 0));
      assertThrows(IllegalArgumentException.class, () -> Interval.ofShare(3, 2));
    }
  }
}
