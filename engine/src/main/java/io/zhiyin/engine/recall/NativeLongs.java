package io.zhiyin.engine.recall;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Longs outside the collector's heap, 0 at first, that whoever made them gives back.
///
/// For what is large and lives for seconds: on the heap the collector would copy it twice, in
/// pauses of a tenth of a second for each hundred megabytes, and then mark the heap to be rid of
/// it. For one thread.
final class NativeLongs implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment longs;

  NativeLongs(int length) {
    longs = arena.allocate(ValueLayout.JAVA_LONG, length);
  }

  int length() {
    return (int) (longs.byteSize() / Long.BYTES);
  }

  /// @throws IndexOutOfBoundsException when there is none
  /// @throws IllegalStateException after [#close]
  long get(int i) {
    return longs.getAtIndex(ValueLayout.JAVA_LONG, i);
  }

  /// See [#get].
  void set(int i, long value) {
    longs.setAtIndex(ValueLayout.JAVA_LONG, i, value);
  }

  @Override
  public void close() {
    arena.close();
  }
}
