package io.zhiyin.kernel.nn;

/// Time between two events as one of a few buckets, each about 1.4 times as wide as the one before:
/// fine within a session, coarse over months.
public final class ElapsedTime {
  /// Buckets 0 … 63, up to a century.
  public static final int BUCKETS = 64;

  /// The sign and exponent of 1 and the highest bit of its mantissa.
  private static final int OF_ONE = Float.floatToRawIntBits(1f) >>> 22;

  private ElapsedTime() {}

  /// min(63, ⌊2 log2(1 + seconds)⌋), with the logarithm of 1 … 2 taken as linear: a bucket ends at
  /// 1.5, 2, 3, 4, 6, 8 … A negative time counts as none.
  public static int bucket(long millis) {
    float seconds = 1 + Math.max(0, millis) * 1e-3f;
    return Math.min(BUCKETS - 1, (Float.floatToRawIntBits(seconds) >>> 22) - OF_ONE);
  }
}
