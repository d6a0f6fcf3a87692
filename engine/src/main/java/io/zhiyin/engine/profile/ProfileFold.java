package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
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
  private final ToIntFunction<ItemId> indices;

  /// Replaced by a restore alone, before anybody reads.
  private ConcurrentHashMap<UserId, UserLog> users = new ConcurrentHashMap<>();

  private final ConcurrentHashMap<VisitorId, VisitorLog> visitors = new ConcurrentHashMap<>();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /// Users and visitors in the order in which they came, by rising number.
  private final List<ShopperLog> arrivals = new ArrayList<>();

  private final RecentProfiles recent = new RecentProfiles();
  private int nextNumber;
  private int anonymous;

  /// The image that is being written, and how many there were.
  private @Nullable ProfileImage image;

  private int images;
  private boolean exact = true;

  /// @param vocabulary gives items their indices; new ones are added in the order of folding
  public ProfileFold(Vocabulary vocabulary) {
    this(vocabulary::add);
  }

  private ProfileFold(ToIntFunction<ItemId> indices) {
    this.indices = indices;
  }

  /// A fold beside the one that is kept, for looking back: it gives no item an index, so that all
  /// items of its events must have one already.
  public static ProfileFold aside(Vocabulary vocabulary) {
    return new ProfileFold(vocabulary::indexOf);
  }

  /// Folds one event in. Each event comes once: the journal sees to that.
  public void apply(ShopperEvent event) {
    int[] items = new int[event.items().size()];
    for (int i = 0; i < items.length; i++) {
      items[i] = indices.applyAsInt(event.items().get(i).itemId());
    }
    lock.writeLock().lock();
    try {
      Header header = event.header();
      UserLog user = header.user() == null ? null : user(header.user());
      VisitorLog visitor = header.visitor() == null ? null : visitor(header.visitor());
      beforeChange(user);
      beforeChange(visitor);
      if (user != null) {
        long time = event.eventTime().toEpochMilli();
        Deeds deeds = user.toChange();
        deeds.counts().add(event.kind().code(), time);
        add(event, items, deeds);
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

  private void beforeChange(@Nullable ShopperLog log) {
    if (log != null) {
      if (image != null) {
        image.before(log);
      }
      log.changed = images;
    }
  }

  /// Forgets the user, and what the user did before signing in. An image that is being written is
  /// given up: it would hold what must be forgotten.
  public void apply(UserErased event) {
    lock.writeLock().lock();
    try {
      image = null;
      UserLog user = users.remove(event.userId());
      if (user == null) {
        return;
      }
      user.toChange(); // so that nothing stays in a piece that others rest in
      leave(user);
      for (UserLog.Joined joined : user.visitors) {
        VisitorLog visitor = joined.visitor();
        exact &= !visitor.isFull();
        boolean before = visitor.isShopper();
        visitor.erase(user);
        recount(visitor, before);
        if (visitor.isEmpty()) {
          visitors.remove(visitor.id);
          leave(visitor);
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void leave(ShopperLog log) {
    int place =
        Collections.binarySearch(arrivals, log, Comparator.comparingInt(each -> each.number));
    arrivals.remove(place);
    recent.forget(log);
  }

  @Override
  public Profile of(Shopper shopper) {
    ShopperLog log = log(shopper);
    Profile profile = log == null ? null : log.cached;
    if (log == null || profile != null) {
      return profile == null ? Profile.unknown(shopper) : profile;
    }
    lock.readLock().lock();
    try {
      profile = log.profile();
      log.cached = profile;
    } finally {
      lock.readLock().unlock();
    }
    recent.see(log);
    return profile;
  }

  private @Nullable ShopperLog log(Shopper shopper) {
    return switch (shopper) {
      case Shopper.User user -> users.get(user.id());
      case Shopper.Visitor visitor -> visitors.get(visitor.id());
    };
  }

  /// The shopper's history, computed anew and not kept: for those who walk over all shoppers.
  public History historyOf(Shopper shopper) {
    lock.readLock().lock();
    try {
      ShopperLog log = log(shopper);
      return log == null ? History.EMPTY : log.history();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public Stream<Shopper> shoppers() {
    return shoppers(1);
  }

  @Override
  public Stream<Shopper> shoppers(int step) {
    ShopperLog[] some;
    lock.readLock().lock();
    try {
      some = new ShopperLog[Math.ceilDiv(arrivals.size(), step)];
      Arrays.setAll(some, i -> arrivals.get(i * step));
    } finally {
      lock.readLock().unlock();
    }
    return Arrays.stream(some).map(ShopperLog::shopper).filter(this::isShopper);
  }

  private boolean isShopper(Shopper shopper) {
    lock.readLock().lock();
    try {
      ShopperLog log = log(shopper);
      return log != null && log.isShopper();
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

  /// Begins an image of all shoppers as they are now, in place of one that was not finished. Nobody
  /// may fold while this runs; it takes some milliseconds for a million shoppers.
  ///
  /// @param places where each item's index goes in the image
  public ProfileImage image(int[] places) {
    lock.writeLock().lock();
    try {
      ShopperLog[] all = arrivals.toArray(ShopperLog[]::new);
      ProfileImage begun = new ProfileImage(this, ++images, nextNumber, all, places);
      image = begun;
      return begun;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// Whether a replay of what is in the journal would give the same state. Not so after an erasure
  /// that touched a visitor of whom older events had been left out for want of room: a replay would
  /// find those again.
  public boolean isExact() {
    lock.readLock().lock();
    try {
      return exact;
    } finally {
      lock.readLock().unlock();
    }
  }

  /// Runs a step of an image while nobody folds.
  ///
  /// @throws CancellationException when the image was given up
  boolean inImage(ProfileImage asked, BooleanSupplier step) {
    lock.readLock().lock();
    try {
      if (image != asked) {
        throw new CancellationException("the image was given up");
      }
      return step.getAsBoolean();
    } finally {
      lock.readLock().unlock();
    }
  }

  /// Runs something short while nobody folds or reads.
  void alone(Runnable step) {
    lock.writeLock().lock();
    try {
      step.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// The image is written, or nobody wants it any more.
  void end(ProfileImage ended) {
    lock.writeLock().lock();
    try {
      image = image == ended ? null : image;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// Takes in what was kept, in the order of arrival.
  void restore(List<ShopperLog> logs) {
    lock.writeLock().lock();
    try {
      // room at once: to grow to a million, a map moves two
      users =
          new ConcurrentHashMap<>((int) logs.stream().filter(UserLog.class::isInstance).count());
      for (ShopperLog log : logs) {
        switch (log) {
          case UserLog user -> users.put(user.id, user);
          case VisitorLog visitor -> {
            visitors.put(visitor.id, visitor);
            recount(visitor, false);
          }
        }
        arrive(log);
      }
    } finally {
      lock.writeLock().unlock();
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
    add(event, items, visitor.toChange());
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

  private static void add(ShopperEvent event, int[] items, Deeds deeds) {
    long time = event.eventTime().toEpochMilli();
    byte[] id = EventIdBytes.pack(event.eventId().value());
    EventKind kind = event.kind();
    if (kind.isEngagement() || kind.isRefusal()) {
      for (int i = 0; i < items.length; i++) {
        ItemLine line = event.items().get(i);
        Double price = line.price();
        float known = price == null ? Float.NaN : price.floatValue();
        deeds.lines().add(time, id, kind.code(), items[i], known, null);
      }
    } else if (event instanceof ShopperEvent.CategoryPageView view) {
      deeds.pages().add(time, id, kind.code(), Vocabulary.UNKNOWN, Float.NaN, view.category());
    } else if (event instanceof ShopperEvent.Search search) {
      deeds.pages().add(time, id, kind.code(), Vocabulary.UNKNOWN, Float.NaN, search.query());
    } else {
      deeds.others().add(time, id, kind.code(), Vocabulary.UNKNOWN, Float.NaN, null);
    }
  }

  private UserLog user(UserId id) {
    UserLog known = users.get(id);
    if (known != null) {
      return known;
    }
    UserLog user = new UserLog(id);
    users.put(id, user);
    arrive(user);
    return user;
  }

  private VisitorLog visitor(VisitorId id) {
    VisitorLog known = visitors.get(id);
    if (known != null) {
      return known;
    }
    VisitorLog visitor = new VisitorLog(id);
    visitors.put(id, visitor);
    arrive(visitor);
    return visitor;
  }

  private void arrive(ShopperLog log) {
    log.number = nextNumber++;
    arrivals.add(log);
  }
}
