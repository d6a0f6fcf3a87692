package io.zhiyin.server.shop;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.zhiyin.engine.event.RecommendationId;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.SideEffect;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.pipeline.Trace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Keeps the trace of every answer for a while, so that "why this, why not that" can be asked
/// afterwards: for [#KEPT_FOR], and the newest only where there are very many.
public final class Traces implements SideEffect {
  static final Duration KEPT_FOR = Duration.ofMinutes(30);

  /// In candidates and filtered items; about 100 MB.
  private static final long MOST = 600_000;

  private final ShopId shop;
  private final Clock clock;
  private final Listener listener;
  private final Cache<RecommendationId, Kept> kept =
      Caffeine.newBuilder()
          .maximumWeight(MOST)
          .weigher(
              (RecommendationId _, Kept k) ->
                  20 + k.trace.ranked().size() + k.trace.filtered().size())
          .expireAfterWrite(KEPT_FOR)
          .build();

  /// @param at when the answer was made
  public record Kept(Query query, Slate slate, Trace trace, Instant at) {}

  /// Hears of every answer, to count it.
  @FunctionalInterface
  public interface Listener {
    void answered(ShopId shop, Slate slate, Trace trace);
  }

  Traces(ShopId shop, Clock clock, Listener listener) {
    this.shop = shop;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public void accept(Query query, Slate slate, Trace trace) {
    kept.put(slate.recommendationId(), new Kept(query, slate, trace, clock.instant()));
    listener.answered(shop, slate, trace);
  }

  Optional<Kept> find(RecommendationId id) {
    return Optional.ofNullable(kept.getIfPresent(id));
  }

  /// Forgets all, because one of them may tell of a user who asked to be forgotten.
  void clear() {
    kept.invalidateAll();
  }
}
