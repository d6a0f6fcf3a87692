package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// When a visitor turned out to be which user: the newest [#BOUND] moments, sorted by time and then
/// by user. What the visitor did at a time belongs to the user of the first join at or after it.
///
/// Not safe for threads.
final class Joins {
  static final int BOUND = 4096;

  private static final long[] NO_TIMES = {};
  private static final UserLog[] NOBODY = {};

  private int size;
  private long[] times = NO_TIMES;
  private @Nullable UserLog[] users = NOBODY;

  /// Joins up to this time are forgotten, so that what happened until then has no known owner.
  private long forgotten = Long.MIN_VALUE;

  boolean isEmpty() {
    return size == 0;
  }

  /// The time of the last join, or the smallest number when there is none.
  long last() {
    return size == 0 ? Long.MIN_VALUE : times[size - 1];
  }

  void add(long time, UserLog user) {
    int place = size;
    while (place > 0 && compare(place - 1, time, user) > 0) {
      place--;
    }
    if (place > 0 && compare(place - 1, time, user) == 0) {
      return;
    }
    if (size == BOUND) {
      forgotten = Math.max(forgotten, place == 0 ? time : times[0]);
      if (place == 0) {
        return;
      }
      place--;
      shift(1, 0, place);
    } else {
      if (size == times.length) {
        times = Arrays.copyOf(times, size * 2 + 1);
        users = Arrays.copyOf(users, size * 2 + 1);
      }
      shift(place, place + 1, size - place);
      size++;
    }
    times[place] = time;
    users[place] = user;
  }

  /// The user to whom belongs what the visitor did at that time, or null: nobody, or nobody any
  /// more.
  @Nullable UserLog ownerAt(long time) {
    if (time <= forgotten) {
      return null;
    }
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == size ? null : users[low];
  }

  /// Forgets that the visitor ever was that user.
  void remove(UserLog user) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!user.equals(users[i])) {
        times[kept] = times[i];
        users[kept++] = users[i];
      }
    }
    Arrays.fill(users, kept, size, null);
    size = kept;
  }

  /// Whether joins may have been left out for want of room.
  boolean isFull() {
    return size == BOUND;
  }

  void put(RecordWriter out) {
    out.number(size);
    if (size > 0) {
      LogCodec.putTime(out, forgotten);
    }
    long before = 0;
    for (int i = 0; i < size; i++) {
      LogCodec.putTime(out.number(Objects.requireNonNull(users[i]).number), times[i] - before);
      before = times[i];
    }
  }

  /// What [#put] wrote, once all users are there.
  LogCodec.Links take(RecordReader in) {
    int n = in.count();
    if (n == 0) {
      return LogCodec.Links.NONE;
    }
    if (n > BOUND) {
      throw new IllegalArgumentException("more joins than may be kept");
    }
    forgotten = LogCodec.takeTime(in);
    times = new long[n];
    users = new UserLog[n];
    int[] numbers = new int[n];
    long before = 0;
    for (int i = 0; i < n; i++) {
      numbers[i] = in.whole();
      before += LogCodec.takeTime(in);
      times[i] = before;
    }
    size = n;
    return all -> {
      for (int i = 0; i < n; i++) {
        users[i] = (UserLog) LogCodec.of(all, numbers[i]);
      }
    };
  }

  private int compare(int i, long time, UserLog user) {
    return times[i] == time
        ? Objects.requireNonNull(users[i]).compareTo(user)
        : Long.compare(times[i], time);
  }

  private void shift(int from, int to, int count) {
    System.arraycopy(times, from, times, to, count);
    System.arraycopy(users, from, users, to, count);
  }
}
