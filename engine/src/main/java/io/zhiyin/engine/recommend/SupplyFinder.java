package io.zhiyin.engine.recommend;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.rule.Supply;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/// Finds what rules need: among what is popular first, then in the whole catalogue, newest first.
record SupplyFinder(Request request, Retrieval retrieval) implements Supply.Finder {
  /// How many popular items are looked for where one is missing, so that there is a choice.
  private static final int CHOICE = 3;

  @Override
  public void add(List<Integer> items) {
    Offers offers = new Offers(request.query(), request.filters(), null, items.size());
    items.forEach(item -> offers.offer(item, Float.NaN));
    request.take(offers);
  }

  @Override
  public void find(IntPredicate wanted, IntConsumer taken, int count) {
    IntPredicate fresh = item -> !request.has(item) && wanted.test(item);
    int found = 0;
    for (int item : retrieval.askFor(request, Evidence.POPULAR, fresh, CHOICE * count)) {
      if (wanted.test(item)) { // asked again, for caps fill up as items are taken
        taken.accept(item);
        found++;
      }
    }
    Catalog catalog = request.query().catalog();
    Offers offers =
        new Offers(request.query(), request.filters(), null, Math.max(0, count - found));
    CatalogWalk walk = new CatalogWalk(request, Retrieval.SHARE_OF_FALLBACK);
    int last = catalog.indexBound() - 1;
    for (int item = last; item >= 0 && !offers.isFull() && walk.goesOn(); item--) {
      if (catalog.isShowable(item, request.query().now())
          && fresh.test(item)
          && offers.offer(item, Float.NaN)) {
        taken.accept(item);
      }
    }
    walk.report(retrieval);
    request.take(offers);
  }
}
