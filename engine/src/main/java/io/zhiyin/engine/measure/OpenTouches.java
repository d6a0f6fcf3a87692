package io.zhiyin.engine.measure;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import io.zhiyin.engine.event.StateSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What may still be attributed, found by recommendation and item or by shopper and item. At most
/// [#MAX] are kept; the oldest go first, and those that go early are counted.
final class OpenTouches {
  static final int MAX = 100_000;

  private static final byte LIST_PIECE = 20;
  private static final byte TOUCH_PIECE = 21;

  /// In the order in which they were opened.
  private final LinkedHashMap<Long, Touch> byPair = new LinkedHashMap<>();

  private final LinkedHashMap<Long, Touch.Opened> lists = new LinkedHashMap<>();
  private final Map<Long, List<Touch>> byShopper = new HashMap<>();
  private final int max;
  private long closedEarly;

  OpenTouches(int max) {
    this.max = max;
  }

  /// A shopper by both names; 0 where one is not known.
  record Who(long user, long visitor) {}

  @Nullable Touch find(long recommendation, long item) {
    return byPair.get(Hashes.pair(recommendation, item));
  }

  Touch.@Nullable Opened list(long recommendation) {
    return lists.get(recommendation);
  }

  /// Opens a recommendation.
  Touch.Opened open(long recommendation, int scenario, long millis) {
    Touch.Opened list = new Touch.Opened(recommendation, scenario, millis);
    lists.put(recommendation, list);
    return list;
  }

  /// Opens an item of a recommendation. Whatever is past its window by then is closed.
  Touch open(Touch.Opened list, long item, long millis) {
    Touch touch = new Touch(Hashes.pair(list.key, item), item, list);
    list.touches++;
    byPair.put(touch.key, touch);
    Iterator<Touch> oldest = byPair.values().iterator();
    Touch next = oldest.next();
    while (next != touch && (isOver(next, millis) || byPair.size() > max)) {
      closedEarly += isOver(next, millis) ? 0 : 1;
      oldest.remove();
      unlink(next);
      next = oldest.next();
    }
    return touch;
  }

  private static boolean isOver(Touch touch, long millis) {
    return touch.until() != Touch.NEVER && millis - touch.until() > Touch.CLICK_WINDOW;
  }

  /// Makes it findable by its shopper's names.
  void own(Touch touch, Who who) {
    if (touch.user == 0 && who.user != 0) {
      touch.user = who.user;
      link(who.user, touch);
    }
    if (touch.visitor == 0 && who.visitor != 0) {
      touch.visitor = who.visitor;
      link(who.visitor, touch);
    }
  }

  private void link(long shopper, Touch touch) {
    byShopper.computeIfAbsent(Hashes.pair(shopper, touch.item), _ -> new ArrayList<>(1)).add(touch);
  }

  private void unlink(Touch touch) {
    unlink(touch.user, touch);
    unlink(touch.visitor, touch);
    if (--touch.list.touches == 0) {
      lists.remove(touch.list.key);
    }
  }

  private void unlink(long shopper, Touch touch) {
    long key = Hashes.pair(shopper, touch.item);
    List<Touch> all = shopper == 0 ? null : byShopper.get(key);
    if (all != null) {
      all.remove(touch);
      if (all.isEmpty()) {
        byShopper.remove(key);
      }
    }
  }

  /// The touch of that shopper and item with the last moment before something, or null.
  ///
  /// @param moment of a touch, [Touch#NEVER] when it does not fit
  @Nullable Touch last(Who who, long item, ToLongFunction<Touch> moment) {
    Touch own = last(who.user, item, null, moment);
    return last(who.visitor, item, own, moment);
  }

  private @Nullable Touch last(
      long shopper, long item, @Nullable Touch other, ToLongFunction<Touch> moment) {
    Touch best = other;
    List<Touch> all = shopper == 0 ? null : byShopper.get(Hashes.pair(shopper, item));
    if (all == null) {
      return best;
    }
    for (Touch touch : all) {
      long at = moment.applyAsLong(touch);
      long than = best == null ? Touch.NEVER : moment.applyAsLong(best);
      // The key decides between equals, so that the order of this list does not.
      if (at > than || (at == than && best != null && touch.key > best.key)) {
        best = touch;
      }
    }
    return best;
  }

  /// Closes what is of these shoppers.
  void forget(Set<Long> shoppers) {
    Iterator<Touch> all = byPair.values().iterator();
    while (all.hasNext()) {
      Touch touch = all.next();
      if (shoppers.contains(touch.user) || shoppers.contains(touch.visitor)) {
        all.remove();
        unlink(touch);
      }
    }
  }

  int size() {
    return byPair.size();
  }

  /// How many were closed before their time, for want of room.
  long closedEarly() {
    return closedEarly;
  }

  void writeTo(StateSink sink) throws IOException {
    RecordWriter out = new RecordWriter();
    out.number(closedEarly).number(lists.size());
    for (Touch.Opened list : lists.values()) {
      out.number(list.key).number(list.scenario).number(list.since);
    }
    sink.put(LIST_PIECE, out.toBytes());
    out.clear();
    for (Touch touch : byPair.values()) {
      out.number(touch.list.key).number(touch.item).number(touch.user).number(touch.visitor);
      out.number(touch.firstShown).number(touch.lastShown);
      out.number(touch.firstClicked).number(touch.lastClicked).number(touch.counted);
      if (out.size() > StateSink.PIECE) {
        sink.put(TOUCH_PIECE, out.toBytes());
        out.clear();
      }
    }
    sink.put(TOUCH_PIECE, out.toBytes());
  }

  /// Takes back a piece, if it is one of these.
  boolean restore(byte kind, RecordReader in) {
    switch (kind) {
      case LIST_PIECE -> {
        closedEarly = in.number();
        for (int n = in.count(); n > 0; n--) {
          open(in.number(), in.whole(), in.number());
        }
      }
      case TOUCH_PIECE -> {
        while (!in.atEnd()) {
          restore(in);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void restore(RecordReader in) {
    Touch.Opened list = lists.get(in.number());
    if (list == null) {
      throw new IllegalArgumentException("an item of a recommendation that is not there");
    }
    long item = in.number();
    Touch touch = new Touch(Hashes.pair(list.key, item), item, list);
    list.touches++;
    byPair.put(touch.key, touch);
    own(touch, new Who(in.number(), in.number()));
    touch.firstShown = in.number();
    touch.lastShown = in.number();
    touch.firstClicked = in.number();
    touch.lastClicked = in.number();
    touch.counted = in.whole();
  }
}
