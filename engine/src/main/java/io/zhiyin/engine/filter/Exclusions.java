package io.zhiyin.engine.filter;

import io.zhiyin.engine.pipeline.Filter;
import io.zhiyin.engine.pipeline.Query;

/// Not what the request excludes and, mostly, neither the page's own item nor what lies in the cart
/// already.
public final class Exclusions implements Filter {
  private static final Exclusions WITH_SEEDS = new Exclusions(true);
  private static final Exclusions OF_REQUEST_ONLY = new Exclusions(false);

  private final boolean seeds;

  private Exclusions(boolean seeds) {
    this.seeds = seeds;
  }

  /// The request's list, the page's item and the cart.
  public static Exclusions withSeeds() {
    return WITH_SEEDS;
  }

  /// The request's list alone, for lists that the shopper asked for, such as a search's.
  public static Exclusions ofRequestOnly() {
    return OF_REQUEST_ONLY;
  }

  @Override
  public String name() {
    return "exclusion";
  }

  @Override
  public boolean keeps(Query query, int item) {
    if (item >= 0 && query.exclude().has(item)) {
      return false;
    }
    return !seeds || !(item == query.pageItem() || isInCart(query, item));
  }

  private static boolean isInCart(Query query, int item) {
    for (int inCart : query.cart()) {
      if (inCart == item) {
        return true;
      }
    }
    return false;
  }
}
