package io.zhiyin.engine.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a model comes from.
///
/// @param dataset what the data is called
/// @param firstEvent time of the oldest event that was learned from, RFC 3339
/// @param lastEvent time of the newest
/// @param events how many entries of histories were learned from
/// @param seed of every random choice
/// @param epochs passes over the data that the kept weights saw
/// @param metrics what was measured on validation, by name
/// @param codeVersion of the program that trained it
/// @param createdAt RFC 3339
/// @param parent id of the model that it was continued from; null when it began with random weights
public record Lineage(
    String dataset,
    String firstEvent,
    String lastEvent,
    long events,
    int users,
    int items,
    long seed,
    int epochs,
    Map<String, Double> metrics,
    String codeVersion,
    String createdAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String parent) {
  public Lineage {
    metrics = Map.copyOf(metrics);
  }

  /// Of a model that began with random weights.
  public Lineage(
      String dataset,
      String firstEvent,
      String lastEvent,
      long events,
      int users,
      int items,
      long seed,
      int epochs,
      Map<String, Double> metrics,
      String codeVersion,
      String createdAt) {
    this(
        dataset,
        firstEvent,
        lastEvent,
        events,
        users,
        items,
        seed,
        epochs,
        metrics,
        codeVersion,
        createdAt,
        null);
  }
}
