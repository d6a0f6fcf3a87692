package io.zhiyin.engine.privacy;

import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.io.IOException;
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
  private final Map<Long, List<ItemLine>> gone = new TreeMap<>();

  /// What must go.
  ///
  /// @param offsets of the records, rising
  /// @param items that those records name, as often as they name them
  /// @param devices on which the user was seen
  public record Gone(long[] offsets, List<ItemId> items, Set<VisitorId> devices) {}

  private Erasure(UserId user, long end) {
    this.user = user;
    this.end = end;
  }

  /// Finds those records.
  ///
  /// @param at where the request itself stands; what came later stays
  public static Gone of(Journal journal, UserErased request, long at) throws IOException {
    Erasure erasure = new Erasure(request.userId(), at);
    Set<VisitorId> devices = erasure.ownEvents(journal);
    if (!devices.isEmpty()) {
      erasure.joinedEvents(journal, devices);
    }
    erasure.gone.put(at, List.of());
    return new Gone(
        erasure.gone.keySet().stream().mapToLong(Long::longValue).toArray(),
        erasure.gone.values().stream().flatMap(List::stream).map(ItemLine::itemId).toList(),
        Set.copyOf(devices));
  }

  private Set<VisitorId> ownEvents(Journal journal) throws IOException {
    Set<VisitorId> devices = new HashSet<>();
    journal.read(
        0,
        (offset, event) -> {
          if (offset < end && event instanceof ShopperEvent shopper) {
            Header header = shopper.header();
            if (user.equals(header.user())) {
              gone.put(offset, shopper.items());
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
    private final Map<Long, ShopperEvent> anonymous = new HashMap<>();

    void see(long offset, ShopperEvent event) {
      long time = event.eventTime().toEpochMilli();
      UserId user = event.header().user();
      if (user == null) {
        anonymous.put(offset, event);
      } else {
        joins.merge(time, user, (a, b) -> a.compareTo(b) <= 0 ? a : b);
      }
    }

    void collect(UserId user, Map<Long, List<ItemLine>> gone) {
      anonymous.forEach(
          (offset, event) -> {
            long time = event.eventTime().toEpochMilli();
            Map.Entry<Long, UserId> join = joins.ceilingEntry(time);
            if (join != null && join.getValue().equals(user)) {
              gone.put(offset, event.items());
            }
          });
    }
  }
}
