package io.zhiyin.learning.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.learning.train.ShopRecipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HalvingTest {
  private final Halving halving = new Halving(7, 2, 3);

  /// A trial whose shoppers gain about so much.
  private static Measured measured(Halving.Job job, double mean) {
    double[] gains = new double[100];
    Arrays.setAll(gains, i -> mean + (i % 5) * 0.01);
    return new Measured(job.trial(), job.rung(), job.passes(), job.recipe(), gains, 1);
  }

  /// A search in which later trials are better, up to the given one.
  private List<Measured> search(int steps, int best) {
    List<Measured> done = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      Halving.Job job = halving.next(done);
      done.add(measured(job, 0.1 + 0.01 * (job.trial() <= best ? job.trial() : 0)));
    }
    return done;
  }

  @Test
  void theDefaultsComeFirstOnEveryRung() {
    List<Measured> done = search(40, 9);
    for (int rung = 0; rung < 3; rung++) {
      int at = rung;
      Measured first = done.stream().filter(one -> one.rung() == at).findFirst().orElseThrow();
      assertEquals(1, first.trial());
      assertEquals(ShopRecipe.DEFAULTS, first.recipe());
    }
  }

  @Test
  void onlyAThirdOfARungClimbsAndItMayRunThreeTimesAsLong() {
    List<Measured> done = search(60, 9);
    long low = done.stream().filter(one -> one.rung() == 0).count();
    long high = done.stream().filter(one -> one.rung() == 1).count();
    assertTrue(high <= low / 3 + 1, low + " and " + high);
    done.forEach(one -> assertEquals(2 * (int) Math.pow(3, one.rung()), one.passes()));
  }

  @Test
  void noRecipeIsTriedTwice() {
    Set<ShopRecipe> recipes = new HashSet<>();
    for (int trial = 1; trial <= 30; trial++) {
      assertTrue(recipes.add(halving.recipe(trial)), "trial " + trial);
    }
  }

  @Test
  void whatIsNextDependsOnWhatWasMeasuredAlone() {
    List<Measured> done = search(20, 9);
    assertEquals(new Halving(7, 2, 3).next(done), halving.next(List.copyOf(done)));
  }

  @Test
  void aRecipeThatIsBetterBeyondChanceIsChosen() {
    List<Measured> done = search(40, 9);
    Choice choice = halving.choose(done);
    assertEquals(9, choice.best().trial());
    assertEquals(halving.recipe(9), choice.recipe());
  }

  @Test
  void theDefaultsWinTies() {
    List<Measured> done = search(40, 0);
    Choice choice = halving.choose(done);
    assertEquals(1, choice.best().trial());
    assertEquals(ShopRecipe.DEFAULTS, choice.recipe());
  }

  @Test
  void theDefaultsStayWhenAnotherLeadsByChance() {
    Halving.Job defaults = halving.next(List.of());
    Measured one = measured(defaults, 0.1);
    Halving.Job other = halving.next(List.of(one));
    double[] gains = one.gains().clone();
    gains[3] += 0.5;
    gains[8] -= 0.4;
    Measured two = new Measured(other.trial(), 0, other.passes(), other.recipe(), gains, 1);
    Choice choice = halving.choose(List.of(one, two));
    assertEquals(2, choice.best().trial());
    assertEquals(ShopRecipe.DEFAULTS, choice.recipe());
  }
}
