package io.zhiyin.learning.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Cross-entropy of each asked place over all items, with its gradients written out by hand.
///
/// For hidden states H `[V, d]`, items E `[n, d]` and P = softmax(H Eᵀ): loss = −Σ w_v log P[v,
/// target_v], dH = (P − onehot) E and dE = (P − onehot)ᵀ H, each row weighed by w_v. With smoothing
/// ε the onehot becomes (1 − ε) onehot + ε/n.
///
/// Neither V × n numbers nor a graph over them exist: [SoftmaxTiles] has the sums over P, and what
/// the onehot and the smoothing add is narrow. Rows are shared out to threads in a fixed way, so
/// that results do not depend on their pace.
final class FullSoftmax implements AutoCloseable {
  private final double smoothing;
  private final List<SoftmaxTiles> tiles = new ArrayList<>();
  private final ExecutorService workers;

  FullSoftmax(int threads) {
    this(threads, 0);
  }

  /// @param smoothing ε, share of the target that goes to all items evenly
  FullSoftmax(int threads, double smoothing) {
    this.smoothing = smoothing;
    workers = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
    for (int t = 0; t < threads; t++) {
      tiles.add(new SoftmaxTiles());
    }
    // threads are ours; a second pool under each of them would only be in the way
    openblas.blas_set_num_threads(1);
  }

  /// @param loss mean over the weights
  /// @param hidden gradient `[V, d]`
  /// @param items gradient `[n, d]`
  record Gradients(double loss, Tensor hidden, Tensor items) {}

  /// The loss and its gradients; tensors belong to the caller's scope.
  Gradients of(Tensor hidden, Tensor items, long[] targets, float[] weights) {
    return of(hidden, items, targets, weights, new float[0]);
  }

  /// The same with a number per item taken off its logits; none when empty.
  Gradients of(Tensor hidden, Tensor items, long[] targets, float[] weights, float[] discounts) {
    try (NoGradGuard _ = new NoGradGuard()) {
      Tensor states = hidden.detach().contiguous();
      Tensor table = items.detach().contiguous();
      float[] shares = shares(weights);
      SoftmaxTiles.Question question =
          new SoftmaxTiles.Question(states, table, targets, shares, discounts);
      int rows = targets.length;
      int threads = Math.clamp(rows / 32, 1, tiles.size());
      Tensor hiddenGradient = torch.empty(states.shape());
      List<Tensor> itemGradients = new ArrayList<>();
      List<Future<Double>> parts = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int from = rows * t / threads;
        int to = rows * (t + 1) / threads;
        SoftmaxTiles own = tiles.get(t);
        Tensor itemGradient = torch.empty(table.shape());
        itemGradients.add(itemGradient);
        parts.add(workers.submit(() -> own.of(question, from, to, hiddenGradient, itemGradient)));
      }
      double loss = 0;
      for (Future<Double> part : parts) {
        loss += result(part);
      }
      Tensor itemGradient = itemGradients.getFirst();
      for (Tensor other : itemGradients.subList(1, threads)) {
        itemGradient.add_(other);
      }
      try (PointerScope _ = new PointerScope()) {
        loss -= towardsTargets(question, hiddenGradient, itemGradient);
      }
      return new Gradients(loss, hiddenGradient, itemGradient);
    }
  }

  private static float[] shares(float[] weights) {
    double total = 0;
    for (float weight : weights) {
      total += weight;
    }
    float[] shares = new float[weights.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (weights[i] / total);
    }
    return shares;
  }

  /// Takes the onehot's part off the gradients.
  ///
  /// @return the mean logit of what should have been chosen
  private double towardsTargets(
      SoftmaxTiles.Question question, Tensor hiddenGradient, Tensor itemGradient) {
    int rows = question.targets().length;
    Tensor targets = AbstractTensor.create(question.targets());
    Tensor share = AbstractTensor.create(question.shares(), rows, 1);
    Tensor weighed = question.states().mul(share);
    // [V, d]: Σ_i onehot_vi E_i
    Tensor wanted = question.table().index_select(0, targets);
    double discount = 0;
    if (question.discounts().length > 0) {
      for (int v = 0; v < rows; v++) {
        discount +=
            question.shares()[v] * question.discounts()[Math.toIntExact(question.targets()[v])];
      }
    }
    Tensor given = weighed;
    if (smoothing > 0) {
      Scalar kept = new Scalar(1 - smoothing);
      Scalar spread = new Scalar(smoothing);
      Tensor all = weighed.sum(0).mul(spread).div(new Scalar((double) itemGradient.size(0)));
      itemGradient.sub_(all);
      given = weighed.mul(kept);
      wanted = wanted.mul(kept).add(question.table().mean(0).mul(spread));
      discount = (1 - smoothing) * discount + smoothing * mean(question.discounts());
    }
    double chosen = weighed.mul(wanted).sum().item_double();
    hiddenGradient.sub_(wanted.mul(share));
    itemGradient.index_add_(0, targets, given.neg());
    return chosen - discount;
  }

  private static double mean(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += number;
    }
    return sum / Math.max(1, numbers.length);
  }

  private static double result(Future<Double> part) {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while training", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a step of training failed", e.getCause());
    }
  }

  @Override
  public void close() {
    workers.shutdown();
    tiles.forEach(SoftmaxTiles::close);
  }
}
