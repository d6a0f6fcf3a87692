package io.zhiyin.engine.rule;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.pipeline.Filter;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.InterestWeights;
import io.zhiyin.engine.profile.Marks;
import io.zhiyin.engine.rerank.ItemLikeness;
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
    long now = query.now().toEpochMilli();
    Marks.refused(query.profile())
        .forEach((item, said) -> weights.put(item, InterestWeights.STANDARD.decay(now - said)));
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
