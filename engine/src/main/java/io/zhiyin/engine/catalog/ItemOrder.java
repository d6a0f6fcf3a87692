package io.zhiyin.engine.catalog;

/// The order of items by strength: larger first, equal ones by a hash of their index.
///
/// An index tells when an item was first named, and often what it was listed beside. Sorting equals
/// by it would let that leak into results, so equals are put in an order that means nothing and is
/// still the same every time. A key is one `long`, so that sorting boxes nothing.
public final class ItemOrder {
  private static final int MULTIPLIER_1 = 0x85ebca6b;
  private static final int MULTIPLIER_2 = 0xc2b2ae35;
  private static final int INVERSE_1 = inverse(MULTIPLIER_1);
  private static final int INVERSE_2 = inverse(MULTIPLIER_2);

  private ItemOrder() {}

  /// Keys sort ascending from the best item to the worst. `strength` must not be NaN.
  public static long key(int item, float strength) {
    int bits = Float.floatToRawIntBits(strength + 0f);
    int rising = bits ^ ((bits >> 31) & 0x7fffffff);
    return ((long) ~rising << 32) | (mix(item) & 0xffffffffL);
  }

  /// The item of a key.
  public static int item(long key) {
    return unmix((int) key);
  }

  /// The strength of a key.
  public static float strength(long key) {
    int rising = ~(int) (key >> 32);
    return Float.intBitsToFloat(rising ^ ((rising >> 31) & 0x7fffffff));
  }

  /// A one-to-one scramble of 32 bits (the finaliser of MurmurHash3), so that no two items tie.
  static int mix(int x) {
    int h = x;
    h ^= h >>> 16;
    h *= MULTIPLIER_1;
    h ^= h >>> 13;
    h *= MULTIPLIER_2;
    h ^= h >>> 16;
    return h;
  }

  static int unmix(int x) {
    int h = x;
    h ^= h >>> 16;
    h *= INVERSE_2;
    h ^= (h >>> 13) ^ (h >>> 26);
    h *= INVERSE_1;
    h ^= h >>> 16;
    return h;
  }

  /// Inverse of an odd number modulo 2^32, by Newton's step.
  private static int inverse(int odd) {
    int x = odd;
    for (int i = 0; i < 5; i++) {
      x *= 2 - odd * x;
    }
    return x;
  }
}
