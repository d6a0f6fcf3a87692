package io.zhiyin.engine.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The newest visit: the last steps (engagements, searches, category pages) with no pause longer
/// than the gap between them.
///
/// @param start time of its first step
/// @param end time of its last step
/// @param steps how many there were; 0 when the shopper never took one
/// @param historyFrom the first entry of the profile's history that belongs to it
/// @param active whether it may still go on: the last step is not longer ago than the gap
public record Session(Instant start, Instant end, int steps, int historyFrom, boolean active) {
  /// The pause that ends a visit, as web analytics have it.
  public static final Duration GAP = Duration.ofMinutes(30);

  public static Session current(Profile profile, Instant now, Duration gap) {
    History history = profile.history();
    List<Profile.PageView> pages = profile.pageViews();
    int entry = history.size();
    int page = pages.size();
    long end = Math.max(time(history, entry - 1), time(pages, page - 1));
    if (end == Long.MIN_VALUE) {
      return new Session(Instant.EPOCH, Instant.EPOCH, 0, 0, false);
    }
    long start = end;
    int steps = 0;
    while (true) {
      long entryTime = time(history, entry - 1);
      long pageTime = time(pages, page - 1);
      long latest = Math.max(entryTime, pageTime);
      if (latest == Long.MIN_VALUE || start - latest > gap.toMillis()) {
        break;
      }
      start = latest;
      if (entryTime >= pageTime) {
        entry--;
        steps += entry == 0 || history.basket(entry) != history.basket(entry - 1) ? 1 : 0;
      } else {
        page--;
        steps++;
      }
    }
    return new Session(
        Instant.ofEpochMilli(start),
        Instant.ofEpochMilli(end),
        steps,
        entry,
        now.toEpochMilli() - end <= gap.toMillis());
  }

  private static long time(History history, int i) {
    return i < 0 ? Long.MIN_VALUE : history.timeMillis(i);
  }

  private static long time(List<Profile.PageView> pages, int i) {
    return i < 0 ? Long.MIN_VALUE : pages.get(i).timeMillis();
  }
}
