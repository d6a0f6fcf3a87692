package io.zhiyin.engine.pipeline;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.profile.Profile;
import java.time.Instant;

/// One request for a recommendation, with everything that the stages may look at.
///
/// @param scenario the placement on the page, such as `home-feed`
/// @param profile who asks, as of now
/// @param catalog what can be recommended, as of now
/// @param pageItem index of the item whose page it is, or
///   [io.zhiyin.engine.catalog.Vocabulary#UNKNOWN]
/// @param cart indices of the items in the cart; empty when not given
/// @param n how many items are wanted, 1 to [#MAX_N]
/// @param exclude indices that must not be shown; not to be changed
/// @param filter the request's own condition on items; [ItemCondition#ANY] when not given
/// @param now the moment of the request
/// @param explain whether reasons are wanted
/// @param candidates the only items to choose from, in the order in which a search found them;
///   empty where the recommender finds them itself
public record Query(
    ShopId shop,
    String scenario,
    Profile profile,
    Catalog catalog,
    int pageItem,
    int[] cart,
    int n,
    ItemSlots exclude,
    ItemCondition filter,
    Instant now,
    boolean explain,
    int[] candidates) {
  public static final int MAX_N = 200;

  /// A query for which the recommender finds the candidates itself.
  public Query(
      ShopId shop,
      String scenario,
      Profile profile,
      Catalog catalog,
      int pageItem,
      int[] cart,
      int n,
      ItemSlots exclude,
      ItemCondition filter,
      Instant now,
      boolean explain) {
    this(
        shop,
        scenario,
        profile,
        catalog,
        pageItem,
        cart,
        n,
        exclude,
        filter,
        now,
        explain,
        new int[0]);
  }

  /// The same query with another cart.
  public Query withCart(int[] items) {
    return new Query(
        shop,
        scenario,
        profile,
        catalog,
        pageItem,
        items,
        n,
        exclude,
        filter,
        now,
        explain,
        candidates);
  }

  /// The same query with only these items to choose from.
  public Query withCandidates(int[] items) {
    return new Query(
        shop, scenario, profile, catalog, pageItem, cart, n, exclude, filter, now, explain, items);
  }
}
