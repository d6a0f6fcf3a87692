package io.zhiyin.engine.recall;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/// Longs outside the collector's heap, 0 at first, that whoever made them gives back.
///
/// For what is large and lives for seconds: on the heap the collector would copy it twice, in
/// pauses of a tenth of a second for each hundred megabytes, and then mark the heap to be rid of
/// it. For one thread.
///
/// A buffer and not a segment: once compiled both cost the same, but a segment's accesses go
/// through a dozen calls until then, and the first counts of a start are made in such code.
final class NativeLongs implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final LongBuffer longs;

  NativeLongs(int length) {
    longs =
        arena
            .allocate(ValueLayout.JAVA_LONG, length)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder())
            .asLongBuffer();
  }

  int length() {
    return longs.capacity();
  }

  /// @throws IndexOutOfBoundsException when there is none
  /// @throws IllegalStateException after [#close]
  long get(int i) {
    return longs.get(i);
  }

  /// See [#get].
  void set(int i, long value) {
    longs.put(i, value);
  }

  @Override
  public void close() {
    arena.close();
  }
}
