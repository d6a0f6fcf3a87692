package io.zhiyin.kernel.nn;

/// What stands between the embedded events and the vector that they lead to: one straight
/// computation for each [Architecture]. `learning.train` has a twin of each that learns.
sealed interface SequenceBody permits SasRec, Gru4Rec, Hstu {
  /// Reads the workspace's x `[length, d]`, the embedded events of the window, and leaves what they
  /// lead to in its last row; the rows before may be overwritten. Allocates nothing.
  void forward(Workspace w, EventWindow window);

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
