package io.zhiyin.learning.train;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// [FullSoftmax] in calls of libtorch, for devices: rows in chunks, so that memory is bounded, and
/// in each chunk P − onehot at once.
///
/// @param smoothing ε, share of the target that goes to all items evenly
/// @param most how many logits exist at a time, unless a row alone has more
record DeviceSoftmax(double smoothing, long most) {
  /// A quarter of a GB each for the logits and for what is made of them.
  static final long MOST = 1L << 26;

  /// @param targets `[V]`
  /// @param shares w, `[V]`, which sum to 1
  /// @param discounts a number per item taken off its logits `[n]`, or undefined
  record Wanted(Tensor targets, Tensor shares, Tensor discounts) {}

  /// All of the caller's scope.
  ///
  /// @param loss Σ over the rows, one number
  /// @param hidden gradient `[V, d]`
  /// @param items gradient `[n, d]`
  record Outcome(Tensor loss, Tensor hidden, Tensor items) {}

  /// The loss and its gradients.
  ///
  /// @param hidden H `[V, d]`
  /// @param items E `[n, d]`
  Outcome of(Tensor hidden, Tensor items, Wanted wanted) {
    try (NoGradGuard _ = new NoGradGuard()) {
      Tensor states = hidden.detach();
      Tensor table = items.detach();
      Outcome sums =
          new Outcome(
              torch.zeros(new long[] {1}, states.options()),
              torch.empty_like(states),
              torch.zeros_like(table));
      long all = states.size(0);
      long rows = Math.max(1, most / Math.max(1, table.size(0)));
      for (long from = 0; from < all; from += rows) {
        try (PointerScope _ = new PointerScope()) {
          chunk(states, table, wanted, from, Math.min(rows, all - from), sums);
        }
      }
      return sums;
    }
  }

  private void chunk(
      Tensor states, Tensor table, Wanted wanted, long from, long rows, Outcome sums) {
    Tensor some = states.narrow(0, from, rows);
    Tensor share = wanted.shares().narrow(0, from, rows).unsqueeze(1);
    Tensor target = wanted.targets().narrow(0, from, rows).unsqueeze(1);
    Tensor logits = torch.mm(some, table.t());
    if (wanted.discounts().defined()) {
      logits.sub_(wanted.discounts());
    }
    Tensor logs = torch.log_softmax(logits, 1);
    Tensor wantedLogs = logs.gather(1, target);
    if (smoothing > 0) {
      wantedLogs
          .mul_(new Scalar(1 - smoothing))
          .add_(
              logs.mean(new long[] {1}, true, new ScalarTypeOptional())
                  .mul_(new Scalar(smoothing)));
    }
    sums.loss().sub_(wantedLogs.mul_(share).sum());
    // (P − onehot) · w
    Tensor rest = logs.exp_();
    rest.scatter_add_(
        1, target, torch.full(new long[] {rows, 1}, new Scalar(smoothing - 1), states.options()));
    if (smoothing > 0) {
      rest.sub_(new Scalar(smoothing / table.size(0)));
    }
    rest.mul_(share);
    sums.hidden().narrow(0, from, rows).copy_(torch.mm(rest, table));
    sums.items().addmm_(rest.t(), some);
  }
}
