package io.zhiyin.engine.explain;

import io.zhiyin.engine.event.RecommendationId;
import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.SideEffect;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.pipeline.Trace;
import io.zhiyin.engine.profile.Shopper;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Keeps what became of the last answers, for a while and within bounds. One store serves all shops
/// and keeps them apart.
public final class TraceStore implements SideEffect {
  /// 64 MiB, some eight thousand lists of 20 out of 500.
  public static final long DEFAULT_BYTES = 64L << 20;

  /// Lists are made on threads that stay, so each keeps its room.
  private static final ThreadLocal<RecordWriter> WRITERS =
      ThreadLocal.withInitial(RecordWriter::new);

  private final RecordRing<Key> kept;
  private final long nanosKept;
  private final LongSupplier nanos;

  private record Key(ShopId shop, RecommendationId id) {}

  /// Up to [#DEFAULT_BYTES], for two hours.
  public TraceStore() {
    this(DEFAULT_BYTES, Duration.ofHours(2), System::nanoTime);
  }

  /// @param bytes how much room the kept answers may take in all
  /// @param time how long an answer is kept
  /// @param nanos tells the time, from any beginning
  public TraceStore(long bytes, Duration time, LongSupplier nanos) {
    kept = new RecordRing<>(bytes);
    nanosKept = time.toNanos();
    this.nanos = nanos;
  }

  @Override
  public void accept(Query query, Slate slate, Trace trace) {
    RecordWriter record = WRITERS.get();
    record.clear();
    ExplanationRecord.write(record, Explanation.of(query, slate, trace));
    kept.put(new Key(query.shop(), slate.recommendationId()), record, nanos.getAsLong());
  }

  /// What is kept of that answer; empty when there was none, or it is too long ago.
  public Optional<Explanation> find(ShopId shop, RecommendationId id) {
    return Optional.ofNullable(kept.find(new Key(shop, id), nanos.getAsLong() - nanosKept + 1))
        .map(ExplanationRecord::read);
  }

  /// Drops everything that was shown to a shopper, as erasure asks.
  public void forget(ShopId shop, Shopper shopper) {
    kept.removeIf(
        (key, record) ->
            key.shop().equals(shop)
                && ExplanationRecord.shopper(new RecordReader(record)).equals(shopper));
  }
}
