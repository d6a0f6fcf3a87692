package io.zhiyin.engine.rerank;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Reranker;
import java.util.List;

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
        : Greedy.order(query, ranked, (window, _) -> new Margin(query, window, dial));
  }

  /// How alike each candidate is to what has been placed.
  private static final class Margin extends Greedy {
    private final double dial;
    private final double[] likeness;

    Margin(Query query, List<Candidate> window, double dial) {
      super(query, window);
      this.dial = dial;
      likeness = new double[window.size()];
    }

    @Override
    double value(int i) {
      return (1 - dial) * relevance[i] - dial * likeness[i];
    }

    @Override
    void took(int j) {
      for (int i = 0; i < likeness.length; i++) {
        likeness[i] = Math.max(likeness[i], ItemLikeness.of(items[j], items[i]));
      }
    }
  }
}
