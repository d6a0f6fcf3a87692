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

  /// `[maxLength, 3F]` of a recurrent network, `[maxLength, 2d]` of gated attention.
  final float[] gates;

  /// `[F]`, what a recurrent network's first state is.
  final float[] start;

  /// `[maxLength, maxLength]` buckets of [ElapsedTime] of gated attention.
  final int[] elapsed;

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
    boolean recurrent = config.architecture() == Architecture.GRU4REC;
    boolean gated = config.architecture() == Architecture.HSTU;
    int length = config.maxLength();
    gates = new float[recurrent ? length * 3 * config.hiddenSize() : gated ? 2 * numbers : 0];
    start = new float[recurrent ? config.hiddenSize() : 0];
    elapsed = new int[gated ? length * length : 0];
    scratch =
        new float
            [switch (config.architecture()) {
              case GRU4REC -> 3 * config.hiddenSize();
              case SASREC -> kernels.attentionScratch(config.attention(), length);
              case HSTU -> 2 * length;
            }];
  }
}
