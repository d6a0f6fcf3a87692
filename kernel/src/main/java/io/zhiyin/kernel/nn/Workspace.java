package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.Kernels;

/// The arrays that a forward pass writes to, so that it allocates nothing. One thread at a time.
public final class Workspace {
  final Kernels kernels;

  /// `[maxLength, d]` each.
  final float[] x;

  final float[] normed;
  final float[] change;
  final float[] q;
  final float[] mixed;

  /// `[maxLength, 2d]`
  final float[] kv;

  /// `[maxLength, F]`
  final float[] hidden;

  final float[] scratch;

  Workspace(SequenceConfig config, Kernels kernels) {
    this.kernels = kernels;
    int numbers = config.maxLength() * config.embeddingSize();
    x = new float[numbers];
    normed = new float[numbers];
    change = new float[numbers];
    q = new float[numbers];
    mixed = new float[numbers];
    kv = new float[2 * numbers];
    hidden = new float[config.maxLength() * config.hiddenSize()];
    scratch = new float[kernels.attentionScratch(config.attention(), config.maxLength())];
  }
}
