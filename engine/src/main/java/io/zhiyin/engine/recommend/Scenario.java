package io.zhiyin.engine.recommend;

import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rerank.Caps;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How lists for one placement on a page are made, declared. Start from [#named] and say what
/// differs.
public final class Scenario {
  private final String name;
  private final List<Quota> sources;
  private final @Nullable BlendWeights weights;
  private final List<Evidence> fallback;
  private final double diversity;
  private final Caps caps;
  private final Set<Rule> rules;

  /// @param limit how many candidates the source may propose
  public record Quota(Evidence source, int limit) {}

  /// What a scenario can do differently.
  public enum Rule {
    /// Items that the shopper bought are not shown.
    NO_OWN_PURCHASES,
    /// A list that the sources leave short stays short.
    NO_FILLING,
    /// Where the request gives no cart, what lies in it by the shopper's history counts.
    CART_FROM_HISTORY,
    /// Only the candidates that come with the query are ordered.
    GIVEN_CANDIDATES,
    /// The page's item and the cart may be shown too.
    KEEPS_SEEDS
  }

  private Scenario(
      String name,
      List<Quota> sources,
      @Nullable BlendWeights weights,
      List<Evidence> fallback,
      double diversity,
      Caps caps,
      Set<Rule> rules) {
    this.name = name;
    this.sources = List.copyOf(sources);
    this.weights = weights;
    this.fallback = List.copyOf(fallback);
    this.diversity = diversity;
    this.caps = caps;
    this.rules = Set.copyOf(rules);
  }

  /// A scenario with these sources, the shop's fitted weights, the common fallback chain, no
  /// diversity and no rules.
  public static Scenario named(String name, Quota... sources) {
    return new Scenario(
        name,
        List.of(sources),
        null,
        List.of(Evidence.SEQUENCE, Evidence.ITEM_TO_ITEM, Evidence.POPULAR),
        0,
        Caps.NONE,
        Set.of());
  }

  /// With weights of its own instead of the fitted ones.
  public Scenario weighing(BlendWeights own) {
    return new Scenario(name, sources, own, fallback, diversity, caps, rules);
  }

  /// With these sources, one after the other, where the scenario's own leave the list short.
  public Scenario fallingBackOn(Evidence... chain) {
    return new Scenario(name, sources, weights, List.of(chain), diversity, caps, rules);
  }

  /// With diversity.
  ///
  /// @param dial 0 for the pure order of scores, 1 for the most different items
  public Scenario diverse(double dial, Caps most) {
    return new Scenario(name, sources, weights, fallback, dial, most, rules);
  }

  /// With other numbers of candidates from these sources; one with 0 takes no part, nor does it in
  /// the fallback. A source that the scenario does not have comes after its own. Nothing changes
  /// where only given candidates are ordered.
  public Scenario drawingOn(Map<Evidence, Integer> candidates) {
    if (candidates.isEmpty() || has(Rule.GIVEN_CANDIDATES)) {
      return this;
    }
    Map<Evidence, Integer> limits = new LinkedHashMap<>();
    sources.forEach(quota -> limits.put(quota.source(), quota.limit()));
    new TreeMap<>(candidates).forEach(limits::put);
    List<Quota> asked =
        limits.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> new Quota(entry.getKey(), entry.getValue()))
            .toList();
    List<Evidence> chain =
        fallback.stream().filter(source -> limits.getOrDefault(source, 1) > 0).toList();
    return new Scenario(name, asked, weights, chain, diversity, caps, rules);
  }

  public Scenario with(Rule rule) {
    Set<Rule> more = EnumSet.of(rule);
    more.addAll(rules);
    return new Scenario(name, sources, weights, fallback, diversity, caps, more);
  }

  public String name() {
    return name;
  }

  public List<Quota> sources() {
    return sources;
  }

  /// Its own weights; none when the shop's fitted ones are used.
  public Optional<BlendWeights> weights() {
    return Optional.ofNullable(weights);
  }

  public List<Evidence> fallback() {
    return fallback;
  }

  public double diversity() {
    return diversity;
  }

  public Caps caps() {
    return caps;
  }

  public boolean has(Rule rule) {
    return rules.contains(rule);
  }
}
