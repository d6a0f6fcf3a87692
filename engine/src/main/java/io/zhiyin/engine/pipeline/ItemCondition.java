package io.zhiyin.engine.pipeline;

import io.zhiyin.engine.catalog.Item;

/// A condition on an item, compiled from the request's filter expression.
@FunctionalInterface
public interface ItemCondition {
  ItemCondition ANY = item -> true;

  boolean holds(Item item);
}
