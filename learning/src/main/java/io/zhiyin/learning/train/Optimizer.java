package io.zhiyin.learning.train;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// What an optimiser keeps from step to step, so that a training can be saved and gone on from.
sealed interface Optimizer permits AdamW, DeviceAdamW {
  /// Steps done so far.
  long steps();

  /// Goes on as after so many steps, with moments that were put back.
  void resume(long done);

  /// Moments in the order of the weights, first all means, then all squares.
  List<Tensor> moments();
}
