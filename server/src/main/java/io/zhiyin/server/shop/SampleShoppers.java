package io.zhiyin.server.shop;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A few users who differ: for each top category the one whose history leans most to it. Only the
/// first [#LOOKED_AT] users are looked at, so that it is quick in a large shop.
public final class SampleShoppers {
  private static final int LOOKED_AT = 3_000;
  private static final int LEAST_EVENTS = 8;
  private static final int INTERESTS = 3;

  private SampleShoppers() {}

  /// @param events how many item events the history has
  /// @param interests the fullest categories, fullest first
  public record Sample(String userId, int events, long lastSeenMillis, List<Interest> interests) {}

  /// @param share of the history, 0 to 1
  public record Interest(CategoryShelf.Shelf shelf, double share) {}

  public static List<Sample> of(ShopRuntime shop, int n, Instant now) {
    Map<Integer, CategoryShelf.Shelf> shelves = new HashMap<>();
    for (CategoryShelf.Shelf shelf : shop.categories().top(shop.catalog(), now)) {
      shelves.put(shop.catalog().categories().nodeOf(shelf.path()), shelf);
    }
    List<Sample> all =
        shop.profiles()
            .shoppers()
            .filter(Shopper.User.class::isInstance)
            .limit(LOOKED_AT)
            .map(shop.profiles()::of)
            .filter(profile -> profile.history().size() >= LEAST_EVENTS)
            .map(profile -> sample(shop, profile, shelves))
            .sorted(Comparator.comparingDouble(SampleShoppers::lean).reversed())
            .toList();
    return different(all, n);
  }

  /// How far the first interest stands out; long histories count a little more.
  private static double lean(Sample sample) {
    double share = sample.interests.isEmpty() ? 0 : sample.interests.getFirst().share();
    return share * Math.min(1, sample.events / 30.0);
  }

  /// The best of each first interest, then the best of the rest.
  private static List<Sample> different(List<Sample> all, int n) {
    List<Sample> result = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Sample sample : all) {
      String first = sample.interests.isEmpty() ? "" : sample.interests.getFirst().shelf().path();
      if (result.size() < n && taken.add(first)) {
        result.add(sample);
      }
    }
    for (Sample sample : all) {
      if (result.size() < n && !result.contains(sample)) {
        result.add(sample);
      }
    }
    return result;
  }

  private static Sample sample(
      ShopRuntime shop, Profile profile, Map<Integer, CategoryShelf.Shelf> shelves) {
    History history = profile.history();
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < history.size(); i++) {
      Item item = shop.catalog().at(history.item(i));
      if (item != null && item.categoryPath().length > 0) {
        counts.merge(item.categoryPath()[0], 1, Integer::sum);
      }
    }
    List<Interest> interests =
        counts.entrySet().stream()
            .filter(entry -> shelves.containsKey(entry.getKey()))
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(INTERESTS)
            .map(
                entry ->
                    new Interest(
                        java.util.Objects.requireNonNull(shelves.get(entry.getKey())),
                        entry.getValue() / (double) history.size()))
            .toList();
    return new Sample(
        profile.shopper().value(), history.size(), profile.lastSeenMillis(), interests);
  }
}
