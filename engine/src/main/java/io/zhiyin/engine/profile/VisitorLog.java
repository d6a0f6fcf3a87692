package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.VisitorId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// What was done on one device without signing in, and when it turned out to be whom.
///
/// Only the newest lines, page views and other events are kept; what is older cannot be joined to a
/// user any more, whatever the order of arrival. Guarded by the lock of [ProfileFold].
final class VisitorLog extends ShopperLog {
  final VisitorId id;
  final Joins joins = new Joins();

  /// Whoever was joined, once each.
  final List<UserLog> users = new ArrayList<>(1);

  /// The newest event that was not signed in.
  private long last;

  /// The counts are of all events of the visitor that were not signed in, joined to a user or not.
  VisitorLog(VisitorId id) {
    this(id, Deeds.Of.VISITOR.none(), Long.MIN_VALUE);
  }

  VisitorLog(VisitorId id, Kept kept, long last) {
    super(kept);
    this.id = id;
    this.last = last;
  }

  @Override
  Deeds.Of whose() {
    return Deeds.Of.VISITOR;
  }

  long last() {
    return last;
  }

  @Override
  Shopper shopper() {
    return new Shopper.Visitor(id);
  }

  /// Whether something may have been left out for want of room, so that it is not known what would
  /// stand here if other events had never been.
  boolean isFull() {
    Deeds deeds = deeds();
    return deeds.lines().isFull()
        || deeds.pages().isFull()
        || deeds.others().isFull()
        || joins.isFull();
  }

  void count(byte kind, long time) {
    toChange().counts().add(kind, time);
    last = Math.max(last, time);
  }

  /// Whether something was done that no user is known for.
  @Override
  boolean isShopper() {
    return last > joins.last();
  }

  /// Adds what belongs to that user.
  void addTo(UserLog user, EventLog userLines, EventLog userPages, Counts userCounts) {
    Deeds deeds = deeds();
    EventLog lines = deeds.lines();
    userLines.addOlder(lines, ownedBy(user)); // first, so that an event's lines keep their order
    userLines.addAll(lines, ownedBy(lines, user));
    userPages.addAll(deeds.pages(), ownedBy(deeds.pages(), user));
    countOf(deeds, user, userCounts);
  }

  /// Takes out what belongs to that user, and that the visitor ever was that user.
  void erase(UserLog user) {
    Deeds deeds = toChange();
    Counts gone = new Counts();
    countOf(deeds, user, gone);
    deeds.counts().subtract(gone);
    deeds.lines().removeIf(ownedBy(user));
    deeds.pages().removeIf(ownedBy(user));
    deeds.others().removeIf(ownedBy(user));
    joins.remove(user);
    users.remove(user);
    last = Math.max(newest(deeds.lines()), Math.max(newest(deeds.pages()), newest(deeds.others())));
    deeds.counts().newestIs(last);
    cached = null;
  }

  boolean isEmpty() {
    return joins.isEmpty() && deeds().counts().isZero();
  }

  /// The visitor as an anonymous shopper: what was done since the last join.
  @Override
  Profile profile() {
    Shopper shopper = shopper();
    if (!joins.isEmpty() && !isShopper()) {
      return Profile.unknown(shopper);
    }
    Deeds deeds = deeds();
    EventLog lines = deeds.lines();
    EventLog pages = deeds.pages();
    if (joins.isEmpty()) {
      return deeds.counts().profile(shopper, lines, pages, List.of());
    }
    EventLog ownLines = new EventLog(Profile.MAX_HISTORY, Profile.MAX_OLDER_MARKS);
    EventLog ownPages = new EventLog(Profile.MAX_PAGE_VIEWS);
    ownLines.addOlder(lines, (log, i) -> log.time(i) > joins.last());
    ownLines.addAll(lines, sinceLastJoin(lines));
    ownPages.addAll(pages, sinceLastJoin(pages));
    Counts own = new Counts();
    for (EventLog log : List.of(lines, pages, deeds.others())) {
      own.addEvents(log, sinceLastJoin(log));
    }
    return own.profile(shopper, ownLines, ownPages, List.of());
  }

  @Override
  History history() {
    return joins.isEmpty() ? ownHistory() : profile().history();
  }

  private void countOf(Deeds deeds, UserLog user, Counts to) {
    for (EventLog log : List.of(deeds.lines(), deeds.pages(), deeds.others())) {
      to.addEvents(log, ownedBy(log, user));
    }
  }

  private IntPredicate ownedBy(EventLog log, UserLog user) {
    return i -> ownedBy(user).test(log, i);
  }

  private EventLog.Wanted ownedBy(UserLog user) {
    return (log, i) -> user.equals(joins.ownerAt(log.time(i)));
  }

  private IntPredicate sinceLastJoin(EventLog log) {
    return i -> log.time(i) > joins.last();
  }

  private static long newest(EventLog log) {
    return log.size() == 0 ? Long.MIN_VALUE : log.time(log.size() - 1);
  }
}
