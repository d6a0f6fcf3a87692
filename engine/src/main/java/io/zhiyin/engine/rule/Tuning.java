package io.zhiyin.engine.rule;

import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Objective;
import io.zhiyin.engine.rerank.Diversity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a shop sets one scenario differently from how it comes.
///
/// @param diversity the dial, 0 to 1; null for the scenario's own
/// @param diversityBy how; null for the scenario's own
/// @param fatigue what becomes of items that the shopper saw lately; null for nothing
/// @param explore how many of the last places try out what little is known of, 0 to 20
/// @param objective what lists are to bring
/// @param sources how many candidates a source may propose, 0 to [#MAX_CANDIDATES]; 0: it does not
///   take part. Those not named are as the scenario has them
public record Tuning(
    @Nullable Double diversity,
    @Nullable Diversity diversityBy,
    @Nullable Fatigue fatigue,
    int explore,
    Objective objective,
    Map<Evidence, Integer> sources) {
  /// How many candidates one source may propose at most.
  public static final int MAX_CANDIDATES = 500;

  /// Nothing differently.
  public static final Tuning NONE = new Tuning(null, null, null);

  /// @throws InvalidFieldException when the dial or a number is out of range
  public Tuning {
    sources = Map.copyOf(sources);
    sources.forEach(
        (source, candidates) -> {
          if (candidates < 0 || candidates > MAX_CANDIDATES) {
            throw new InvalidFieldException(
                "sources." + source.wireName(),
                candidates,
                "must be between 0 and " + MAX_CANDIDATES);
          }
        });
    if (diversity != null && !(diversity >= 0 && diversity <= 1)) {
      throw new InvalidFieldException("diversity", diversity, "must be between 0 and 1");
    }
    if (explore < 0 || explore > 20) {
      throw new InvalidFieldException("explore", explore, "must be between 0 and 20");
    }
  }

  /// For engagement.
  public Tuning(
      @Nullable Double diversity,
      @Nullable Diversity diversityBy,
      @Nullable Fatigue fatigue,
      int explore) {
    this(diversity, diversityBy, fatigue, explore, Objective.ENGAGEMENT, Map.of());
  }

  /// Without exploration, for engagement.
  public Tuning(
      @Nullable Double diversity, @Nullable Diversity diversityBy, @Nullable Fatigue fatigue) {
    this(diversity, diversityBy, fatigue, 0);
  }

  /// The same with another objective.
  public Tuning aimedAt(Objective wanted) {
    return new Tuning(diversity, diversityBy, fatigue, explore, wanted, sources);
  }

  /// The same with candidates from other sources.
  public Tuning drawingOn(Map<Evidence, Integer> wanted) {
    return new Tuning(diversity, diversityBy, fatigue, explore, objective, wanted);
  }

  /// What the shopper saw too often lately counts less, or is not shown.
  ///
  /// @param hours how far back, 1 to 720
  /// @param shown from how many impressions on; 0: impressions do not matter
  /// @param viewed from how many views of the item's page on; 0: views do not matter
  /// @param factor times as relevant, 0 (not shown) to below 1
  public record Fatigue(int hours, int shown, int viewed, double factor) {
    /// @throws InvalidFieldException when a number is out of range
    public Fatigue {
      if (hours < 1 || hours > 720) {
        throw new InvalidFieldException("hours", hours, "must be between 1 and 720");
      }
      if (shown < 0 || shown > 100) {
        throw new InvalidFieldException("shown", shown, "must be between 0 and 100");
      }
      if (viewed < 0 || viewed > 100) {
        throw new InvalidFieldException("viewed", viewed, "must be between 0 and 100");
      }
      if (shown == 0 && viewed == 0) {
        throw new InvalidFieldException("shown", shown, "or viewed must be 1 or more");
      }
      if (!(factor >= 0 && factor < 1)) {
        throw new InvalidFieldException("factor", factor, "must be at least 0 and below 1");
      }
    }
  }
}
