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

  /// How many times the journal names each item; only the folding side looks at it.
  private int[] mentions = new int[1024];

  /// The item's index, or [#UNKNOWN].
  public int indexOf(ItemId id) {
    Integer index = indices.get(id);
    return index == null ? UNKNOWN : index;
  }

  /// The item's index, given to it now if it is new; the item is named once more. Only the folding
  /// thread calls this.
  public int add(ItemId id) {
    return add(id, 1);
  }

  int add(ItemId id, int times) {
    Integer known = indices.get(id);
    int index = known == null ? addNew(id) : known;
    mentions[index] += times;
    return index;
  }

  private int addNew(ItemId id) {
    int index = size;
    ItemId[] array = ids;
    if (index == array.length) {
      array = Arrays.copyOf(array, index * 2);
      mentions = Arrays.copyOf(mentions, index * 2);
    }
    array[index] = id;
    ids = array;
    size = index + 1;
    indices.put(id, index);
    return index;
  }

  /// Takes back one [#add]: the record that named the item was erased. The index stays, but an item
  /// that is named nowhere any more is not kept at rest.
  public void unname(ItemId id) {
    Integer known = indices.get(id);
    if (known != null && mentions[known] > 0) {
      mentions[known]--;
    }
  }

  /// How many times each item is named, by index; a copy.
  int[] mentions() {
    return Arrays.copyOf(mentions, size);
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
