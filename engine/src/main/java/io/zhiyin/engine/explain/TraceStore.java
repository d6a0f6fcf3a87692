package io.zhiyin.engine.explain;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.zhiyin.engine.event.RecommendationId;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.SideEffect;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.pipeline.Trace;
import io.zhiyin.engine.profile.Shopper;
import java.time.Duration;
import java.util.Optional;

/// Keeps what became of the last answers, for a while and within bounds. One store serves all shops
/// and keeps them apart.
public final class TraceStore implements SideEffect {
  /// About a hundred megabytes.
  public static final long DEFAULT_ITEMS = 4_000_000;

  private final Cache<Key, Explanation> kept;

  private record Key(ShopId shop, RecommendationId id) {}

  /// Up to [#DEFAULT_ITEMS], for two hours.
  public TraceStore() {
    this(DEFAULT_ITEMS, Duration.ofHours(2), Ticker.systemTicker());
  }

  /// @param items how many items the kept answers may mention in all
  /// @param time how long an answer is kept
  /// @param ticker tells the time
  public TraceStore(long items, Duration time, Ticker ticker) {
    kept =
        Caffeine.newBuilder()
            .maximumWeight(items)
            .weigher((Key _, Explanation explanation) -> explanation.weight())
            .expireAfterWrite(time)
            .ticker(ticker)
            .build();
  }

  @Override
  public void accept(Query query, Slate slate, Trace trace) {
    kept.put(new Key(query.shop(), slate.recommendationId()), new Explanation(query, slate, trace));
  }

  /// What is kept of that answer; empty when there was none, or it is too long ago.
  public Optional<Explanation> find(ShopId shop, RecommendationId id) {
    return Optional.ofNullable(kept.getIfPresent(new Key(shop, id)));
  }

  /// Drops everything that was shown to a shopper, as erasure asks.
  public void forget(ShopId shop, Shopper shopper) {
    kept.asMap()
        .entrySet()
        .removeIf(
            entry ->
                entry.getKey().shop().equals(shop) && entry.getValue().shopper().equals(shopper));
  }
}
