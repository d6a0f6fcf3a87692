package io.zhiyin.learning.train;

import org.bytedeco.pytorch.Tensor;

/// What stands between the embedded events and the vectors that they lead to, as libtorch learns
/// it: one straight computation for each architecture, the twin of `kernel.nn`'s that runs without
/// libtorch. Everything else (items, content, types, gaps, positions, the last norm, saving) is the
/// same for all and belongs to [SequenceNetwork].
///
/// Shapes: B windows, L events each, V places where something is asked, d numbers per item.
sealed interface TrainableBody permits SasRecTwin, Gru4RecTwin, HstuTwin {
  /// @param x embedded events `[B, L, d]`
  /// @param dropout what is left out
  /// @return `[V, d]`, where an event's row depends on its window's events up to it alone
  Tensor forward(Tensor x, BatchTensors batch, Dropout dropout);

  /// Makes the parameters of the settings' architecture and what computes with them.
  static TrainableBody of(SequenceSettings settings, Parameters parameters) {
    return switch (settings.architecture()) {
      case GRU4REC -> Gru4RecTwin.of(settings, parameters);
      case SASREC -> SasRecTwin.of(settings, parameters);
      case HSTU -> HstuTwin.of(settings, parameters);
    };
  }
}
