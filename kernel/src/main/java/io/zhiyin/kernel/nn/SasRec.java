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
