package io.zhiyin.engine.rerank;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Thompson sampling with propensities that are known: each arm's click rate has a Beta posterior,
/// and an arm is drawn with the probability that its rate is the largest (Thompson 1933; Chapelle &
/// Li 2011, [paper](https://papers.nips.cc/paper/4321)).
///
/// Drawing a rate for each arm and taking the largest does the same, but then nobody knows with
/// what probability. Here that probability is computed first, `p_i = ∫ f_i(x) · Π_{j≠i} F_j(x) dx`
/// on a grid, and the arm is drawn by it: what is logged is what was drawn by, exactly.
public final class Exploration {
  private static final int GRID = 400;

  private Exploration() {}

  /// The click rate of one arm, as far as it is known.
  ///
  /// @param clicks those seen, and those of the prior, above 0
  /// @param misses impressions without a click, and those of the prior, above 0
  public record Arm(double clicks, double misses) {
    public Arm {
      if (!(clicks > 0 && misses > 0)) {
        throw new IllegalArgumentException("a Beta distribution has two numbers above 0");
      }
    }
  }

  /// An arm that was drawn.
  ///
  /// @param arm which one, counted from 0
  /// @param propensity with what probability, given the draws before it
  public record Draw(int arm, double propensity) {}

  /// Draws `count` different arms, one after the other, each among those that are left.
  public static List<Draw> draw(List<Arm> arms, int count, RandomGenerator random) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      left.add(i);
    }
    List<Draw> draws = new ArrayList<>();
    while (draws.size() < count && !left.isEmpty()) {
      double[] propensities = propensities(left.stream().map(arms::get).toList());
      double at = random.nextDouble();
      int chosen = 0;
      while (chosen < propensities.length - 1 && at >= propensities[chosen]) {
        at -= propensities[chosen];
        chosen++;
      }
      int arm = left.get(chosen);
      left.subList(chosen, chosen + 1).clear();
      draws.add(new Draw(arm, propensities[chosen]));
    }
    return draws;
  }

  /// For each arm, the probability that its rate is the largest. They sum to 1.
  public static double[] propensities(List<Arm> arms) {
    int n = arms.size();
    double[][] mass = new double[n][];
    double[] allBelow = new double[GRID]; // Σ over arms of the log of F at the middle of each cell
    double[][] below = new double[n][GRID];
    for (int i = 0; i < n; i++) {
      mass[i] = mass(arms.get(i));
      double sum = 0;
      for (int cell = 0; cell < GRID; cell++) {
        below[i][cell] = Math.log(Math.max(sum + mass[i][cell] / 2, 1e-300));
        sum += mass[i][cell];
        allBelow[cell] += below[i][cell];
      }
    }
    double[] propensities = new double[n];
    double total = 0;
    for (int i = 0; i < n; i++) {
      for (int cell = 0; cell < GRID; cell++) {
        propensities[i] += mass[i][cell] * Math.exp(allBelow[cell] - below[i][cell]);
      }
      total += propensities[i];
    }
    for (int i = 0; i < n; i++) {
      propensities[i] /= total;
    }
    return propensities;
  }

  /// The probability of each cell of the grid. Cells are finer towards 0, where click rates are:
  /// the middle of cell c is ((c + ½) / GRID)².
  private static double[] mass(Arm arm) {
    double[] mass = new double[GRID];
    double largest = Double.NEGATIVE_INFINITY;
    for (int cell = 0; cell < GRID; cell++) {
      double root = (cell + 0.5) / GRID;
      double rate = root * root;
      mass[cell] =
          (arm.clicks() - 1) * Math.log(rate)
              + (arm.misses() - 1) * Math.log1p(-rate)
              + Math.log(root); // the width of the cell, up to a factor
      largest = Math.max(largest, mass[cell]);
    }
    double total = 0;
    for (int cell = 0; cell < GRID; cell++) {
      mass[cell] = Math.exp(mass[cell] - largest);
      total += mass[cell];
    }
    for (int cell = 0; cell < GRID; cell++) {
      mass[cell] /= total;
    }
    return mass;
  }
}
