package io.zhiyin.kernel.nn;

/// What stands between the embedded events and the vector that they lead to: one straight
/// computation for each [Architecture]. `learning.train` has a twin of each that learns.
sealed interface SequenceBody permits SasRec, Gru4Rec, Hstu {
  /// Reads the workspace's x `[length, d]`, the embedded events of the window, and leaves what they
  /// lead to in its last row; the rows before may be overwritten. Allocates nothing.
  void forward(Workspace w, EventWindow window);

  /// Whether what is kept of events stays true when another follows. Where it does not, every
  /// window is read as a whole.
  boolean canAppend();

  /// The same as [#forward] and keeps the rows of all layers in the state.
  void forward(Workspace w, EventWindow window, SessionState state);

  /// Reads event `at` of the window after those before it, whose rows the state keeps: takes the
  /// embedded event from the workspace's first row x `[d]`, leaves there what the events up to it
  /// lead to, and keeps its rows. Allocates nothing.
  void append(Workspace w, EventWindow window, int at, SessionState state);

  /// Takes the weights of the configuration's architecture.
  ///
  /// @throws SafetensorsException when a tensor is missing or has another shape
  static SequenceBody load(Safetensors tensors, SequenceConfig config) {
    return switch (config.architecture()) {
      case GRU4REC -> Gru4Rec.load(tensors, config);
      case SASREC -> SasRec.load(tensors, config);
      case HSTU -> Hstu.load(tensors, config);
    };
  }
}
