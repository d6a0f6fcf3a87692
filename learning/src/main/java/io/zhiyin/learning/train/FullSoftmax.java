package io.zhiyin.learning.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Cross-entropy of each asked place over all items, with its gradients written out by hand.
///
/// For hidden states H `[V, d]`, items E `[n, d]` and P = softmax(H Eᵀ): loss = −Σ w_v log P[v,
/// target_v], dH = (P − onehot) E and dE = (P − onehot)ᵀ H, each row weighed by w_v. A few rows of
/// P are made at a time in memory that is kept, so that neither V × n numbers nor a graph over them
/// exist; the rows are shared out to threads in a fixed way, so that results do not depend on their
/// pace.
final class FullSoftmax implements AutoCloseable {
  private static final int CHUNK_NUMBERS = 1 << 22;

  private final List<Tensor> buffers = new ArrayList<>();
  private final ExecutorService workers;

  FullSoftmax(int threads) {
    workers = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
    for (int t = 0; t < threads; t++) {
      buffers.add(torch.empty(CHUNK_NUMBERS));
    }
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
    int width = (int) items.size(0);
    int chunk = Math.max(1, CHUNK_NUMBERS / width);
    Optional<Tensor> discount =
        discounts.length == 0
            ? Optional.empty()
            : Optional.of(AbstractTensor.create(discounts, 1, width));
    double total = 0;
    for (float weight : weights) {
      total += weight;
    }
    float[] shares = new float[weights.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (weights[i] / total);
    }
    int threads = buffers.size();
    Tensor states = hidden.detach();
    Tensor table = items.detach();
    Tensor hiddenGradient = torch.empty(states.shape());
    List<Tensor> itemGradients = new ArrayList<>();
    List<Future<Double>> parts = new ArrayList<>();
    int rows = targets.length;
    for (int t = 0; t < threads; t++) {
      int from = rows * t / threads;
      int to = rows * (t + 1) / threads;
      Tensor buffer = buffers.get(t);
      Tensor itemGradient = torch.zeros(table.shape());
      itemGradients.add(itemGradient);
      parts.add(
          workers.submit(
              () -> {
                torch.set_num_threads(1); // libtorch keeps this by thread
                double loss = 0;
                for (int at = from; at < to; at += chunk) {
                  loss +=
                      chunk(
                          new Rows(at, Math.min(chunk, to - at)),
                          states,
                          table,
                          targets,
                          shares,
                          discount,
                          buffer,
                          hiddenGradient,
                          itemGradient);
                }
                return loss;
              }));
    }
    double loss = 0;
    for (int t = 0; t < threads; t++) {
      loss += result(parts.get(t));
      if (t > 0) {
        itemGradients.getFirst().add_(itemGradients.get(t));
      }
    }
    return new Gradients(loss, hiddenGradient, itemGradients.getFirst());
  }

  private record Rows(int from, int count) {}

  private static double chunk(
      Rows rows,
      Tensor states,
      Tensor table,
      long[] targets,
      float[] shares,
      Optional<Tensor> discount,
      Tensor buffer,
      Tensor hiddenGradient,
      Tensor itemGradient) {
    int from = rows.from();
    int to = from + rows.count();
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      Tensor h = states.narrow(0, from, rows.count());
      long width = table.size(0);
      Tensor p = buffer.narrow(0, 0, rows.count() * width).view(rows.count(), width);
      torch.mm_out(p, h, table.t());
      discount.ifPresent(p::sub_);
      torch.softmax_out(p, p, 1);
      Tensor target = AbstractTensor.create(Arrays.copyOfRange(targets, from, to), rows.count(), 1);
      Tensor share = AbstractTensor.create(Arrays.copyOfRange(shares, from, to), rows.count(), 1);
      float[] right = Tensors.floats(p.gather(1, target));
      // the weights go to the narrow factors, not to the wide P
      p.scatter_add_(1, target, torch.ones(rows.count(), 1).neg());
      Tensor gradient = hiddenGradient.narrow(0, from, rows.count());
      torch.mm_out(gradient, p, table);
      gradient.mul_(share);
      itemGradient.addmm_(p.t(), h.mul(share));
      double loss = 0;
      for (int i = 0; i < right.length; i++) {
        loss -= shares[from + i] * Math.log(Math.max(right[i], 1e-30f));
      }
      return loss;
    }
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
    buffers.forEach(Tensor::close);
  }
}
