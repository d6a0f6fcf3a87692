package io.zhiyin.engine.rerank;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Reranker;
import java.util.Arrays;
import java.util.List;

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
    Greedy.checkDial(dial);
  }

  @Override
  public String name() {
    return "diversity";
  }

  @Override
  public List<Candidate> rerank(Query query, List<Candidate> ranked) {
    return dial == 0
        ? ranked
        : Greedy.order(
            query, ranked, (window, places) -> new Determinant(query, window, places, dial));
  }

  /// With V the Cholesky factor of S over what is taken, candidate i has the row c_i (V c_i = S
  /// over taken × i) and d_i² = S_ii - |c_i|², by which taking i multiplies det S.
  private static final class Determinant extends Greedy {
    private final double dial;
    private final double[][] rows;
    private final double[] residual;
    private int size;

    Determinant(Query query, List<Candidate> window, int places, double dial) {
      super(query, window);
      this.dial = dial;
      rows = new double[window.size()][places];
      residual = new double[window.size()];
      Arrays.fill(residual, 1);
    }

    @Override
    double value(int i) {
      return (1 - dial) * relevance[i] + dial * Math.log(Math.max(residual[i], LEAST));
    }

    /// e_i = (S_ji - ⟨c_j, c_i⟩) / d_j becomes the next entry of c_i, and d_i² falls by e_i².
    @Override
    void took(int j) {
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
