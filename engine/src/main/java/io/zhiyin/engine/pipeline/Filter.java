package io.zhiyin.engine.pipeline;

import org.jspecify.annotations.Nullable;

/// Says whether an item may be shown at all. Holds on every path, fallbacks included.
public interface Filter {
  /// The name in traces and metrics, such as `availability`.
  String name();

  /// @param item the item's index
  boolean keeps(Query query, int item);

  /// What took the item out, for traces: the filter's name, or more exactly which of its parts;
  /// null when it is kept.
  default @Nullable String rejection(Query query, int item) {
    return keeps(query, item) ? null : name();
  }
}
