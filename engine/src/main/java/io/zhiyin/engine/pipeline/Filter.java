package io.zhiyin.engine.pipeline;

/// Says whether an item may be shown at all. Holds on every path, fallbacks included.
public interface Filter {
  /// The name in traces and metrics, such as `availability`.
  String name();

  /// @param item the item's index
  boolean keeps(Query query, int item);
}
