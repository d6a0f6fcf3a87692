package io.zhiyin.engine.catalog;

import io.zhiyin.engine.event.ItemId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/// The one place where an [ItemId] becomes a dense `int itemIndex` and back.
///
/// Indices start at 0, have no gaps and never change. They follow the order in which the journal
/// first names each item, so a replay gives the same ones. One thread adds; any thread reads.
///
/// Ids are found by open addressing, in 16 to 32 bytes an item where a map of boxed numbers takes
/// 48. Whoever names items may choose ids whose hashes are the same, so a search looks at
/// [#LONGEST_SEARCH] places, and what found none of them free lies in a map that keeps such ids in
/// order.
public final class Vocabulary {
  /// Stands for "no such item".
  public static final int UNKNOWN = -1;

  static final int LONGEST_SEARCH = 32;

  private static final int FREE = 0;
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

  /// The id's hash in the upper half, the index + 1 in the lower; at most half of the places are
  /// taken, and there are a power of two.
  private volatile long[] slots = new long[2048];

  private final ConcurrentHashMap<ItemId, Integer> crowded = new ConcurrentHashMap<>();
  private volatile ItemId[] ids = new ItemId[1024];
  private volatile int size;

  /// How many times the journal names each item; only the folding side looks at it.
  private int[] mentions = new int[1024];

  /// The item's index, or [#UNKNOWN].
  public int indexOf(ItemId id) {
    long[] table = slots;
    int hash = id.hashCode();
    int place = home(hash, table);
    for (int looked = 0; looked < LONGEST_SEARCH; looked++) {
      long entry = (long) SLOT.getAcquire(table, place);
      if (entry == FREE) {
        return UNKNOWN;
      }
      int index = (int) entry - 1;
      if (hash(entry) == hash && ids[index].equals(id)) {
        return index;
      }
      place = (place + 1) & (table.length - 1);
    }
    return crowded.getOrDefault(id, UNKNOWN);
  }

  private static int hash(long entry) {
    return (int) (entry >>> Integer.SIZE);
  }

  /// Where the search for a hash begins: the uppermost bits of a product, which all of its bits
  /// have a part in.
  private static int home(int hash, long[] table) {
    return (hash * 0x9e3779b9) >>> (1 + Integer.numberOfLeadingZeros(table.length));
  }

  /// The item's index, given to it now if it is new; the item is named once more. Only the folding
  /// thread calls this.
  public int add(ItemId id) {
    return add(id, 1);
  }

  int add(ItemId id, int times) {
    int known = indexOf(id);
    int index = known == UNKNOWN ? addNew(id) : known;
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
    if (2 * size > slots.length) {
      slots = larger(slots);
    }
    enter(slots, (long) id.hashCode() << Integer.SIZE | (index + 1));
    return index;
  }

  private long[] larger(long[] table) {
    long[] larger = new long[2 * table.length];
    for (long entry : table) {
      if (entry != FREE) {
        enter(larger, entry);
      }
    }
    return larger;
  }

  /// A reader who finds the entry finds its id, too, as that was written before; one who took the
  /// table before a larger one came misses only what was added after it asked.
  private void enter(long[] table, long entry) {
    int place = home(hash(entry), table);
    for (int looked = 0; looked < LONGEST_SEARCH; looked++) {
      if (table[place] == FREE) {
        SLOT.setRelease(table, place, entry);
        return;
      }
      place = (place + 1) & (table.length - 1);
    }
    int index = (int) entry - 1;
    crowded.put(ids[index], index);
  }

  /// Takes back one [#add]: the record that named the item was erased. The index stays, but an item
  /// that is named nowhere any more is not kept at rest.
  public void unname(ItemId id) {
    int known = indexOf(id);
    if (known != UNKNOWN && mentions[known] > 0) {
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

  /// Whether the item has that index.
  public boolean isAt(int index, ItemId id) {
    return index < size && ids[index].equals(id);
  }

  /// How many items have an index.
  public int size() {
    return size;
  }
}
