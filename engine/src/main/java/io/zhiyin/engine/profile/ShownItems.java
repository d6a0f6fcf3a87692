package io.zhiyin.engine.profile;

import java.util.function.IntConsumer;

/// What was shown to one shopper lately, newest last. Immutable.
///
/// @param items item indices
/// @param times milliseconds since 1970, as they came
public record ShownItems(int[] items, long[] times) {
  /// Nothing, or nothing that is known.
  public static final ShownItems NONE = new ShownItems(new int[0], new long[0]);

  /// Names every impression from that moment on.
  public void since(long millis, IntConsumer shown) {
    for (int i = 0; i < items.length; i++) {
      if (times[i] >= millis) {
        shown.accept(items[i]);
      }
    }
  }
}
