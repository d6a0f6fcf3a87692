package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is kept of one user: own events; what was done before signing in stays with the visitors.
///
/// Guarded by the lock of [ProfileFold].
final class UserLog extends ShopperLog implements Comparable<UserLog> {
  /// @param first time of the first event that had both ids
  record Joined(VisitorLog visitor, long first) {}

  final UserId id;

  /// Most users never had a visitor's id: those share an empty list.
  List<Joined> visitors = List.of();

  UserLog(UserId id) {
    this(id, Deeds.Of.USER.none());
  }

  UserLog(UserId id, Kept kept) {
    super(kept);
    this.id = id;
  }

  @Override
  Deeds.Of whose() {
    return Deeds.Of.USER;
  }

  @Override
  Shopper shopper() {
    return new Shopper.User(id);
  }

  @Override
  boolean isShopper() {
    return true;
  }

  void join(VisitorLog visitor, long time) {
    for (int i = 0; i < visitors.size(); i++) {
      Joined joined = visitors.get(i);
      if (joined.visitor() == visitor) {
        visitors.set(i, new Joined(visitor, Math.min(time, joined.first())));
        return;
      }
    }
    if (visitors.isEmpty()) {
      visitors = new ArrayList<>(1);
    }
    visitors.add(new Joined(visitor, time));
    visitor.users.add(this);
  }

  @Override
  Profile profile() {
    Deeds own = deeds();
    EventLog allLines = visitors.isEmpty() ? own.lines() : own.lines().copy();
    EventLog allPages = visitors.isEmpty() ? own.pages() : own.pages().copy();
    Counts allCounts = visitors.isEmpty() ? own.counts() : own.counts().copy();
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
    return allCounts.profile(shopper(), allLines, allPages, names);
  }

  @Override
  History history() {
    return visitors.isEmpty() ? ownHistory() : profile().history();
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
