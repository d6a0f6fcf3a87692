package io.zhiyin.engine.pipeline;

import io.zhiyin.engine.catalog.Item;

/// A condition on an item, compiled from the request's filter expression.
@FunctionalInterface
public interface ItemCondition {
  ItemCondition ANY = item -> true;

  boolean holds(Item item);

  /// The same for who knows the item's index: a condition that remembers need not read the item,
  /// which lies anywhere in memory.
  default boolean holds(int index, Item item) {
    return holds(item);
  }
}
