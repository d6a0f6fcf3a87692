package io.zhiyin.engine.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.pipeline.Head;
import io.zhiyin.engine.pipeline.Objective;
import io.zhiyin.engine.recommend.Shop;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AimTest {
  /// A head that says the same of everything: three in four.
  private static final Heads ALIKE =
      new Heads(
          List.of(
              new Heads.Learned(
                  Head.PURCHASE,
                  new TreeEnsemble(
                      new int[] {~0},
                      new int[0],
                      new float[0],
                      new int[0],
                      new int[0],
                      new float[] {(float) Math.log(3)}),
                  new Heads.Quality(200, 150, 0.5, 0.6, 0.1, 0.2))));

  private final Shop shop = new Shop();

  private int item(String id, Double price, String currency) {
    return shop.put(
        id,
        new ItemFields(
            id, null, null, null, price, currency, null, null, null, null, null, null, null, null));
  }

  /// Logarithms of what is wanted, each thing as likely to be chosen as not.
  private double[] turned(Objective objective, int... items) {
    int[] looked = new int[items.length];
    Arrays.setAll(looked, i -> i);
    double[] odds = new double[items.length];
    new Aim(objective, ALIKE)
        .turn(
            shop.catalog(),
            items,
            looked,
            new float[items.length * RankFeature.COUNT],
            odds,
            Aim.Listener.NOBODY);
    return odds;
  }

  @Test
  void aSaleIsAChoiceAndThenAPurchase() {
    int item = item("a", 10.0, "CNY");
    assertArrayEquals(
        new double[] {Math.log(0.5 * 0.75)}, turned(Objective.CONVERSION, item), 1e-6);
    assertArrayEquals(new double[] {0}, turned(Objective.ENGAGEMENT, item));
  }

  @Test
  void revenueCountsThePriceOverTheMedian() {
    int[] items = {item("a", 10.0, "CNY"), item("b", 1_000.0, "CNY"), item("c", 100.0, "CNY")};
    double sale = Math.log(0.5 * 0.75);
    assertArrayEquals(
        new double[] {sale - Math.log(10), sale + Math.log(10), sale},
        turned(Objective.REVENUE, items),
        1e-6);
  }

  @Test
  void whatCannotBeComparedCostsTheMedian() {
    int[] items = {
      item("a", 10.0, "CNY"),
      item("b", 9_000.0, "JPY"),
      item("c", 100.0, "CNY"),
      item("d", null, "CNY"),
      item("e", 0.0, "CNY"),
      item("f", 1_000.0, "CNY")
    };
    double[] turned = turned(Objective.REVENUE, items);
    for (int i : new int[] {1, 2, 3, 4}) {
      assertEquals(Math.log(0.5 * 0.75), turned[i], 1e-6, "item " + i);
    }
    assertEquals(Math.log(10), turned[5] - turned[2], 1e-6);
    assertEquals(turned[2], turned(Objective.REVENUE, items[3])[0], 1e-6, "no price at all");
  }

  @Test
  void hearsOfEveryItemWhatIsForetold() {
    List<String> heard = new ArrayList<>();
    new Aim(Objective.CONVERSION, ALIKE)
        .turn(
            shop.catalog(),
            new int[] {7, 8, 9},
            new int[] {0, 2},
            new float[2 * RankFeature.COUNT],
            new double[] {0, Math.log(9)},
            (position, choice, after) ->
                heard.add(
                    "%d %.2f %.2f %s"
                        .formatted(
                            position,
                            choice,
                            after[Head.PURCHASE.ordinal()],
                            after[Head.CART.ordinal()])));
    assertEquals(List.of("0 0.50 0.75 NaN", "2 0.90 0.75 NaN"), heard);
  }

  @Test
  void isEngagementWithoutAHeadOfSelling() {
    assertFalse(new Aim(Objective.REVENUE, Heads.NONE).isOther());
    assertTrue(new Aim(Objective.REVENUE, ALIKE).isOther());
  }
}
