package io.zhiyin.engine.rerank;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Reranker;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Not too much of one brand or one category among the first `n`. What is over a cap moves behind
/// them, in its order, so that a shop with one brand still fills its list.
///
/// @param brandShare the largest share of the list that one brand may have, above 0 to 1
/// @param categoryShare the same for one category (the deepest node of the item's first path)
public record Caps(double brandShare, double categoryShare) implements Reranker {
  /// Caps are kept for so many lists' length, should later rules take some of the first ones out.
  private static final int REACH = 4;

  /// As many categories as the first lists mostly have; for more the table grows.
  private static final int FEW = 16;

  /// No caps.
  public static final Caps NONE = new Caps(1, 1);

  public Caps {
    if (!(brandShare > 0 && brandShare <= 1 && categoryShare > 0 && categoryShare <= 1)) {
      throw new IllegalArgumentException("shares lie above 0 and up to 1");
    }
  }

  @Override
  public String name() {
    return "caps";
  }

  @Override
  public List<Candidate> rerank(Query query, List<Candidate> ranked) {
    if (brandShare == 1 && categoryShare == 1) {
      return ranked;
    }
    BitSet over = over(query, ranked);
    if (over.isEmpty()) {
      return ranked;
    }
    List<Candidate> order = new ArrayList<>(ranked.size());
    for (int i = 0; i < ranked.size(); i++) {
      if (!over.get(i)) {
        order.add(ranked.get(i));
      }
    }
    for (int i = over.nextSetBit(0); i >= 0; i = over.nextSetBit(i + 1)) {
      order.add(ranked.get(i));
    }
    return order;
  }

  /// The places of those that are over a cap, as far as anybody will see.
  private BitSet over(Query query, List<Candidate> ranked) {
    int perBrand = atLeastOne(brandShare * query.n());
    int perCategory = atLeastOne(categoryShare * query.n());
    int reach = Math.min(ranked.size(), REACH * query.n());
    Map<String, Integer> brands = new HashMap<>(); // counts so small are not boxed anew
    ItemSlots categories = new ItemSlots(FEW);
    int[] ofCategory = new int[reach];
    BitSet over = new BitSet(ranked.size());
    int within = 0;
    for (int i = 0; i < ranked.size() && within < reach; i++) {
      Item item = query.catalog().at(ranked.get(i).item());
      String brand = item == null ? "" : item.brand();
      int category = item == null ? -1 : item.category();
      int number = categories.find(category);
      if (brands.getOrDefault(brand, 0) >= perBrand
          || (number >= 0 && ofCategory[number] >= perCategory)) {
        over.set(i);
        continue;
      }
      within++;
      if (!brand.isEmpty()) {
        brands.merge(brand, 1, Integer::sum);
      }
      if (category >= 0) {
        ofCategory[categories.put(category)]++;
      }
    }
    return over;
  }

  private static int atLeastOne(double count) {
    return Math.max(1, (int) Math.ceil(count));
  }
}
