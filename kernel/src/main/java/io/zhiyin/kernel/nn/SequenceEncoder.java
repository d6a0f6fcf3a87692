package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.Kernels;
import io.zhiyin.kernel.vector.Warming;
import java.util.Objects;
import java.util.Optional;

/// A sequence model over typed events: the shopper's last events in, one vector `[d]` out whose
/// inner product with an item's row, plus the item's bias, is the item's score.
///
/// Per event j: x_j = item + type + gap + position[j], then the [SequenceBody] of the configured
/// [Architecture], then LayerNorm of the last row.
///
/// Immutable: any number of threads may encode, each with a [Workspace] of its own.
public final class SequenceEncoder {
  /// An appended event costs about as much as so many of a whole window, whose rows share the work
  /// of reading weights.
  private static final int APPEND_COST = 5;

  private final SequenceConfig config;
  private final VectorTable items;
  private final Embedding types;
  private final Embedding gaps;
  private final Embedding positions;
  private final SequenceBody body;
  private final LayerNorm norm;

  private SequenceEncoder(SequenceConfig config, Safetensors tensors) {
    int d = config.embeddingSize();
    this.config = config;
    int n = tensors.shape("item.weight")[0];
    items = VectorTable.load(tensors, "item", n, d);
    types = Embedding.loadOrNone(tensors, "type", config.eventTypes(), d);
    gaps = Embedding.loadOrNone(tensors, "gap", config.gapBuckets(), d);
    positions = Embedding.loadOrNone(tensors, "position", config.maxLength(), d);
    body = SequenceBody.load(tensors, config);
    norm = LayerNorm.load(tensors, "norm", d);
  }

  private SequenceEncoder(SequenceEncoder other, VectorTable items) {
    config = other.config;
    this.items = items;
    types = other.types;
    gaps = other.gaps;
    positions = other.positions;
    body = other.body;
    norm = other.norm;
  }

  /// The same without the items' vectors, which are most of its memory where there are many items:
  /// for one who has them and puts them into the window.
  public SequenceEncoder withoutItems() {
    return new SequenceEncoder(this, VectorTable.none(config.embeddingSize()));
  }

  /// Takes its weights from the tensors named in the format's description: `item.weight [n, d]`,
  /// `type.weight [T, d]`, `gap.weight [G, d]`, `position.weight [P, d]`, `norm.weight|bias`, and
  /// those of the architecture. The tables of types, gaps and positions may be absent and then add
  /// nothing.
  ///
  /// @throws SafetensorsException when a tensor is missing or has another shape
  public static SequenceEncoder load(Safetensors tensors, SequenceConfig config) {
    return new SequenceEncoder(config, tensors);
  }

  public SequenceConfig config() {
    return config;
  }

  /// The items' vectors `[n, d]`, shared, not copied.
  public VectorTable items() {
    return items;
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
    checkLength(length);
    embed(window, w);
    body.forward(w, window);
    norm.forward(w.kernels, w.x, (length - 1) * config.embeddingSize(), 1, out, 0);
  }

  /// What the newest event looks at: weights `[layers, heads, length]` over the events of the
  /// window, by softmax or, of gated attention, each by itself; empty for a recurrent network,
  /// which has none. For people to look at.
  ///
  /// @throws IllegalArgumentException as [#encode(EventWindow, Workspace, float[])]
  public Optional<float[]> attention(EventWindow window, Workspace w) {
    checkLength(window.length());
    embed(window, w);
    return switch (body) {
      case SasRec transformer -> Optional.of(transformer.attention(w, window.length()));
      case Hstu gated -> Optional.of(gated.attention(w, window));
      case Gru4Rec _ -> Optional.empty();
    };
  }

  /// A state that has read nothing yet.
  public SessionState newState() {
    return new SessionState(config);
  }

  /// Whether [#encode(EventWindow, Workspace, SessionState, float[])] can save anything.
  public boolean canAppend() {
    return body.canAppend();
  }

  /// The same as [#encode(EventWindow, Workspace, float[])], off by a few units of 1e-7, but reads
  /// only those events that the state has not read yet, and keeps them there. Allocates nothing.
  ///
  /// A window that begins elsewhere is read as a whole: every new event's, once a shopper has had
  /// `maxLength` of them and the oldest fall out of the window, because positions count from its
  /// start.
  ///
  /// @return how many events were read: 0 when the state has read just these, 1 for one more, all
  ///   of the window where that costs less or nothing else is right
  public int encode(EventWindow window, Workspace w, SessionState state, float[] out) {
    int length = window.length();
    checkLength(length);
    int common = state.isFilled && body.canAppend() ? state.events.common(window) : 0;
    boolean isKnown = common == length && common == state.events.length();
    int from = isKnown ? length : Math.min(common, length - 1);
    boolean appends = from > 0 && (length - from) * APPEND_COST <= length;
    if (!isKnown) {
      state.isFilled = false;
      if (appends) {
        append(window, from, w, state);
      } else {
        embed(window, w);
        body.forward(w, window, state);
        norm.forward(w.kernels, w.x, (length - 1) * config.embeddingSize(), 1, state.out, 0);
      }
      int kept = appends ? from : 0;
      state.events.follow(window, kept);
      state.isFilled = true;
    }
    System.arraycopy(state.out, 0, out, 0, config.embeddingSize());
    return isKnown ? 0 : appends ? length - from : length;
  }

  private void append(EventWindow window, int from, Workspace w, SessionState state) {
    for (int j = from; j < window.length(); j++) {
      embed(window, j, w, 0);
      body.append(w, window, j, state);
    }
    norm.forward(w.kernels, w.x, 0, 1, state.out, 0);
  }

  private void checkLength(int length) {
    if (length < 1 || length > config.maxLength()) {
      throw new IllegalArgumentException(
          "a window must hold 1 to " + config.maxLength() + " events, not " + length);
    }
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
    Warming.run(passes, _ -> encode(window, workspace, out));
  }

  private void embed(EventWindow window, Workspace w) {
    for (int j = 0; j < window.length(); j++) {
      embed(window, j, w, j * config.embeddingSize());
    }
  }

  /// Event j of the window to `x[to …]`.
  private void embed(EventWindow window, int j, Workspace w, int to) {
    int d = config.embeddingSize();
    float[] vector = window.vectors[j];
    if (vector == null) {
      Objects.checkIndex(window.rows[j], items.rows());
      items.copy(window.rows[j], w.x, to);
    } else {
      if (vector.length - window.starts[j] < d || (window.rows[j] < 0 && vector.length != d)) {
        throw new IllegalArgumentException(
            "event "
                + j
                + "'s item vector has "
                + (vector.length - window.starts[j])
                + " numbers, this model's have "
                + d);
      }
      System.arraycopy(vector, window.starts[j], w.x, to, d);
    }
    types.addTo(w.kernels, window.types[j], w.x, to);
    gaps.addTo(w.kernels, window.gaps[j], w.x, to);
    positions.addTo(w.kernels, j, w.x, to);
  }
}
