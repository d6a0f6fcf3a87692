package io.zhiyin.engine.rerank;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list chosen place by place: each goes to the candidate that is worth most beside those already
/// placed, whatever [#value] takes that to be.
///
/// Relevance is the score brought to 0..1 over the window. Only the first `max(3n, 50)` candidates
/// can move up; the rest follow in their order.
abstract class Greedy {
  private static final int LEAST_WINDOW = 50;

  /// Of the candidates in the window, best first.
  final @Nullable Item[] items;

  final double[] relevance;
  final boolean[] taken;

  Greedy(Query query, List<Candidate> window) {
    int size = window.size();
    items = new Item[size];
    relevance = new double[size];
    taken = new boolean[size];
    double best = window.getFirst().score();
    double range = Math.max(best - window.getLast().score(), 1e-9);
    for (int i = 0; i < size; i++) {
      items[i] = query.catalog().at(window.get(i).item());
      relevance[i] = 1 - (best - window.get(i).score()) / range;
    }
  }

  /// What taking candidate `i` next is worth.
  abstract double value(int i);

  /// Candidate `i` has been taken.
  abstract void took(int i);

  /// How to choose from a window.
  interface Way {
    Greedy over(List<Candidate> window, int places);
  }

  /// The candidates in the order in which they are chosen.
  static List<Candidate> order(Query query, List<Candidate> ranked, Way way) {
    int window = Math.min(ranked.size(), Math.max(3 * query.n(), LEAST_WINDOW));
    int places = Math.min(query.n(), window);
    if (window < 3) {
      return ranked;
    }
    Greedy greedy = way.over(ranked.subList(0, window), places);
    List<Candidate> result = new ArrayList<>(ranked.size());
    for (int place = 0; place < places; place++) {
      result.add(ranked.get(greedy.take()));
    }
    for (int i = 0; i < window; i++) {
      if (!greedy.taken[i]) {
        result.add(ranked.get(i));
      }
    }
    for (int i = window; i < ranked.size(); i++) {
      result.add(ranked.get(i));
    }
    return result;
  }

  private int take() {
    int best = -1;
    double bestValue = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < taken.length; i++) {
      double value = taken[i] ? Double.NEGATIVE_INFINITY : value(i);
      if (value > bestValue) { // ties: the better ranked stays ahead
        best = i;
        bestValue = value;
      }
    }
    taken[best] = true;
    took(best);
    return best;
  }

  /// @throws IllegalArgumentException when the dial is not from 0 to 1
  static void checkDial(double dial) {
    if (!(dial >= 0 && dial <= 1)) {
      throw new IllegalArgumentException("the dial goes from 0 to 1, not to " + dial);
    }
  }
}
