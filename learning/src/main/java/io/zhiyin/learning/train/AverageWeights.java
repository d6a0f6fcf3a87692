package io.zhiyin.learning.train;

import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Exponential averages of weights over the steps: a ← a + (1 − decay_t)(w − a) with decay_t =
/// min(decay, (1 + t) / (10 + t)), so that the first weights are soon forgotten.
///
/// [Acceleration of Stochastic Approximation by Averaging](https://doi.org/10.1137/0330046)
final class AverageWeights {
  private final double decay;
  private final List<Tensor> weights;
  private final List<Tensor> averages;
  private final List<Tensor> parts;

  AverageWeights(double decay, List<Tensor> weights) {
    this.decay = decay;
    this.weights = weights;
    averages = weights.stream().map(weight -> weight.detach().clone()).toList();
    parts = averages;
  }

  private AverageWeights(double decay, FlatTensors weights, FlatTensors copy) {
    this.decay = decay;
    this.weights = List.of(weights.all());
    averages = List.of(copy.all());
    parts = copy.parts();
  }

  /// Of weights that lie in one tensor.
  static AverageWeights of(double decay, FlatTensors weights) {
    return new AverageWeights(decay, weights, weights.copy());
  }

  /// In the order of the weights.
  List<Tensor> averages() {
    return parts;
  }

  /// After step t, counted from 1.
  void step(long t) {
    double kept = Math.min(decay, (1.0 + t) / (10 + t));
    try (NoGradGuard _ = new NoGradGuard();
        Scalar share = new Scalar(1 - kept)) {
      for (int p = 0; p < weights.size(); p++) {
        averages.get(p).lerp_(weights.get(p), share);
      }
    }
  }

  /// Puts the averages where the weights are and the weights where the averages are, so that what
  /// works on the weights sees the averages; a second call puts both back.
  void swap() {
    try (NoGradGuard _ = new NoGradGuard()) {
      for (int p = 0; p < weights.size(); p++) {
        try (Tensor kept = weights.get(p).detach().clone()) {
          weights.get(p).copy_(averages.get(p));
          averages.get(p).copy_(kept);
        }
      }
    }
  }
}
