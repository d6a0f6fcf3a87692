package io.zhiyin.learning.train;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Cross-entropy of each asked place over all items, with its gradients written out by hand; for
/// one thread at a time.
///
/// For hidden states H `[V, d]`, items E `[n, d]` and P = softmax(H Eᵀ): loss = −Σ w_v log P[v,
/// target_v], dH = (P − onehot) E and dE = (P − onehot)ᵀ H, each row weighed by w_v. With smoothing
/// ε the onehot becomes (1 − ε) onehot + ε/n.
///
/// Neither V × n numbers nor a graph over them exist: [SoftmaxTiles] has the sums over P, and what
/// the onehot and the smoothing add is narrow.
final class FullSoftmax implements AutoCloseable {
  private final double smoothing;
  private final SoftmaxTiles tiles = new SoftmaxTiles();

  /// @param smoothing ε, share of the target that goes to all items evenly
  FullSoftmax(double smoothing) {
    this.smoothing = smoothing;
  }

  /// What each row should have chosen.
  ///
  /// @param targets `[V]`
  /// @param shares w, `[V]`, which sum to 1 over all rows of a step
  /// @param discounts a number per item taken off its logits, or empty
  record Wanted(long[] targets, float[] shares, float[] discounts) {}

  /// @param loss Σ over the rows
  /// @param hidden gradient `[V, d]`, of the caller's scope
  record Outcome(double loss, Tensor hidden) {}

  /// The loss and its gradients.
  ///
  /// @param items E, contiguous
  /// @param itemGradient `[n, d]`, contiguous, which is set to dE
  Outcome of(Tensor hidden, Tensor items, Wanted wanted, Tensor itemGradient) {
    try (NoGradGuard _ = new NoGradGuard()) {
      Tensor hiddenGradient = torch.empty(hidden.shape());
      double loss;
      try (PointerScope _ = new PointerScope()) {
        SoftmaxTiles.Question question =
            new SoftmaxTiles.Question(hidden.detach().contiguous(), items.detach(), wanted);
        loss = tiles.of(question, hiddenGradient, itemGradient);
        loss -= towardsTargets(question, hiddenGradient, itemGradient);
      }
      return new Outcome(loss, hiddenGradient);
    }
  }

  /// Takes the onehot's part off the gradients.
  ///
  /// @return the sum of the logits of what should have been chosen
  private double towardsTargets(
      SoftmaxTiles.Question question, Tensor hiddenGradient, Tensor itemGradient) {
    Wanted wanted = question.wanted();
    int rows = wanted.targets().length;
    Tensor targets = AbstractTensor.create(wanted.targets());
    Tensor share = AbstractTensor.create(wanted.shares(), rows, 1);
    Tensor weighed = question.states().mul(share);
    // [V, d]: Σ_i onehot_vi E_i
    Tensor towards = question.table().index_select(0, targets);
    Tensor given = weighed;
    if (smoothing > 0) {
      Scalar kept = new Scalar(1 - smoothing);
      Scalar spread = new Scalar(smoothing);
      Tensor all = weighed.sum(0).mul(spread).div(new Scalar((double) itemGradient.size(0)));
      itemGradient.sub_(all);
      given = weighed.mul(kept);
      towards = towards.mul(kept).add(question.table().mean(0).mul(spread));
    }
    double chosen = weighed.mul(towards).sum().item_double();
    hiddenGradient.sub_(towards.mul(share));
    itemGradient.index_add_(0, targets, given.neg());
    return chosen - discount(wanted);
  }

  private double discount(Wanted wanted) {
    float[] discounts = wanted.discounts();
    if (discounts.length == 0) {
      return 0;
    }
    double mean = 0;
    for (float discount : discounts) {
      mean += discount / discounts.length;
    }
    double sum = 0;
    for (int v = 0; v < wanted.targets().length; v++) {
      float own = discounts[Math.toIntExact(wanted.targets()[v])];
      sum += wanted.shares()[v] * ((1 - smoothing) * own + smoothing * mean);
    }
    return sum;
  }

  @Override
  public void close() {
    tiles.close();
  }
}
