package io.zhiyin.engine.pipeline;

import io.zhiyin.engine.catalog.ItemSlots;
import java.util.Arrays;
import java.util.Optional;

/// The items that filters took out of one request's candidates, each with the one that did so
/// first, in that order. Written by one thread, then only read.
public final class FilteredItems {
  private static final int USUALLY = 128;

  private final ItemSlots numbers = new ItemSlots(USUALLY);
  private int[] items = new int[USUALLY];
  private String[] filters = new String[USUALLY];

  /// Notes that the named filter took the item out, unless another one did before.
  public void add(int item, String filter) {
    if (item < 0 || !numbers.add(item)) {
      return;
    }
    int number = numbers.size() - 1;
    if (number == items.length) {
      items = Arrays.copyOf(items, 2 * number);
      filters = Arrays.copyOf(filters, 2 * number);
    }
    items[number] = item;
    filters[number] = filter;
  }

  /// The filter that took the item out; empty where none did.
  public Optional<String> of(int item) {
    int number = item < 0 ? -1 : numbers.find(item);
    return number < 0 ? Optional.empty() : Optional.of(filters[number]);
  }

  public int size() {
    return numbers.size();
  }

  /// Receives an item with the filter that took it out.
  @FunctionalInterface
  public interface Visitor {
    void visit(int item, String filter);
  }

  public void forEach(Visitor visitor) {
    for (int i = 0; i < size(); i++) {
      visitor.visit(items[i], filters[i]);
    }
  }
}
