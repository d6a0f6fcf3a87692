package io.zhiyin.kernel.pool;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Room that is used again by one request after the other: each has what it took to itself until it
/// gives it back. As many are kept as were ever taken at one time. Any number of threads.
///
/// What was taken may be lost: whoever fails, or may still be writing, gives nothing back.
public final class Pool<T> {
  private final ConcurrentLinkedQueue<T> resting = new ConcurrentLinkedQueue<>();
  private final Supplier<T> more;
  private final Consumer<T> empty;

  /// Of what is empty when it is given back, or holds nothing about anybody.
  public Pool(Supplier<T> more) {
    this(more, _ -> {});
  }

  /// @param more makes one when none is left
  /// @param empty what is given back is emptied at once: it may rest for long, and what it held was
  ///   about somebody
  public Pool(Supplier<T> more, Consumer<T> empty) {
    this.more = more;
    this.empty = empty;
  }

  /// An empty one, which nobody else has.
  public T take() {
    T rested = resting.poll();
    return rested == null ? more.get() : rested;
  }

  /// Whoever took it does not touch it any more.
  public void giveBack(T taken) {
    empty.accept(taken);
    resting.offer(taken);
  }
}
