package io.zhiyin.engine.privacy;

import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Finds every record of a journal that must go when a user asks to be forgotten: the user's own
/// events, what the user did before signing in (by the same rule by which it was joined to the
/// user), and the request itself.
public final class Erasure {
  private final UserId user;
  private final long end;
  private final List<Long> gone = new ArrayList<>();

  private Erasure(UserId user, long end) {
    this.user = user;
    this.end = end;
  }

  /// The offsets of those records, rising.
  ///
  /// @param at where the request itself stands; what came later stays
  public static long[] offsets(Journal journal, UserErased request, long at) throws IOException {
    Erasure erasure = new Erasure(request.userId(), at);
    Set<VisitorId> devices = erasure.ownEvents(journal);
    if (!devices.isEmpty()) {
      erasure.joinedEvents(journal, devices);
    }
    erasure.gone.add(at);
    return erasure.gone.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private Set<VisitorId> ownEvents(Journal journal) throws IOException {
    Set<VisitorId> devices = new HashSet<>();
    journal.read(
        0,
        (offset, event) -> {
          if (offset < end && event instanceof ShopperEvent shopper) {
            Header header = shopper.header();
            if (user.equals(header.user())) {
              gone.add(offset);
              header.visitorId().ifPresent(devices::add);
            }
          }
        });
    return devices;
  }

  private void joinedEvents(Journal journal, Set<VisitorId> devices) throws IOException {
    Map<VisitorId, Device> byId = new HashMap<>();
    journal.read(
        0,
        (offset, event) -> {
          if (offset < end
              && event instanceof ShopperEvent shopper
              && shopper.header().visitor() != null
              && devices.contains(shopper.header().visitor())) {
            byId.computeIfAbsent(shopper.header().visitor(), _ -> new Device())
                .see(offset, shopper);
          }
        });
    byId.values().forEach(device -> device.collect(user, gone));
  }

  /// Who signed in on one device and when, and what was done there without signing in.
  private static final class Device {
    private final TreeMap<Long, UserId> joins = new TreeMap<>();
    private final Map<Long, Long> anonymous = new HashMap<>();

    void see(long offset, ShopperEvent event) {
      long time = event.eventTime().toEpochMilli();
      UserId user = event.header().user();
      if (user == null) {
        anonymous.put(offset, time);
      } else {
        joins.merge(time, user, (a, b) -> a.compareTo(b) <= 0 ? a : b);
      }
    }

    void collect(UserId user, List<Long> gone) {
      anonymous.forEach(
          (offset, time) -> {
            Map.Entry<Long, UserId> join = joins.ceilingEntry(time);
            if (join != null && join.getValue().equals(user)) {
              gone.add(offset);
            }
          });
    }
  }
}
