package io.zhiyin.engine.filter;

import io.zhiyin.engine.pipeline.Filter;
import io.zhiyin.engine.pipeline.Query;

/// Only what the catalogue has, in stock, not hidden, published and not expired, at this moment.
public record Availability() implements Filter {
  @Override
  public String name() {
    return "availability";
  }

  @Override
  public boolean keeps(Query query, int item) {
    return query.catalog().isShowable(item, query.now());
  }
}
