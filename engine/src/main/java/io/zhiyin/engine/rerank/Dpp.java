package io.zhiyin.engine.rerank;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Reranker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Diversity by a determinantal point process: the list is chosen greedily for the largest `(1 -
/// dial) · Σ relevance + dial · log det S`, where S holds how alike the list's items are (Chen,
/// Zhang & Zhou 2018, [paper](https://arxiv.org/abs/1709.05135)). Where MMR looks at the most alike
/// item only, the determinant looks at all that is in the list together: a third of two half-alike
/// kinds adds little.
///
/// Each step updates one row of the Cholesky factor of S for every candidate, so that `n` places
/// among `m` candidates cost O(n² · m). Relevance is the score brought to 0..1 over the window, as
/// in [Mmr]; only the first `max(3n, 50)` candidates can move up.
///
/// @param dial 0 keeps the order, 1 looks at likeness alone
public record Dpp(double dial) implements Reranker {
  /// What is left of an item that the list holds already: twins are last, but not impossible.
  private static final double LEAST = 1e-6;

  public Dpp {
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
    Greedy greedy = new Greedy(query, ranked.subList(0, window), places);
    List<Candidate> result = new ArrayList<>(ranked.size());
    for (int place = 0; place < places; place++) {
      result.add(ranked.get(greedy.take(dial)));
    }
    for (int i = 0; i < window; i++) {
      if (!greedy.taken[i]) {
        result.add(ranked.get(i));
      }
    }
    result.addAll(ranked.subList(window, ranked.size()));
    return result;
  }

  /// The greedy choice. With V the Cholesky factor of S over what is taken, candidate i has the row
  /// c_i (V c_i = S over taken × i) and d_i² = S_ii - |c_i|², by which taking i multiplies det S.
  private static final class Greedy {
    private final @Nullable Item[] items;
    private final double[] relevance;
    private final double[][] rows;
    private final double[] residual;
    private final boolean[] taken;
    private int size;

    Greedy(Query query, List<Candidate> candidates, int places) {
      int m = candidates.size();
      items = new Item[m];
      relevance = new double[m];
      rows = new double[m][places];
      residual = new double[m];
      taken = new boolean[m];
      double best = candidates.getFirst().score();
      double range = Math.max(best - candidates.getLast().score(), 1e-9);
      for (int i = 0; i < m; i++) {
        items[i] = query.catalog().at(candidates.get(i).item());
        relevance[i] = 1 - (best - candidates.get(i).score()) / range;
        residual[i] = 1;
      }
    }

    int take(double dial) {
      int best = -1;
      double bestValue = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < taken.length; i++) {
        double value = (1 - dial) * relevance[i] + dial * Math.log(Math.max(residual[i], LEAST));
        if (!taken[i] && value > bestValue) { // ties: the better ranked stays ahead
          best = i;
          bestValue = value;
        }
      }
      taken[best] = true;
      update(best);
      return best;
    }

    /// e_i = (S_ji - ⟨c_j, c_i⟩) / d_j becomes the next entry of c_i, and d_i² falls by e_i².
    private void update(int j) {
      double root = Math.sqrt(Math.max(residual[j], LEAST));
      for (int i = 0; i < taken.length; i++) {
        if (taken[i]) {
          continue;
        }
        double dot = 0;
        for (int k = 0; k < size; k++) {
          dot += rows[j][k] * rows[i][k];
        }
        double entry = (ItemLikeness.kernel(items[j], items[i]) - dot) / root;
        rows[i][size] = entry;
        residual[i] -= entry * entry;
      }
      size++;
    }
  }
}
