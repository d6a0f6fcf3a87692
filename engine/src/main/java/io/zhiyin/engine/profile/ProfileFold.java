package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every shopper's profile as a fold over shopper events: a function of the set of events, in which
/// their order of arrival leaves no trace.
///
/// An event with a user belongs to the user; if it also has a visitor, it joins the two. What a
/// visitor did without signing in belongs to the user of the first join at or after it, so that a
/// login takes along what was done before it on that device since the login before. What comes
/// after the last join stays with the visitor, so that nobody sees another's tastes on a shared
/// device.
///
/// One thread folds; any thread reads, and a reader sees each event whole.
public final class ProfileFold implements Profiles {
  private final Vocabulary vocabulary;
  private final ConcurrentHashMap<UserId, UserLog> users = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<VisitorId, VisitorLog> visitors = new ConcurrentHashMap<>();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /// Users and visitors in the order in which they came.
  private final List<Shopper> arrivals = new ArrayList<>();

  private int anonymous;

  /// @param vocabulary gives items their indices; new ones are added in the order of folding
  public ProfileFold(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /// Folds one event in. Each event comes once: the journal sees to that.
  public void apply(ShopperEvent event) {
    int[] items = new int[event.items().size()];
    for (int i = 0; i < items.length; i++) {
      items[i] = vocabulary.add(event.items().get(i).itemId());
    }
    lock.writeLock().lock();
    try {
      Header header = event.header();
      UserLog user = header.user() == null ? null : user(header.user());
      VisitorLog visitor = header.visitor() == null ? null : visitor(header.visitor());
      if (user != null) {
        long time = event.eventTime().toEpochMilli();
        user.counts.add(event.kind().code(), time);
        add(event, items, user.lines, user.pages, null);
        if (visitor != null) {
          join(visitor, user, time);
        }
        user.cached = null;
      } else if (visitor != null) {
        addAnonymous(visitor, event, items);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// Forgets the user, and what the user did before signing in.
  public void apply(UserErased event) {
    lock.writeLock().lock();
    try {
      UserLog user = users.remove(event.userId());
      if (user == null) {
        return;
      }
      arrivals.remove(new Shopper.User(user.id));
      for (UserLog.Joined joined : user.visitors) {
        VisitorLog visitor = joined.visitor();
        boolean before = visitor.isShopper();
        visitor.erase(user);
        recount(visitor, before);
        if (visitor.isEmpty()) {
          visitors.remove(visitor.id);
          arrivals.remove(new Shopper.Visitor(visitor.id));
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public Profile of(Shopper shopper) {
    Profile profile =
        switch (shopper) {
          case Shopper.User user -> ofUser(users.get(user.id()));
          case Shopper.Visitor visitor -> ofVisitor(visitors.get(visitor.id()));
        };
    return profile == null ? Profile.unknown(shopper) : profile;
  }

  /// The shopper's history, computed anew and not kept: for those who walk over all shoppers.
  public History historyOf(Shopper shopper) {
    lock.readLock().lock();
    try {
      Profile profile =
          switch (shopper) {
            case Shopper.User user -> {
              UserLog log = users.get(user.id());
              yield log == null ? null : log.profile();
            }
            case Shopper.Visitor visitor -> {
              VisitorLog log = visitors.get(visitor.id());
              yield log == null ? null : log.profile();
            }
          };
      return profile == null ? History.EMPTY : profile.history();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public Stream<Shopper> shoppers() {
    lock.readLock().lock();
    try {
      return List.copyOf(arrivals).stream().filter(this::isShopper);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public int size() {
    lock.readLock().lock();
    try {
      return users.size() + anonymous;
    } finally {
      lock.readLock().unlock();
    }
  }

  private boolean isShopper(Shopper shopper) {
    lock.readLock().lock();
    try {
      return switch (shopper) {
        case Shopper.User user -> users.containsKey(user.id());
        case Shopper.Visitor visitor -> {
          VisitorLog log = visitors.get(visitor.id());
          yield log != null && log.isShopper();
        }
      };
    } finally {
      lock.readLock().unlock();
    }
  }

  private @Nullable Profile ofUser(@Nullable UserLog user) {
    Profile profile = user == null ? null : user.cached;
    if (user == null || profile != null) {
      return profile;
    }
    lock.readLock().lock();
    try {
      profile = user.profile();
      user.cached = profile;
      return profile;
    } finally {
      lock.readLock().unlock();
    }
  }

  private @Nullable Profile ofVisitor(@Nullable VisitorLog visitor) {
    Profile profile = visitor == null ? null : visitor.cached;
    if (visitor == null || profile != null) {
      return profile;
    }
    lock.readLock().lock();
    try {
      profile = visitor.profile();
      visitor.cached = profile;
      return profile;
    } finally {
      lock.readLock().unlock();
    }
  }

  private void join(VisitorLog visitor, UserLog user, long time) {
    boolean before = visitor.isShopper();
    visitor.joins.add(time, user);
    user.join(visitor, time);
    changed(visitor);
    recount(visitor, before);
  }

  private void addAnonymous(VisitorLog visitor, ShopperEvent event, int[] items) {
    boolean before = visitor.isShopper();
    visitor.count(event.kind().code(), event.eventTime().toEpochMilli());
    add(event, items, visitor.lines, visitor.pages, visitor.others);
    changed(visitor);
    recount(visitor, before);
  }

  private static void changed(VisitorLog visitor) {
    visitor.cached = null;
    visitor.users.forEach(user -> user.cached = null);
  }

  private void recount(VisitorLog visitor, boolean wasShopper) {
    anonymous += (visitor.isShopper() ? 1 : 0) - (wasShopper ? 1 : 0);
  }

  private static void add(
      ShopperEvent event, int[] items, EventLog lines, EventLog pages, @Nullable EventLog others) {
    long time = event.eventTime().toEpochMilli();
    byte[] id = event.eventId().value().getBytes(StandardCharsets.UTF_8);
    EventKind kind = event.kind();
    if (kind.isEngagement()) {
      for (int i = 0; i < items.length; i++) {
        ItemLine line = event.items().get(i);
        Double price = line.price();
        float known = price == null ? Float.NaN : price.floatValue();
        lines.add(time, id, kind.code(), items[i], known, null);
      }
    } else if (event instanceof ShopperEvent.CategoryPageView view) {
      pages.add(time, id, kind.code(), Vocabulary.UNKNOWN, Float.NaN, view.category());
    } else if (event instanceof ShopperEvent.Search search) {
      pages.add(time, id, kind.code(), Vocabulary.UNKNOWN, Float.NaN, search.query());
    } else if (others != null) {
      others.add(time, id, kind.code(), Vocabulary.UNKNOWN, Float.NaN, null);
    }
  }

  private UserLog user(UserId id) {
    UserLog known = users.get(id);
    if (known != null) {
      return known;
    }
    UserLog user = new UserLog(id);
    users.put(id, user);
    arrivals.add(new Shopper.User(id));
    return user;
  }

  private VisitorLog visitor(VisitorId id) {
    VisitorLog known = visitors.get(id);
    if (known != null) {
      return known;
    }
    VisitorLog visitor = new VisitorLog(id);
    visitors.put(id, visitor);
    arrivals.add(new Shopper.Visitor(id));
    return visitor;
  }
}
