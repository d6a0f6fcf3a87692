package io.zhiyin.engine.recall;

import io.zhiyin.engine.event.EventKind;
import java.util.EnumMap;
import java.util.Map;

/// How much interest each kind of event proves. What proves none has weight 0 and is left out.
public final class KindWeights {
  /// A purchase says most, then the cart, then a favourite, then a look.
  public static final KindWeights RETAIL =
      new KindWeights(
          Map.of(
              EventKind.DETAIL_PAGE_VIEW, 1f,
              EventKind.CLICK, 1f,
              EventKind.RATING, 2f,
              EventKind.ADD_TO_FAVORITES, 2f,
              EventKind.ADD_TO_CART, 3f,
              EventKind.PURCHASE_COMPLETE, 4f));

  private final float[] byCode = new float[64];

  public KindWeights(Map<EventKind, Float> weights) {
    new EnumMap<>(weights).forEach((kind, weight) -> byCode[kind.code()] = weight);
  }

  float of(byte kindCode) {
    return byCode[kindCode];
  }
}
