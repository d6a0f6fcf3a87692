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
    float[] input = w.x;
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).forward(w, input, window.length(), w.hidden);
      input = w.hidden;
    }
    addOut(w, w.hidden, window.length() - 1, window.length() - 1);
  }

  /// x[to] += Wo h[from] + bo
  private void addOut(Workspace w, float[] h, int from, int to) {
    int d = out.map().out();
    out.forward(w.kernels, h, from * out.map().in(), 1, w.change, 0);
    w.kernels.add(w.change, 0, w.x, to * d, d);
  }

  @Override
  public boolean canAppend() {
    return true;
  }

  @Override
  public void forward(Workspace w, EventWindow window, SessionState state) {
    float[] input = w.x;
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).forward(w, input, window.length(), w.hidden);
      state.keep(l, w.hidden, window.length());
      input = w.hidden;
    }
    addOut(w, w.hidden, window.length() - 1, window.length() - 1);
  }

  @Override
  public void append(Workspace w, EventWindow window, int at, SessionState state) {
    float[] input = w.x;
    int from = 0;
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).append(w, input, from, state.rows[l], at);
      input = state.rows[l];
      from = at * state.width;
    }
    addOut(w, input, at, 0);
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
