package io.zhiyin.engine.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a search found.
///
/// @param items the best matches by text, best first
/// @param total how many match and may be shown
/// @param corrected the query as it was searched, where words that the shop does not have were
///   taken for others; null where none were
/// @param categories how many matches each category has, whichever is chosen; most first
/// @param brands how many matches each brand has, whichever is chosen; most first
/// @param ofBrand an item of each of them, to read how the brand is called in other languages
public record Found(
    int[] items,
    int total,
    @Nullable String corrected,
    List<Count> categories,
    List<Count> brands,
    Map<String, Integer> ofBrand) {
  /// One value of a facet.
  public record Count(String value, int items) {}

  /// The query as it was searched, where it is another than what was typed.
  public Optional<String> correctedQuery() {
    return Optional.ofNullable(corrected);
  }
}
