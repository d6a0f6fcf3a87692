package io.zhiyin.engine.measure;

/// Names as 64 bits: enough to tell open attributions apart, and all that is kept of a name.
final class Hashes {
  static final long USER = 0x9E3779B97F4A7C15L;
  static final long VISITOR = 0xC2B2AE3D27D4EB4FL;
  static final long ITEM = 0x165667B19E3779F9L;
  static final long RECOMMENDATION = 0xD6E8FEB86659FD93L;

  private Hashes() {}

  /// Never 0, which stands for nobody.
  static long of(long kind, String name) {
    long hash = kind;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return nonZero(mix(hash));
  }

  static long pair(long a, long b) {
    return nonZero(mix(a * 31 + Long.rotateLeft(b, 32)));
  }

  private static long nonZero(long hash) {
    return hash == 0 ? 1 : hash;
  }

  /// Stafford's 13th variant of the finaliser of MurmurHash3,
  /// <https://zimbry.blogspot.com/2011/09/better-bit-mixing-improving-on.html>
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
