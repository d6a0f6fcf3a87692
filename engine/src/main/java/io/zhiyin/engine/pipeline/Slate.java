package io.zhiyin.engine.pipeline;

import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.RecommendationId;
import java.util.List;

/// The list that is shown.
///
/// @param model the id of the model that took part, or `none`
/// @param items best first
/// @param degraded what was left out because it failed or was late, such as `sequence: late`; empty
///   when everything took part
public record Slate(
    RecommendationId recommendationId,
    String scenario,
    String model,
    List<Entry> items,
    List<String> degraded) {

  /// @param position counted from 1
  /// @param candidate the evidence behind it
  public record Entry(int item, ItemId itemId, float score, int position, Candidate candidate) {}
}
