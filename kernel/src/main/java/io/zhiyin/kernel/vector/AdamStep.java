package io.zhiyin.kernel.vector;

/// The numbers of one step of AdamW, with gradient g and moments m and v:
///
///     w ← w · keep        m ← m + (1 − β₁)(g − m)        v ← v + (1 − β₂)(g² − v)
///     w ← w − rate · m / (√v · root + ε)
///
/// [Decoupled Weight Decay Regularization](https://arxiv.org/abs/1711.05101)
///
/// @param keep 1 − learning rate · weight decay
/// @param newMean 1 − β₁
/// @param newSquare 1 − β₂
/// @param rate learning rate / (1 − β₁ᵗ) at step t, counted from 1
/// @param root 1 / √(1 − β₂ᵗ)
/// @param epsilon ε
public record AdamStep(
    float keep, float newMean, float newSquare, float rate, float root, float epsilon) {

  /// Step t with the usual β₁ = 0.9, β₂ = 0.999 and ε = 1e-8.
  public static AdamStep at(long t, double learningRate, double weightDecay) {
    return new AdamStep(
        (float) (1 - learningRate * weightDecay),
        0.1f,
        0.001f,
        (float) (learningRate / (1 - Math.pow(0.9, (double) t))),
        (float) (1 / Math.sqrt(1 - Math.pow(0.999, (double) t))),
        1e-8f);
  }
}
