package io.zhiyin.engine.rank;

import io.zhiyin.engine.pipeline.Head;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// For some of the [Head]s, how probable it is that it follows once the item is chosen: boosted
/// trees over the same [RankFeature]s that the [TreeRanker] reads, whose sum is the log-odds.
/// Immutable.
public final class Heads {
  /// None learned.
  public static final Heads NONE = new Heads(List.of());

  /// Within so many hours after the choice it counts as following on it.
  public static final int WINDOW_HOURS = 72;

  private final Map<Head, Learned> byHead = new EnumMap<>(Head.class);

  /// One head.
  public record Learned(Head head, TreeEnsemble trees, Quality quality) {
    /// @throws IllegalArgumentException when the trees ask for a feature that does not exist
    public Learned {
      if (trees.width() > RankFeature.COUNT) {
        throw new IllegalArgumentException("the head " + head + " asks for an unknown feature");
      }
    }
  }

  /// How well it foretells choices that it has not learned, beside the constant that is the share
  /// of those that it has.
  ///
  /// @param cases choices looked at
  /// @param positives of these, how many were followed by the action
  /// @param logLoss mean, by crossing, in nats
  /// @param constantLogLoss the same of the constant
  /// @param brier mean squared error of the probability, by crossing
  /// @param constantBrier the same of the constant
  public record Quality(
      int cases,
      int positives,
      double logLoss,
      double constantLogLoss,
      double brier,
      double constantBrier) {}

  public Heads(Collection<Learned> learned) {
    learned.forEach(one -> byHead.put(one.head(), one));
  }

  /// Those that were learned, the deepest last.
  public Collection<Learned> learned() {
    return byHead.values();
  }

  /// Whether none was learned.
  public boolean isEmpty() {
    return byHead.isEmpty();
  }

  /// That head's trees; null where it was not learned.
  @Nullable TreeEnsemble trees(Head head) {
    Learned learned = byHead.get(head);
    return learned == null ? null : learned.trees();
  }

  /// The head that stands for selling: of the purchase, or else of the cart. A favourite is no step
  /// of buying.
  public Optional<Head> selling() {
    return byHead.containsKey(Head.PURCHASE)
        ? Optional.of(Head.PURCHASE)
        : Optional.of(Head.CART).filter(byHead::containsKey);
  }
}
