package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a shopper cares for at one moment: engagements, weighted by kind and faded by age, summed
/// over what the items are. Strongest first; what sums to nothing or less is left out.
///
/// @param categories of all levels; each node of an item's path gets the item's whole weight
/// @param priceBands fifths of the prices within each item's category, `0` cheapest to `4`
public record Interests(
    List<Interest> categories,
    List<Interest> brands,
    List<Interest> tags,
    List<Interest> priceBands) {
  public static final Interests NONE = new Interests(List.of(), List.of(), List.of(), List.of());

  /// One thing that the shopper cares for.
  ///
  /// @param name the category's full path, the brand, the tag or the number of the price band
  /// @param level 1 for a root category, 2 for its children, …; 1 for all that is no category
  /// @param score the faded sum of weights
  /// @param share of the scores of all names of the same sort and level, 0 to 1
  public record Interest(String name, int level, double score, double share) {}

  private static final Comparator<Interest> STRONGEST =
      Comparator.comparingDouble(Interest::score).reversed().thenComparing(Interest::name);

  public static Interests of(
      Profile profile, Catalog catalog, PriceScale prices, InterestWeights weights, Instant now) {
    Tally categories = new Tally();
    Tally brands = new Tally();
    Tally tags = new Tally();
    Tally bands = new Tally();
    for (int k = 0; k < profile.history().size() + profile.refusals().size(); k++) {
      boolean refused = k >= profile.history().size();
      History history = refused ? profile.refusals() : profile.history();
      int i = refused ? k - profile.history().size() : k;
      Item item = catalog.at(history.item(i));
      double weight =
          weights.of(history.kind(i)) * weights.decay(now.toEpochMilli() - history.timeMillis(i));
      if (item == null) {
        continue;
      }
      int[] path = item.categoryPath();
      for (int level = 0; level < path.length; level++) {
        categories.add(catalog.categories().pathOf(path[level]), level + 1, weight);
      }
      if (!item.brand().isEmpty()) {
        brands.add(item.brand(), 1, weight);
      }
      List<String> itemTags = item.fields().tags();
      if (itemTags != null) {
        itemTags.stream().distinct().forEach(tag -> tags.add(tag, 1, weight));
      }
      double percentile = prices.percentile(item, paid(history, i, item));
      if (!Double.isNaN(percentile)) {
        bands.add(String.valueOf(PriceScale.band(percentile)), 1, weight);
      }
    }
    return new Interests(
        categories.strongest(), brands.strongest(), tags.strongest(), bands.strongest());
  }

  /// The price in the event, or else that of the catalogue.
  static double paid(History history, int i, Item item) {
    return Float.isNaN(history.price(i)) ? item.price() : history.price(i);
  }

  /// The interest in a category by its full path, 0 to 1 among those of its level.
  public double inCategory(String path) {
    return share(categories, path);
  }

  public double inBrand(String brand) {
    return share(brands, brand);
  }

  private static double share(List<Interest> interests, String name) {
    return interests.stream()
        .filter(interest -> interest.name().equals(name))
        .mapToDouble(Interest::share)
        .findFirst()
        .orElse(0);
  }

  private static final class Tally {
    private final Map<String, Double> scores = new HashMap<>();
    private final Map<String, Integer> levels = new HashMap<>();

    void add(String name, int level, double weight) {
      scores.merge(name, weight, Double::sum);
      levels.put(name, level);
    }

    List<Interest> strongest() {
      scores.values().removeIf(score -> score <= 0);
      Map<Integer, Double> totals = new HashMap<>();
      scores.forEach(
          (name, score) -> totals.merge(levels.getOrDefault(name, 1), score, Double::sum));
      List<Interest> interests = new ArrayList<>();
      scores.forEach(
          (name, score) -> {
            int level = levels.getOrDefault(name, 1);
            interests.add(
                new Interest(name, level, score, score / totals.getOrDefault(level, score)));
          });
      interests.sort(STRONGEST);
      return List.copyOf(interests);
    }
  }
}
