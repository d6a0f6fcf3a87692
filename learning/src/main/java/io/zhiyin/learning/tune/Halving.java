package io.zhiyin.learning.tune;

import io.zhiyin.engine.evaluate.PermutationTest;
import io.zhiyin.learning.train.Knob;
import io.zhiyin.learning.train.ShopRecipe;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// Which trial is next, and which recipe is best: successive halving with passes as the resource,
/// asynchronous, so that it can stop and go on at any time. Every recipe starts on the lowest rung;
/// whenever a recipe is among the best third of its rung it may climb to the next, which allows
/// three times as many passes. [A System for Massively Parallel Hyperparameter
/// Tuning](https://arxiv.org/abs/1810.05934) (ASHA), after
/// [Hyperband](https://arxiv.org/abs/1603.06560).
///
/// The defaults are trial 1, and no recipe is measured on a rung before the defaults are. All that
/// is decided depends on the seed and on what was measured, never on the time.
///
/// @param seed of the recipes that are drawn
/// @param passes of the lowest rung
/// @param rungs how many there are
record Halving(long seed, int passes, int rungs) {
  /// η: of so many on a rung one may climb, and it may then run so many times as long.
  private static final int REDUCTION = 3;

  /// How likely a setting of a drawn recipe is another than the default.
  private static final double CHANGE = 0.4;

  /// A recipe is better than the defaults when chance would do as well less often than this,
  /// divided by the number of recipes that were compared (Bonferroni).
  private static final double SIGNIFICANCE = 0.05;

  /// What is to be measured.
  record Job(int trial, int rung, int passes, ShopRecipe recipe) {}

  /// The next trial after those that were measured.
  Job next(List<Measured> measured) {
    for (int rung = rungs - 2; rung >= 0; rung--) {
      List<Measured> here = on(measured, rung);
      Set<Integer> above = new HashSet<>();
      on(measured, rung + 1).forEach(one -> above.add(one.trial()));
      for (Measured one : here.subList(0, here.size() / REDUCTION)) {
        if (!above.contains(one.trial())) {
          return above.contains(1) ? job(one.trial(), rung + 1) : job(1, rung + 1);
        }
      }
    }
    int trials = (int) measured.stream().mapToInt(Measured::trial).distinct().count();
    return job(trials + 1, 0);
  }

  private Job job(int trial, int rung) {
    int most = passes;
    for (int r = 0; r < rung; r++) {
      most *= REDUCTION;
    }
    return new Job(trial, rung, most, recipe(trial));
  }

  /// What was measured on a rung, best first; among equals the earlier trial, so the defaults
  /// first.
  private static List<Measured> on(List<Measured> measured, int rung) {
    return measured.stream()
        .filter(one -> one.rung() == rung)
        .sorted(
            Comparator.comparingDouble(Measured::ndcg).reversed().thenComparingInt(Measured::trial))
        .toList();
  }

  /// The recipe of a trial: the defaults for 1, then drawn ones, each different from all before.
  ShopRecipe recipe(int trial) {
    Set<ShopRecipe> drawn = new HashSet<>(Set.of(ShopRecipe.DEFAULTS));
    SplittableRandom random = new SplittableRandom(seed);
    ShopRecipe recipe = ShopRecipe.DEFAULTS;
    while (drawn.size() < trial) {
      recipe = draw(random);
      drawn.add(recipe);
    }
    return recipe;
  }

  private static ShopRecipe draw(SplittableRandom random) {
    Map<Knob, Double> changes = new EnumMap<>(Knob.class);
    for (Knob knob : Knob.values()) {
      double usual = knob.of(ShopRecipe.DEFAULTS.settings());
      List<Double> others = knob.choices().stream().filter(choice -> choice != usual).toList();
      if (random.nextDouble() < CHANGE) {
        changes.put(knob, others.get(random.nextInt(others.size())));
      }
    }
    return new ShopRecipe(changes);
  }

  /// The best of what was measured, on the highest rung where the defaults have a rival.
  ///
  /// @throws IllegalArgumentException when not even the defaults were measured
  Choice choose(List<Measured> measured) {
    for (int rung = rungs - 1; rung >= 0; rung--) {
      List<Measured> here = on(measured, rung);
      if (here.size() < 2 && rung > 0) {
        continue;
      }
      Measured defaults =
          here.stream()
              .filter(one -> one.trial() == 1)
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("the defaults were not measured"));
      Measured best = here.getFirst();
      double needed = SIGNIFICANCE / Math.max(1, here.size() - 1);
      double p =
          best.trial() == 1 ? 1 : new PermutationTest(seed).pValue(best.gains(), defaults.gains());
      return new Choice(
          p <= needed ? best.recipe() : ShopRecipe.DEFAULTS, best, defaults, p, needed);
    }
    throw new IllegalArgumentException("nothing was measured");
  }
}
