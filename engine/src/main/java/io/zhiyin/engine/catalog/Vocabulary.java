package io.zhiyin.engine.catalog;

import io.zhiyin.engine.event.ItemId;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/// The one place where an [ItemId] becomes a dense `int itemIndex` and back.
///
/// Indices start at 0, have no gaps and never change. They follow the order in which the journal
/// first names each item, so a replay gives the same ones. One thread adds; any thread reads.
public final class Vocabulary {
  /// Stands for "no such item".
  public static final int UNKNOWN = -1;

  private final ConcurrentHashMap<ItemId, Integer> indices = new ConcurrentHashMap<>();
  private volatile ItemId[] ids = new ItemId[1024];
  private volatile int size;

  /// The item's index, or [#UNKNOWN].
  public int indexOf(ItemId id) {
    Integer index = indices.get(id);
    return index == null ? UNKNOWN : index;
  }

  /// The item's index, given to it now if it is new. Only the folding thread calls this.
  public int add(ItemId id) {
    Integer known = indices.get(id);
    if (known != null) {
      return known;
    }
    int index = size;
    ItemId[] array = ids;
    if (index == array.length) {
      array = Arrays.copyOf(array, index * 2);
    }
    array[index] = id;
    ids = array;
    size = index + 1;
    indices.put(id, index);
    return index;
  }

  /// @throws IndexOutOfBoundsException when no item has that index
  public ItemId idOf(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("no item has index " + index);
    }
    return ids[index];
  }

  /// How many items have an index.
  public int size() {
    return size;
  }
}
