package io.zhiyin.engine.recall;

import io.zhiyin.engine.model.Repeats;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.MetItems;
import io.zhiyin.kernel.vector.TopK;
import java.util.Arrays;
import java.util.Optional;

/// What the sequence model takes for the next item after everything that the shopper did up to now.
/// Over all items of the catalogue, those without training included; items that the shopper has met
/// are as likely as the model's [io.zhiyin.engine.model.Repeats] make them.
public record SequenceSource(SequenceModel model) implements CandidateSource {
  /// So many of the best are looked at beyond those wanted, for filters to take out.
  private static final double SPARE = 1.6;

  private static final int SPARE_ITEMS = 64;

  @Override
  public Evidence evidence() {
    return Evidence.SEQUENCE;
  }

  @Override
  public CandidateSource forRequest(Query query) {
    return new Asked(
        new Once<>(() -> model.encode(query.profile().shopper(), Seeds.withPage(query))),
        new Once<>(() -> MetItems.of(Seeds.withPage(query))));
  }

  @Override
  public void retrieve(Query query, int limit, Sink sink) {
    forRequest(query).retrieve(query, limit, sink);
  }

  @Override
  public float[] measure(Query query, int[] items) {
    return forRequest(query).measure(query, items);
  }

  /// With the shopper's vector, computed once a request.
  private final class Asked implements CandidateSource {
    private final Once<Optional<float[]>> vector;
    private final Once<MetItems> met;

    Asked(Once<Optional<float[]>> vector, Once<MetItems> met) {
      this.vector = vector;
      this.met = met;
    }

    @Override
    public Evidence evidence() {
      return Evidence.SEQUENCE;
    }

    @Override
    public void retrieve(Query query, int limit, Sink sink) {
      vector.value().ifPresent(encoded -> offerBest(encoded, limit, sink));
    }

    private void offerBest(float[] encoded, int limit, Sink sink) {
      Repeats repeats = model.repeats();
      if (repeats.isNone()) {
        offerFound(encoded, limit, sink);
        return;
      }
      MetAmongBest merged =
          new MetAmongBest(sink, limit, met.value(), repeats, item -> model.score(encoded, item));
      offerFound(encoded, limit, merged);
      merged.offerMet(Float.NEGATIVE_INFINITY);
    }

    /// Asks for more and more of the best until the sink kept enough or there are no more. Each
    /// asking goes over the whole catalogue, so the next one is for as many as the share that was
    /// kept so far makes likely to do.
    private void offerFound(float[] encoded, int limit, Sink sink) {
      int bound = model.itemBound();
      int asked = 0;
      int kept = 0;
      int next = (int) Math.min(bound, SPARE * limit + SPARE_ITEMS);
      while (kept < limit && asked < next) {
        int from = asked;
        int missing = limit - kept;
        kept += model.readBest(encoded, next, best -> offer(best, from, missing, sink));
        asked = next;
        double likely = SPARE * asked * limit / Math.max(1, kept);
        next = (int) Math.min(bound, Math.clamp(likely, 2.0 * asked, 16.0 * asked));
      }
    }

    /// @return how many the sink kept
    private static int offer(TopK best, int from, int limit, Sink sink) {
      int kept = 0;
      for (int i = from; i < best.size() && kept < limit; i++) {
        kept += sink.offer(best.row(i), best.score(i)) ? 1 : 0;
      }
      return kept;
    }

    @Override
    public float[] measure(Query query, int[] items) {
      float[] logits = new float[items.length];
      Optional<float[]> encoded = vector.value();
      if (encoded.isEmpty()) {
        Arrays.fill(logits, Float.NaN);
        return logits;
      }
      for (int i = 0; i < items.length; i++) {
        logits[i] = model.score(encoded.get(), items[i]);
      }
      if (!model.repeats().isNone()) {
        model.repeats().add(met.value(), items, logits);
      }
      return logits;
    }
  }
}
