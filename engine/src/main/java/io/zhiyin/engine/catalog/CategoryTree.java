package io.zhiyin.engine.catalog;

import io.zhiyin.engine.event.ItemFields;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// All category paths seen, as nodes numbered from 0. `Beauty > Nails` has the nodes of `Beauty`
/// and of `Beauty > Nails`. One thread adds; any thread reads.
public final class CategoryTree {
  private static final int[] NONE = {};
  private final ConcurrentHashMap<String, Integer> nodes = new ConcurrentHashMap<>();
  private volatile String[] paths = new String[64];
  private volatile int size;

  /// One copy of each path of nodes, by its last node; only the folding thread uses it.
  private final Map<Integer, int[]> known = new HashMap<>();

  /// The nodes from the root to the end of `path`, added where they are new.
  int[] add(String path) {
    String[] levels = ItemFields.levels(path);
    int[] result = new int[levels.length];
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < levels.length; i++) {
      prefix.append(i == 0 ? "" : ItemFields.LEVEL).append(levels[i].strip());
      result[i] = node(prefix.toString());
    }
    return shared(result);
  }

  /// The one copy of that path, which nobody changes.
  int[] shared(int[] path) {
    return path.length == 0
        ? NONE
        : known.merge(
            path[path.length - 1], path, (old, same) -> Arrays.equals(old, same) ? old : same);
  }

  /// Adds a node as it was numbered before.
  void restore(String path) {
    node(path);
  }

  private int node(String path) {
    Integer known = nodes.get(path);
    if (known != null) {
      return known;
    }
    int node = size;
    String[] array = node == paths.length ? Arrays.copyOf(paths, node * 2) : paths;
    array[node] = path;
    paths = array;
    size = node + 1;
    nodes.put(path, node);
    return node;
  }

  /// The node of a full path, or -1.
  public int nodeOf(String path) {
    Integer node = nodes.get(path);
    return node == null ? -1 : node;
  }

  /// The full path of a node, as in `Beauty > Nails`.
  public String pathOf(int node) {
    if (node < 0 || node >= size) {
      throw new IndexOutOfBoundsException("no category has number " + node);
    }
    return paths[node];
  }

  public int size() {
    return size;
  }
}
