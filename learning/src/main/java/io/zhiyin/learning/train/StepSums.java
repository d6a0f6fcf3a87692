package io.zhiyin.learning.train;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// What the processes of a training add up in a step, side by side in one tensor, so that they meet
/// once a step: the gradient of the item table, the gradients of all other parameters, how many
/// processes have one of each, each process's loss, and whether the leader has enough.
///
/// Shapes: m items of the step, d numbers each, P processes.
final class StepSums {
  /// Floats that hold a double exactly.
  private static final int LOSS = 3;

  private final Peers peers;
  private final List<Tensor> others;
  private final Tensor items;
  private final Tensor all;

  /// @param parameters the first of which is the id embedding `[n, d]`
  StepSums(Peers peers, int m, List<Tensor> parameters) {
    this.peers = peers;
    others = parameters.subList(1, parameters.size());
    long d = parameters.getFirst().size(1);
    if (peers.alone()) {
      items = torch.zeros(m, d);
      all = items;
    } else {
      long width = others.stream().mapToLong(Tensor::numel).sum();
      all = torch.zeros(m * d + width + others.size() + (long) LOSS * peers.size() + 1);
      items = all.narrow(0, 0, m * d).view(m, d);
    }
  }

  /// The gradient of the item table `[m, d]`, 0 at first, to be filled by this process before the
  /// sum, and of all processes afterwards.
  Tensor items() {
    return items;
  }

  /// @param others gradients, undefined where there is none
  /// @param loss sum over what was asked
  /// @param enough whether no further step follows
  record Sum(List<Tensor> others, double loss, boolean enough) {}

  /// Adds this process's findings to those of all others.
  Sum of(Sum own) {
    if (peers.alone()) {
      return own;
    }
    long at = items.numel();
    long flags = at + others.stream().mapToLong(Tensor::numel).sum();
    long losses = flags + others.size();
    long end = losses + (long) LOSS * peers.size();
    for (int p = 0; p < others.size(); p++) {
      Tensor gradient = own.others().get(p);
      if (gradient.defined()) {
        place(p, at).copy_(gradient);
        put(flags + p, 1);
      }
      at += others.get(p).numel();
    }
    // nobody else writes into these places, so that no digit of the loss is lost
    long place = losses + (long) LOSS * peers.rank();
    double rest = own.loss();
    for (int i = 0; i < LOSS; i++) {
      put(place + i, (float) rest);
      rest -= (float) rest;
    }
    put(end, peers.leads() && own.enough() ? 1 : 0);
    peers.sum(all);
    return read(flags, losses, end);
  }

  private Sum read(long flags, long losses, long end) {
    float[] tail = Tensors.floats(all.narrow(0, flags, end + 1 - flags));
    long at = items.numel();
    List<Tensor> sums = new ArrayList<>();
    for (int p = 0; p < others.size(); p++) {
      sums.add(tail[p] > 0 ? place(p, at) : new Tensor());
      at += others.get(p).numel();
    }
    double loss = 0;
    for (int rank = 0; rank < peers.size(); rank++) {
      double part = 0;
      for (int i = 0; i < LOSS; i++) {
        part += tail[(int) (losses - flags) + LOSS * rank + i];
      }
      loss += part;
    }
    return new Sum(sums, loss, tail[(int) (end - flags)] > 0);
  }

  private Tensor place(int parameter, long at) {
    Tensor like = others.get(parameter);
    return all.narrow(0, at, like.numel()).view(like.shape());
  }

  private void put(long at, float value) {
    all.narrow(0, at, 1).fill_(new Scalar(value));
  }
}
