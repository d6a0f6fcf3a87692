package io.zhiyin.learning.trial;

import io.zhiyin.engine.evaluate.Ndcg;
import io.zhiyin.engine.evaluate.PairedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One method beside another for the same shoppers: NDCG at the leading cut-off.
///
/// @param difference of the method minus the baseline
public record Comparison(String method, String baseline, View view, PairedDifference difference) {
  /// What every method is held against.
  public static final String PLAIN = "item-to-item";

  /// Every method beside the plain baseline, and the whole recommender beside its model alone.
  static List<Comparison> all(List<MethodRanks> methods, TrialSetup setup) {
    List<Comparison> comparisons = new ArrayList<>();
    for (View view : View.values()) {
      for (MethodRanks method : methods) {
        named(methods, PLAIN)
            .filter(_ -> !method.name().equals(PLAIN))
            .map(plain -> of(method, plain, view, setup))
            .ifPresent(comparisons::add);
      }
      named(methods, "zhiyin")
          .flatMap(whole -> named(methods, "sequence").map(alone -> of(whole, alone, view, setup)))
          .ifPresent(comparisons::add);
    }
    return List.copyOf(comparisons);
  }

  private static Comparison of(
      MethodRanks method, MethodRanks baseline, View view, TrialSetup setup) {
    Ndcg ndcg = new Ndcg(setup.headline());
    return new Comparison(
        method.name(),
        baseline.name(),
        view,
        PairedDifference.of(method.values(view, ndcg), baseline.values(view, ndcg), setup.seed()));
  }

  private static Optional<MethodRanks> named(List<MethodRanks> methods, String name) {
    return methods.stream().filter(method -> method.name().equals(name)).findFirst();
  }
}
