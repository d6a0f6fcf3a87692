package io.zhiyin.engine.rerank;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Reranker;
import java.util.ArrayList;
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
    int perBrand = atLeastOne(brandShare * query.n());
    int perCategory = atLeastOne(categoryShare * query.n());
    Map<String, Integer> brands = new HashMap<>();
    Map<Integer, Integer> categories = new HashMap<>();
    List<Candidate> within = new ArrayList<>(ranked.size());
    List<Candidate> over = new ArrayList<>();
    for (Candidate candidate : ranked) {
      if (within.size() >= REACH * query.n()) { // nobody will see these
        within.add(candidate);
        continue;
      }
      Item item = query.catalog().at(candidate.item());
      String brand = item == null ? "" : item.brand();
      int category = item == null ? -1 : item.category();
      if (brands.getOrDefault(brand, 0) >= perBrand
          || categories.getOrDefault(category, 0) >= perCategory) {
        over.add(candidate);
        continue;
      }
      within.add(candidate);
      if (!brand.isEmpty()) {
        brands.merge(brand, 1, Integer::sum);
      }
      if (category >= 0) {
        categories.merge(category, 1, Integer::sum);
      }
    }
    within.addAll(over);
    return within;
  }

  private static int atLeastOne(double count) {
    return Math.max(1, (int) Math.ceil(count));
  }
}
