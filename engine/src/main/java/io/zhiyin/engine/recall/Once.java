package io.zhiyin.engine.recall;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is computed when it is first asked for and then kept. Two threads that ask first at
/// the same time may both compute it; all see one whole value.
final class Once<T> {
  private final Supplier<T> compute;
  private volatile @Nullable T value;

  Once(Supplier<T> compute) {
    this.compute = compute;
  }

  T value() {
    T known = value;
    if (known == null) {
      known = compute.get();
      value = known;
    }
    return known;
  }

  /// Forgets the value, if it was computed; nobody asks for it meanwhile or later.
  void forget(Consumer<T> last) {
    T known = value;
    if (known != null) {
      value = null;
      last.accept(known);
    }
  }
}
