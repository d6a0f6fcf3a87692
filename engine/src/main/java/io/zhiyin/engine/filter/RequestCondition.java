package io.zhiyin.engine.filter;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.pipeline.Filter;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;

/// Only what the request's own condition holds for. An item without a document is kept only when
/// there is no condition, because nothing is known of it that a condition could look at.
public record RequestCondition() implements Filter {
  @Override
  public String name() {
    return "expression";
  }

  @Override
  public boolean keeps(Query query, int item) {
    if (query.filter().equals(ItemCondition.ANY)) {
      return true;
    }
    Item document = query.catalog().at(item);
    return document != null && query.filter().holds(item, document);
  }
}
