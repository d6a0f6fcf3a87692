package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.Kernels;
import java.util.Objects;

/// A sequence model over typed events: the shopper's last events in, one vector `[d]` out whose
/// inner product with an item's row, plus the item's bias, is the item's score.
///
/// Per event j: x_j = item + type + gap + position[j], then the [SequenceBody] of the configured
/// [Architecture], then LayerNorm of the last row.
///
/// Immutable: any number of threads may encode, each with a [Workspace] of its own.
public final class SequenceEncoder {
  private final SequenceConfig config;
  private final Embedding items;
  private final float[] itemBias;
  private final Embedding types;
  private final Embedding gaps;
  private final Embedding positions;
  private final SequenceBody body;
  private final LayerNorm norm;

  private SequenceEncoder(SequenceConfig config, Safetensors tensors) {
    int d = config.embeddingSize();
    this.config = config;
    int n = tensors.shape("item.weight")[0];
    items = Embedding.load(tensors, "item", n, d);
    itemBias = tensors.has("item.bias") ? tensors.floats("item.bias", n) : new float[n];
    types = Embedding.loadOrNone(tensors, "type", config.eventTypes(), d);
    gaps = Embedding.loadOrNone(tensors, "gap", config.gapBuckets(), d);
    positions = Embedding.loadOrNone(tensors, "position", config.maxLength(), d);
    body = SequenceBody.load(tensors, config);
    norm = LayerNorm.load(tensors, "norm", d);
  }

  /// Takes its weights from the tensors named in the format's description: `item.weight [n, d]`,
  /// `item.bias [n]`, `type.weight [T, d]`, `gap.weight [G, d]`, `position.weight [P, d]`,
  /// `norm.weight|bias`, and those of the architecture. The tables of types, gaps and positions and
  /// the items' bias may be absent and then add nothing.
  ///
  /// @throws SafetensorsException when a tensor is missing or has another shape
  public static SequenceEncoder load(Safetensors tensors, SequenceConfig config) {
    return new SequenceEncoder(config, tensors);
  }

  public SequenceConfig config() {
    return config;
  }

  /// The items' vectors `[n, d]`, shared, not copied.
  public Embedding items() {
    return items;
  }

  /// What is added to each item's inner product, `[n]`, shared, not copied.
  public float[] itemBias() {
    return itemBias;
  }

  /// Room for one thread's passes on the fastest kernels.
  public Workspace newWorkspace() {
    return newWorkspace(Kernels.active());
  }

  /// Room for one thread's passes on the given kernels.
  public Workspace newWorkspace(Kernels kernels) {
    return new Workspace(config, kernels);
  }

  /// An empty window of this encoder's length.
  public EventWindow newWindow() {
    return new EventWindow(config.maxLength());
  }

  /// Writes the vector `[d]` of what the events lead to. Allocates nothing.
  ///
  /// @throws IllegalArgumentException when the window is empty or longer than `maxLength`, or an
  ///   item's own vector has another length than `embeddingSize`
  /// @throws IndexOutOfBoundsException when an item, type or gap is not in its table
  public void encode(EventWindow window, Workspace w, float[] out) {
    int length = window.length();
    if (length < 1 || length > config.maxLength()) {
      throw new IllegalArgumentException(
          "a window must hold 1 to " + config.maxLength() + " events, not " + length);
    }
    embed(window, w);
    body.forward(w, window);
    norm.forward(w.kernels, w.x, (length - 1) * config.embeddingSize(), 1, out, 0);
  }

  /// Encodes a full window of empty items so often, and throws the vectors away. Some 500 passes
  /// (about a second) are enough that the JVM has compiled the kernels; before, a pass takes up to
  /// 200 ms.
  public void warmUp(int passes) {
    Workspace workspace = newWorkspace();
    EventWindow window = newWindow();
    while (window.length() < config.maxLength()) {
      window.add(new float[config.embeddingSize()], 0, 0);
    }
    float[] out = new float[config.embeddingSize()];
    for (int i = 0; i < passes; i++) {
      encode(window, workspace, out);
    }
  }

  private void embed(EventWindow window, Workspace w) {
    int d = config.embeddingSize();
    for (int j = 0; j < window.length(); j++) {
      float[] vector = window.vectors[j];
      if (vector == null) {
        Objects.checkIndex(window.rows[j], items.rows());
        System.arraycopy(items.weight(), window.rows[j] * d, w.x, j * d, d);
      } else {
        if (vector.length != d) {
          throw new IllegalArgumentException(
              "event "
                  + j
                  + "'s item vector has "
                  + vector.length
                  + " numbers, this model's have "
                  + d);
        }
        System.arraycopy(vector, 0, w.x, j * d, d);
      }
      types.addTo(w.kernels, window.types[j], w.x, j * d);
      gaps.addTo(w.kernels, window.gaps[j], w.x, j * d);
      positions.addTo(w.kernels, j, w.x, j * d);
    }
  }
}
