package io.zhiyin.learning.train;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Leaves numbers out at random and makes up for it: y = x · m / (1 − p), m = 0 with probability p.
///
/// libtorch's own takes its random numbers one by one from a generator of the whole process, which
/// costs more than the layers between and differs when two threads compute. Here each mask comes
/// from a seed of its own, by [a hash](https://github.com/skeeto/hash-prospector) of the places, in
/// a loop that the compiler turns into vectors.
/// [Dropout](https://jmlr.org/papers/v15/srivastava14a.html)
final class Dropout {
  /// Leaves nothing out.
  static final Dropout NONE = new Dropout(new SplittableRandom(0), Kind.NONE);

  /// libtorch's own, as a reference.
  static final Dropout LIBTORCH = new Dropout(new SplittableRandom(0), Kind.LIBTORCH);

  /// libtorch's own, inside its attention too: on a device, one kernel each.
  static final Dropout FUSED = new Dropout(new SplittableRandom(0), Kind.FUSED);

  private enum Kind {
    NONE,
    SEEDED,
    LIBTORCH,
    FUSED
  }

  private final SplittableRandom seeds;
  private final Kind kind;

  private Dropout(SplittableRandom seeds, Kind kind) {
    this.seeds = seeds;
    this.kind = kind;
  }

  /// The same masks, one after the other, for the same seed.
  static Dropout seeded(long seed) {
    return new Dropout(new SplittableRandom(seed), Kind.SEEDED);
  }

  boolean training() {
    return kind != Kind.NONE;
  }

  /// Whether the shares of attention are to be written out, so that masks can be laid on them.
  boolean masksAttention() {
    return kind == Kind.SEEDED || kind == Kind.LIBTORCH;
  }

  private boolean libtorch() {
    return kind == Kind.LIBTORCH || kind == Kind.FUSED;
  }

  /// @param p how likely each number is left out, below 1
  Tensor of(Tensor x, double p) {
    if (libtorch()) {
      return torch.dropout(x, p, true);
    }
    return training() && p > 0 ? x.mul(mask(x.shape(), p, 1 / (1 - p))) : x;
  }

  /// The same, each row `[1, d]` of x `[n, d]` as a whole, without making up for it.
  Tensor ofRows(Tensor x, double p) {
    if (libtorch()) {
      return p > 0
          ? x.mul(torch.rand(new long[] {x.size(0), 1}, x.options()).ge(new Scalar(p)))
          : x;
    }
    return training() && p > 0 ? x.mul(mask(new long[] {x.size(0), 1}, p, 1)) : x;
  }

  private Tensor mask(long[] shape, double p, double kept) {
    int length = 1;
    for (long side : shape) {
      length = Math.multiplyExact(length, Math.toIntExact(side));
    }
    int[] bits =
        bits(
            length,
            seeds.nextInt(),
            seeds.nextInt(),
            (int) Math.round(p * (1 << 24)),
            Float.floatToRawIntBits((float) kept));
    return AbstractTensor.create(bits, shape).view(torch.ScalarType.Float);
  }

  /// The bits of 0 or `kept`.
  private static int[] bits(int length, int seed, int salt, int threshold, int kept) {
    int[] bits = new int[length];
    for (int i = 0; i < length; i++) {
      int h = (i ^ salt) * 0x9e3779b9 + seed;
      h ^= h >>> 16;
      h *= 0x7feb352d;
      h ^= h >>> 15;
      h *= 0x846ca68b;
      h ^= h >>> 16;
      // all ones where the upper 24 bits are at least the threshold
      bits[i] = ~(((h >>> 8) - threshold) >> 31) & kept;
    }
    return bits;
  }
}
