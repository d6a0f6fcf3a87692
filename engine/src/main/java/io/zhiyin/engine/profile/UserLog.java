package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is kept of one user: own events; what was done before signing in stays with the visitors.
///
/// Guarded by the lock of [ProfileFold], but for the cached profile.
final class UserLog implements Comparable<UserLog> {
  /// @param first time of the first event that had both ids
  record Joined(VisitorLog visitor, long first) {}

  final UserId id;
  final EventLog lines = new EventLog(Profile.MAX_HISTORY);
  final EventLog pages = new EventLog(Profile.MAX_PAGE_VIEWS);
  final Counts counts = new Counts();
  final List<Joined> visitors = new ArrayList<>(1);
  volatile @Nullable Profile cached;

  UserLog(UserId id) {
    this.id = id;
  }

  void join(VisitorLog visitor, long time) {
    for (int i = 0; i < visitors.size(); i++) {
      Joined joined = visitors.get(i);
      if (joined.visitor() == visitor) {
        visitors.set(i, new Joined(visitor, Math.min(time, joined.first())));
        return;
      }
    }
    visitors.add(new Joined(visitor, time));
    visitor.users.add(this);
  }

  Profile profile() {
    EventLog allLines = visitors.isEmpty() ? lines : lines.copy();
    EventLog allPages = visitors.isEmpty() ? pages : pages.copy();
    Counts allCounts = counts.copy();
    for (Joined joined : visitors) {
      joined.visitor().addTo(this, allLines, allPages, allCounts);
    }
    List<String> names =
        visitors.stream()
            .sorted(
                Comparator.comparingLong(Joined::first)
                    .thenComparing(joined -> joined.visitor().id))
            .map(joined -> joined.visitor().id.value())
            .toList();
    return allCounts.profile(new Shopper.User(id), allLines, allPages, names);
  }

  @Override
  public int compareTo(UserLog other) {
    return id.compareTo(other.id);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
