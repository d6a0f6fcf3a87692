package io.zhiyin.kernel.nn;

import java.util.List;
import java.util.stream.IntStream;

/// Recurrent layers whose last state, mapped back to d numbers, is added to the last event: x_last
/// += Wo h_last + bo. Weights: out `[d, F]`.
///
/// The paper scores items by a matrix of their own; here, as in all our architectures, an item's
/// score is an inner product with the same vector that it is read by, and the last event passes by
/// the network as well as through it.
///
/// [Session-based Recommendations with Recurrent Neural Networks](https://arxiv.org/abs/1511.06939)
record Gru4Rec(List<GatedRecurrentUnit> layers, Linear out) implements SequenceBody {
  @Override
  public void forward(Workspace w, EventWindow window) {
    int length = window.length();
    int d = out.map().out();
    int last = length - 1;
    float[] input = w.x;
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).forward(w, input, length, w.hidden);
      input = w.hidden;
    }
    out.forward(w.kernels, w.hidden, last * out.map().in(), 1, w.change, 0);
    w.kernels.add(w.change, 0, w.x, last * d, d);
  }

  static Gru4Rec load(Safetensors tensors, SequenceConfig config) {
    int d = config.embeddingSize();
    int hidden = config.hiddenSize();
    return new Gru4Rec(
        IntStream.range(0, config.layers())
            .mapToObj(
                l -> GatedRecurrentUnit.load(tensors, "blocks." + l, hidden, l == 0 ? d : hidden))
            .toList(),
        Linear.load(tensors, "out", d, hidden));
  }
}
