package io.zhiyin.engine.recall;

import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.kernel.vector.TopK;
import java.util.Arrays;
import java.util.Optional;

/// What the sequence model takes for the next item after everything that the shopper did up to now.
/// Over all items of the catalogue, those without training included.
public record SequenceSource(SequenceModel model) implements CandidateSource {
  private static final int SPARE = 64;

  @Override
  public Evidence evidence() {
    return Evidence.SEQUENCE;
  }

  @Override
  public void retrieve(Query query, int limit, Sink sink) {
    vector(query).ifPresent(vector -> offerBest(vector, limit, sink));
  }

  private Optional<float[]> vector(Query query) {
    return model.encode(query.profile().shopper(), Seeds.withPage(query));
  }

  /// Asks for more and more of the best until the sink kept enough or there are no more.
  private void offerBest(float[] vector, int limit, Sink sink) {
    int bound = model.itemBound();
    int asked = 0;
    int kept = 0;
    int next = Math.min(bound, limit + SPARE);
    while (kept < limit && asked < next) {
      TopK best = new TopK(next);
      model.topK(vector, next, _ -> true, best);
      for (int i = asked; i < best.size() && kept < limit; i++) {
        if (sink.offer(best.row(i), best.score(i))) {
          kept++;
        }
      }
      asked = next;
      next = (int) Math.min(bound, 8L * asked);
    }
  }

  @Override
  public float[] measure(Query query, int[] items) {
    float[] logits = new float[items.length];
    Optional<float[]> vector = vector(query);
    if (vector.isEmpty()) {
      Arrays.fill(logits, Float.NaN);
      return logits;
    }
    for (int i = 0; i < items.length; i++) {
      logits[i] = model.score(vector.get(), items[i]);
    }
    return logits;
  }
}
