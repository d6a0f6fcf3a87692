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
    readTimes(w, window);
    for (int l = 0; l < blocks.size(); l++) {
      forward(w, window.length(), l);
    }
  }

  private static void readTimes(Workspace w, EventWindow window) {
    int length = window.length();
    for (int t = 0; t < length; t++) {
      readTimes(w, window, t, t * length);
    }
  }

  /// How long before event t event j was, for j ≤ t; the same in all blocks.
  private static void readTimes(Workspace w, EventWindow window, int t, int to) {
    for (int j = 0; j <= t; j++) {
      w.elapsed[to + j] = ElapsedTime.bucket(window.times[t] - window.times[j]);
    }
  }

  private void forward(Workspace w, int length, int l) {
    blocks.get(l).forward(w, length, l == blocks.size() - 1 ? 1 : length);
  }

  /// The same as [#forward], and what the last position looks at: `[layers, H, length]`, each
  /// weight by itself: it may be a little below 0, and they add up to nothing in particular.
  float[] attention(Workspace w, EventWindow window) {
    readTimes(w, window);
    int length = window.length();
    int rows = blocks.getFirst().shape().heads() * length;
    float[] weights = new float[blocks.size() * rows];
    for (int l = 0; l < blocks.size(); l++) {
      blocks.get(l).weights(w, length, weights, l * rows);
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
    readTimes(w, window);
    for (int l = 0; l < blocks.size(); l++) {
      forward(w, window.length(), l);
      state.keep(l, w.kv, window.length());
    }
  }

  @Override
  public void append(Workspace w, EventWindow window, int at, SessionState state) {
    readTimes(w, window, at, 0);
    for (int l = 0; l < blocks.size(); l++) {
      blocks.get(l).append(w, state.rows[l], at);
    }
  }

  static Hstu load(Safetensors tensors, SequenceConfig config) {
    return new Hstu(
        IntStream.range(0, config.layers())
            .mapToObj(l -> HstuBlock.load(tensors, "blocks." + l, config))
            .toList());
  }
}
