package io.zhiyin.engine.rerank;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Reranker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Diversity by maximal marginal relevance (Carbonell & Goldstein 1998,
/// [paper](https://doi.org/10.1145/290941.291025)): each place goes to the candidate with the best
/// `(1 - dial) · relevance - dial · likeness to the most alike already placed`.
///
/// Relevance is the score brought to 0..1 over the window; likeness is of category and brand. Only
/// the first `max(3n, 50)` candidates can move up; the rest follow in their order.
///
/// @param dial 0 keeps the order, 1 looks at likeness alone
public record Mmr(double dial) implements Reranker {
  public Mmr {
    if (!(dial >= 0 && dial <= 1)) {
      throw new IllegalArgumentException("the dial goes from 0 to 1, not to " + dial);
    }
  }

  @Override
  public String name() {
    return "diversity";
  }

  @Override
  public List<Candidate> rerank(Query query, List<Candidate> ranked) {
    int window = Math.min(ranked.size(), Math.max(3 * query.n(), 50));
    int places = Math.min(query.n(), window);
    if (dial == 0 || window < 3) {
      return ranked;
    }
    Window open = new Window(query, ranked.subList(0, window));
    List<Candidate> result = new ArrayList<>(ranked.size());
    for (int place = 0; place < places; place++) {
      result.add(ranked.get(open.take(dial)));
    }
    for (int i = 0; i < window; i++) {
      if (!open.taken[i]) {
        result.add(ranked.get(i));
      }
    }
    result.addAll(ranked.subList(window, ranked.size()));
    return result;
  }

  /// The candidates that may move up, and how alike each is to what has been placed.
  private static final class Window {
    private final @Nullable Item[] items;
    private final double[] relevance;
    private final double[] likeness;
    private final boolean[] taken;

    Window(Query query, List<Candidate> candidates) {
      int size = candidates.size();
      items = new Item[size];
      relevance = new double[size];
      likeness = new double[size];
      taken = new boolean[size];
      double best = candidates.getFirst().score();
      double range = Math.max(best - candidates.getLast().score(), 1e-9);
      for (int i = 0; i < size; i++) {
        items[i] = query.catalog().at(candidates.get(i).item());
        relevance[i] = 1 - (best - candidates.get(i).score()) / range;
      }
    }

    int take(double dial) {
      int best = -1;
      double bestValue = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < taken.length; i++) {
        double value = (1 - dial) * relevance[i] - dial * likeness[i];
        if (!taken[i] && value > bestValue) { // ties: the better ranked stays ahead
          best = i;
          bestValue = value;
        }
      }
      taken[best] = true;
      for (int i = 0; i < taken.length; i++) {
        likeness[i] = Math.max(likeness[i], ItemLikeness.of(items[best], items[i]));
      }
      return best;
    }
  }
}
