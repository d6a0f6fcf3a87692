package io.zhiyin.engine.rule;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.Filter;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.InterestWeights;
import io.zhiyin.engine.rerank.ItemLikeness;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The items that the shopper said it is not interested in. As a filter it keeps them out; what is
/// like them becomes less relevant, the less the longer ago it was said.
///
/// Saving, buying or rating an item, or putting it in the cart, takes the word back. Made for one
/// request.
public final class Refused implements Filter {
  /// The name in traces.
  public static final String NAME = "not-interested";

  /// So much of its relevance loses an item of the same categories and brand.
  private static final double PUSH = 0.6;

  private static final double LEAST = 0.1;

  /// What a refused item keeps where it is not taken out.
  private static final double OWN = 0.02;

  /// So many of the newest speak against what is like them.
  private static final int SPEAKING = 20;

  private final Query query;
  private final Map<Integer, Double> weights = new LinkedHashMap<>();

  public Refused(Query query) {
    this.query = query;
    History refusals = query.profile().refusals();
    Map<Integer, Long> wanted = refusals.size() == 0 ? Map.of() : wanted(query.profile().history());
    for (int i = refusals.size() - 1; i >= 0; i--) {
      int item = refusals.item(i);
      long said = refusals.timeMillis(i);
      if (refusals.kind(i) == EventKind.NOT_INTERESTED
          && item >= 0
          && wanted.getOrDefault(item, Long.MIN_VALUE) <= said) {
        double age = query.now().toEpochMilli() - said;
        weights.putIfAbsent(item, InterestWeights.STANDARD.decay((long) age));
      }
    }
  }

  private static Map<Integer, Long> wanted(History history) {
    Map<Integer, Long> newest = new HashMap<>();
    for (int i = 0; i < history.size(); i++) {
      switch (history.kind(i)) {
        case ADD_TO_CART, ADD_TO_FAVORITES, PURCHASE_COMPLETE, RATING ->
            newest.merge(history.item(i), history.timeMillis(i), Math::max);
        default -> {}
      }
    }
    return newest;
  }

  /// Whether nothing was refused.
  public boolean isEmpty() {
    return weights.isEmpty();
  }

  /// Times as relevant as it would be, 0 to 1.
  double factor(int index) {
    if (weights.isEmpty()) {
      return 1;
    }
    if (weights.containsKey(index)) {
      return OWN;
    }
    Item item = query.catalog().at(index);
    double factor = 1;
    int spoken = 0;
    for (Map.Entry<Integer, Double> refusal : weights.entrySet()) {
      double like = ItemLikeness.of(item, query.catalog().at(refusal.getKey()));
      factor *= 1 - PUSH * like * refusal.getValue();
      if (++spoken == SPEAKING) {
        break;
      }
    }
    return Math.max(LEAST, factor);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean keeps(Query asked, int item) {
    return !weights.containsKey(item);
  }
}
