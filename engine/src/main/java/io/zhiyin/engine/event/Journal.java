package io.zhiyin.engine.event;

import java.io.IOException;
import java.util.List;

/// The log of everything that happened in one shop: the single truth that all state is folded from.
///
/// Acknowledged means durable: when [#append] returns, the bytes are synced.
public interface Journal extends AutoCloseable {
  /// Appends what is new and returns once it is durable. Events whose id the journal has already
  /// (or twice in the call) are left out and reported as duplicates.
  ///
  /// @return one outcome per event, in the order given
  /// @throws IOException when nothing of the call was acknowledged (disk full, closed)
  List<Outcome> append(List<Event> events) throws IOException;

  /// Hands every event from offset `from` on to `reader`, in order, up to what is durable now.
  default void read(long from, Reader reader) throws IOException {
    read(from, Long.MAX_VALUE, reader);
  }

  /// The same of the events before offset `to`.
  void read(long from, long to, Reader reader) throws IOException;

  /// The offset that the next event will get; offsets start at 0 and have no gaps.
  long end();

  @Override
  void close() throws IOException;

  /// Takes the events of a read.
  @FunctionalInterface
  interface Reader {
    void accept(long offset, Event event);
  }

  /// @param offset where the event stands in the journal (of the first copy, for a duplicate)
  /// @param duplicate whether the journal had it already
  record Outcome(long offset, boolean duplicate) {}
}
