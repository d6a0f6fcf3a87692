package io.zhiyin.engine.model;

import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.kernel.nn.SequenceEncoder;
import io.zhiyin.kernel.nn.SessionState;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// The kept states of the shoppers that a model was asked about last, as many as fit in a bound of
/// memory. Any number of threads.
///
/// A state leaves while it is used, so that no two threads have the same one; whoever asks for it
/// meanwhile reads the whole window into another. What a state answers for is checked by the
/// encoder event by event, so nothing here has to follow what happens to histories; only that
/// someone is to be forgotten must be said, because a state holds what a shopper did.
final class SessionStates {
  /// Bytes that all states of a model may take together.
  private static final long BOUND = 32L << 20;

  private final SequenceEncoder encoder;
  private final int capacity;
  private final LinkedHashMap<Shopper, SessionState> states = new LinkedHashMap<>(64, 0.75f, true);
  private long forgotten;

  /// A state in use.
  ///
  /// @param forgotten how often anyone was forgotten before
  record Lease(SessionState state, long forgotten) {}

  SessionStates(SequenceEncoder encoder) {
    this(encoder, (int) Math.max(1, BOUND / encoder.newState().bytes()));
  }

  SessionStates(SequenceEncoder encoder, int capacity) {
    this.encoder = encoder;
    this.capacity = capacity;
  }

  /// The shopper's state, or one that has read nothing or something else; to be given back.
  Lease take(Shopper shopper) {
    @Nullable SessionState state;
    long now;
    synchronized (this) {
      state = states.remove(shopper);
      if (state == null && states.size() >= capacity) {
        // the room of who was not asked about for longest: made anew, it would be most of what a
        // request leaves to the collector to copy
        state = states.pollFirstEntry().getValue();
      }
      now = forgotten;
    }
    return new Lease(state == null ? encoder.newState() : state, now);
  }

  /// Gives a state back; it is dropped when anyone was forgotten since it was taken.
  synchronized void giveBack(Shopper shopper, Lease lease) {
    if (lease.forgotten == forgotten) {
      states.put(shopper, lease.state);
      if (states.size() > capacity) {
        states.pollFirstEntry();
      }
    }
  }

  synchronized void drop(Shopper shopper) {
    states.remove(shopper);
  }

  /// Drops all, those in use included.
  synchronized void forget() {
    states.clear();
    forgotten++;
  }

  synchronized int size() {
    return states.size();
  }
}
