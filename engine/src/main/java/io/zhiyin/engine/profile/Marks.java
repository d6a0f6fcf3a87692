package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.EventKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What a shopper set marks on: items saved, and items not to be shown again, by the newest word on
/// each. What is refused is forgotten with the [Profile#MAX_HISTORY] newest entries; what is saved
/// stays for [Profile#MAX_OLDER_MARKS] marks more. Of a yes and a no in the same millisecond the no
/// counts.
public final class Marks {
  private Marks() {}

  /// The items that are saved, newest first, with the time of it in milliseconds since 1970. Saying
  /// "not interested" takes it back as well.
  public static Map<Integer, Long> saved(Profile profile) {
    Map<Integer, Long> taken = newest(profile.refusals(), EventKind::isRefusal);
    newest(profile.olderMarks(), EventKind::isRefusal)
        .forEach((item, time) -> taken.merge(item, time, Math::max));
    Map<Integer, Long> saved = new LinkedHashMap<>();
    for (History history : List.of(profile.history(), profile.olderMarks())) {
      for (int i = history.size() - 1; i >= 0; i--) {
        int item = history.item(i);
        if (history.kind(i) == EventKind.ADD_TO_FAVORITES
            && item >= 0
            && taken.getOrDefault(item, Long.MIN_VALUE) < history.timeMillis(i)) {
          saved.merge(item, history.timeMillis(i), Math::max);
        }
      }
    }
    return newestFirst(saved);
  }

  private static Map<Integer, Long> newestFirst(Map<Integer, Long> marks) {
    Map<Integer, Long> sorted = new LinkedHashMap<>();
    marks.entrySet().stream()
        .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
        .forEach(mark -> sorted.put(mark.getKey(), mark.getValue()));
    return sorted;
  }

  /// The items that the shopper is not interested in, newest first, with the time of it in
  /// milliseconds since 1970. Saving, buying or rating an item, or putting it in the cart, takes
  /// the word back.
  public static Map<Integer, Long> refused(Profile profile) {
    History refusals = profile.refusals();
    if (refusals.size() == 0) {
      return Map.of();
    }
    Map<Integer, Long> wanted = newest(profile.history(), Marks::isWish);
    Map<Integer, Long> refused = new LinkedHashMap<>();
    for (int i = refusals.size() - 1; i >= 0; i--) {
      int item = refusals.item(i);
      if (refusals.kind(i) == EventKind.NOT_INTERESTED
          && item >= 0
          && wanted.getOrDefault(item, Long.MIN_VALUE) <= refusals.timeMillis(i)) {
        refused.putIfAbsent(item, refusals.timeMillis(i));
      }
    }
    return refused;
  }

  private static boolean isWish(EventKind kind) {
    return switch (kind) {
      case ADD_TO_CART, ADD_TO_FAVORITES, PURCHASE_COMPLETE, RATING -> true;
      default -> false;
    };
  }

  /// When such an event was last about an item.
  private static Map<Integer, Long> newest(History history, Predicate<EventKind> such) {
    Map<Integer, Long> newest = new HashMap<>();
    for (int i = 0; i < history.size(); i++) {
      if (such.test(history.kind(i))) {
        newest.merge(history.item(i), history.timeMillis(i), Math::max);
      }
    }
    return newest;
  }
}
