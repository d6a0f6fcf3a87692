package io.zhiyin.kernel.nn;

import java.util.List;
import java.util.stream.IntStream;

/// A causal pre-norm transformer. In the last block only the last position asks, so only its row is
/// computed.
///
/// [Self-Attentive Sequential Recommendation](https://arxiv.org/abs/1808.09781)
record SasRec(List<TransformerBlock> blocks) implements SequenceBody {
  @Override
  public void forward(Workspace w, EventWindow window) {
    int length = window.length();
    for (int l = 0; l < blocks.size(); l++) {
      forward(w, length, l);
    }
  }

  private void forward(Workspace w, int length, int l) {
    blocks.get(l).forward(w, length, l == blocks.size() - 1 ? 1 : length);
  }

  /// The same as [#forward], and what the last position looks at: `[layers, H, length]`.
  float[] attention(Workspace w, int length) {
    int rows = blocks.getFirst().attention().shape().heads() * length;
    float[] weights = new float[blocks.size() * rows];
    for (int l = 0; l < blocks.size(); l++) {
      blocks.get(l).norm1().forward(w.kernels, w.x, 0, length, w.normed, 0);
      blocks.get(l).attention().weights(w, w.normed, length, weights, l * rows);
      forward(w, length, l);
    }
    return weights;
  }

  @Override
  public boolean canAppend() {
    return true;
  }

  @Override
  public void forward(Workspace w, EventWindow window, SessionState state) {
    int length = window.length();
    for (int l = 0; l < blocks.size(); l++) {
      forward(w, length, l);
      state.keep(l, w.kv, length);
    }
  }

  @Override
  public void append(Workspace w, EventWindow window, int at, SessionState state) {
    for (int l = 0; l < blocks.size(); l++) {
      blocks.get(l).append(w, state.rows[l], at);
    }
  }

  static SasRec load(Safetensors tensors, SequenceConfig config) {
    return new SasRec(
        IntStream.range(0, config.layers())
            .mapToObj(
                l ->
                    TransformerBlock.load(
                        tensors, "blocks." + l, config.attention(), config.hiddenSize()))
            .toList());
  }
}
