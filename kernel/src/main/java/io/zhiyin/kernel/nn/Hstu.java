package io.zhiyin.kernel.nn;

import java.util.List;
import java.util.stream.IntStream;

/// Gated attention layers that weigh each earlier event by itself (SiLU instead of softmax, so that
/// how often something happened is not lost), by how many events and how much time ago it was. In
/// the last block only the last position asks, so only its row is computed.
///
/// [Actions Speak Louder than Words: Trillion-Parameter Sequential Transducers for Generative
/// Recommendations](https://arxiv.org/abs/2402.17152)
record Hstu(List<HstuBlock> blocks) implements SequenceBody {
  @Override
  public void forward(Workspace w, EventWindow window) {
    int length = window.length();
    // how long before event t event j was, for j ≤ t; the same in all blocks
    for (int t = 0; t < length; t++) {
      for (int j = 0; j <= t; j++) {
        w.elapsed[t * length + j] = ElapsedTime.bucket(window.times[t] - window.times[j]);
      }
    }
    for (int l = 0; l < blocks.size(); l++) {
      blocks.get(l).forward(w, length, l == blocks.size() - 1 ? 1 : length);
    }
  }

  static Hstu load(Safetensors tensors, SequenceConfig config) {
    return new Hstu(
        IntStream.range(0, config.layers())
            .mapToObj(l -> HstuBlock.load(tensors, "blocks." + l, config))
            .toList());
  }
}
