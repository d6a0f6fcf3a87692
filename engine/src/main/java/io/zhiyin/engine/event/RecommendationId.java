package io.zhiyin.engine.event;

/// Names one answer of the recommender, so that what follows can be attributed to it.
///
/// @param value 1 to 256 characters, no control characters
public record RecommendationId(String value) implements Comparable<RecommendationId> {
  /// @throws InvalidFieldException when the text is empty, too long or has control characters
  public RecommendationId {
    Ids.check("recommendationId", value);
  }

  @Override
  public int compareTo(RecommendationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
