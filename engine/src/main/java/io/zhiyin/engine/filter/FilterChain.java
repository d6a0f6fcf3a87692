package io.zhiyin.engine.filter;

import io.zhiyin.engine.pipeline.Filter;
import io.zhiyin.engine.pipeline.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several filters in order, the cheap ones first; an item must pass all of them. A filter that
/// fails takes the item out: what may not be shown is never shown because of a fault.
public record FilterChain(List<Filter> filters) {
  public FilterChain {
    filters = List.copyOf(filters);
  }

  /// The name of the first filter that takes the item out, or null when all keep it.
  public @Nullable String rejection(Query query, int item) {
    for (Filter filter : filters) {
      String rejection = rejection(filter, query, item);
      if (rejection != null) {
        return rejection;
      }
    }
    return null;
  }

  private static @Nullable String rejection(Filter filter, Query query, int item) {
    try {
      return filter.rejection(query, item);
    } catch (RuntimeException _) {
      return filter.name();
    }
  }
}
