package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.EventKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a shopper set marks on: items saved, and items not to be shown again, by the newest word on
/// each that is in the [Profile#MAX_HISTORY] newest entries. Of a yes and a no in the same
/// millisecond the no counts.
public final class Marks {
  private Marks() {}

  /// The items that are saved, newest first, with the time of it in milliseconds since 1970. Saying
  /// "not interested" takes it back as well.
  public static Map<Integer, Long> saved(Profile profile) {
    History history = profile.history();
    Map<Integer, Long> taken = newest(profile.refusals());
    Map<Integer, Long> saved = new LinkedHashMap<>();
    for (int i = history.size() - 1; i >= 0; i--) {
      int item = history.item(i);
      if (history.kind(i) == EventKind.ADD_TO_FAVORITES
          && item >= 0
          && taken.getOrDefault(item, Long.MIN_VALUE) < history.timeMillis(i)) {
        saved.putIfAbsent(item, history.timeMillis(i));
      }
    }
    return saved;
  }

  /// The items that the shopper is not interested in, newest first, with the time of it in
  /// milliseconds since 1970. Saving, buying or rating an item, or putting it in the cart, takes
  /// the word back.
  public static Map<Integer, Long> refused(Profile profile) {
    History refusals = profile.refusals();
    if (refusals.size() == 0) {
      return Map.of();
    }
    Map<Integer, Long> wanted = newest(profile.history());
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

  /// When an item was last wanted, or taken back.
  private static Map<Integer, Long> newest(History history) {
    Map<Integer, Long> newest = new HashMap<>();
    for (int i = 0; i < history.size(); i++) {
      switch (history.kind(i)) {
        case ADD_TO_CART,
            ADD_TO_FAVORITES,
            PURCHASE_COMPLETE,
            RATING,
            REMOVE_FROM_FAVORITES,
            NOT_INTERESTED ->
            newest.merge(history.item(i), history.timeMillis(i), Math::max);
        default -> {}
      }
    }
    return newest;
  }
}
