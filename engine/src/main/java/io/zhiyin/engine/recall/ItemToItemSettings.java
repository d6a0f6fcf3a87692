package io.zhiyin.engine.recall;

import java.time.Duration;

/// How [ItemToItem] blends.
///
/// @param contentWeight weight of the summed cosines beside the summed transitions
/// @param lastItems how many items of a shopper speak for their like
/// @param recency how an item's voice fades with the steps and time since the newest
public record ItemToItemSettings(double contentWeight, int lastItems, Decay recency) {
  /// Chosen on the validation items of two public data sets together.
  public static final ItemToItemSettings DEFAULT =
      new ItemToItemSettings(0.27, 20, new Decay(1, Duration.ofDays(7), 0.4));
}
