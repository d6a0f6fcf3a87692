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
      blocks.get(l).forward(w, length, l == blocks.size() - 1 ? 1 : length);
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
