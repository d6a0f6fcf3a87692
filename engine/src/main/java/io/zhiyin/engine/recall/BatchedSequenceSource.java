package io.zhiyin.engine.recall;

import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.MetItems;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.kernel.vector.TopK;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A [SequenceSource] that has encoded many shoppers and scored the whole catalogue for all of them
/// together, so that each item's vector is read once for all: for lists that are made ahead of
/// requests. Whoever is asked about and was not in the batch, or wants more than was kept, is
/// answered one by one.
///
/// Immutable; any number of threads.
public final class BatchedSequenceSource implements CandidateSource {
  private final SequenceModel model;
  private final SequenceSource single;
  private final Map<Shopper, Prepared> prepared;

  private record Prepared(float[] vector, MetItems met, int[] items, float[] logits) {}

  private BatchedSequenceSource(SequenceModel model, Map<Shopper, Prepared> prepared) {
    this.model = model;
    this.single = new SequenceSource(model);
    this.prepared = prepared;
  }

  /// @param profiles of the shoppers whose lists come next, as of now
  /// @param kept how many of the best items are kept for each
  public static BatchedSequenceSource of(SequenceModel model, List<Profile> profiles, int kept) {
    int d = model.embeddingSize();
    float[] vectors = new float[profiles.size() * d];
    Profile[] shoppers = new Profile[profiles.size()];
    int known = 0;
    List<Optional<float[]>> encoded =
        profiles.parallelStream().map(profile -> model.encode(profile.history())).toList();
    for (int i = 0; i < profiles.size(); i++) {
      if (encoded.get(i).isPresent()) {
        System.arraycopy(encoded.get(i).get(), 0, vectors, known * d, d);
        shoppers[known++] = profiles.get(i);
      }
    }
    TopK[] best = model.topKOfAll(vectors, known, Math.min(kept, model.itemBound()));
    Map<Shopper, Prepared> prepared = new HashMap<>();
    for (int u = 0; u < known; u++) {
      MetItems met = MetItems.of(shoppers[u].history());
      prepared.put(shoppers[u].shopper(), prepared(vectors, u * d, d, met, best[u]));
    }
    return new BatchedSequenceSource(model, prepared);
  }

  private static Prepared prepared(float[] vectors, int from, int d, MetItems met, TopK best) {
    float[] vector = new float[d];
    System.arraycopy(vectors, from, vector, 0, d);
    int[] items = new int[best.size()];
    float[] logits = new float[best.size()];
    for (int i = 0; i < items.length; i++) {
      items[i] = best.row(i);
      logits[i] = best.score(i);
    }
    return new Prepared(vector, met, items, logits);
  }

  private @Nullable Prepared of(Query query) {
    return query.pageItem() < 0 ? prepared.get(query.profile().shopper()) : null;
  }

  @Override
  public Evidence evidence() {
    return Evidence.SEQUENCE;
  }

  @Override
  public void retrieve(Query query, int limit, Sink sink) {
    Prepared mine = of(query);
    if (mine == null) {
      single.retrieve(query, limit, sink);
      return;
    }
    int kept = 0;
    MetAmongBest merged =
        new MetAmongBest(
            sink, limit, mine.met, model.repeats(), item -> model.score(mine.vector, item));
    for (int i = 0; i < mine.items.length && kept < limit; i++) {
      kept += merged.offer(mine.items[i], mine.logits[i]) ? 1 : 0;
    }
    if (kept < limit && mine.items.length < model.itemBound()) {
      single.retrieve(query, limit, sink);
    } else {
      merged.offerMet(Float.NEGATIVE_INFINITY);
    }
  }

  @Override
  public float[] measure(Query query, int[] items) {
    Prepared mine = of(query);
    if (mine == null) {
      return single.measure(query, items);
    }
    float[] logits = new float[items.length];
    for (int i = 0; i < items.length; i++) {
      logits[i] = model.score(mine.vector, items[i]);
    }
    model.repeats().add(mine.met, items, logits);
    return logits;
  }
}
