package io.zhiyin.engine.filter;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.pipeline.ItemCondition;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Remembers of which items a condition holds that reads nothing but the item, as requests with the
/// same condition come again and again.
///
/// The catalogue makes a new [Item] with each change, so what is kept for an object never becomes
/// wrong: there is nothing to invalidate. An answer that is lost because two threads write is
/// evaluated once more.
///
/// Kept in pages by item index, two references an item. When the pages that all conditions of a
/// shop share are used up, what is new is evaluated each time.
final class ItemVerdicts {
  private static final int PAGE_BITS = 10;
  private static final int PAGE = 1 << PAGE_BITS;

  private final Semaphore freePages;
  private volatile AtomicReferenceArray<@Nullable Item @Nullable []> pages =
      new AtomicReferenceArray<>(0);
  private int taken;
  private boolean closed;

  /// @param freePages how many pages may still be taken, by all conditions together
  ItemVerdicts(Semaphore freePages) {
    this.freePages = freePages;
  }

  /// The condition as these remember it.
  record Remembered(ItemVerdicts verdicts, ItemCondition condition) implements ItemCondition {
    @Override
    public boolean holds(Item item) {
      return holds(item.index(), item);
    }

    @Override
    public boolean holds(int index, Item item) {
      return verdicts.holds(index, item, condition);
    }
  }

  /// What the condition says of the item, from memory where it was asked before.
  @SuppressWarnings("ReferenceEquality") // the same object, not an equal one
  private boolean holds(int index, Item item, ItemCondition condition) {
    @Nullable Item[] page = page(index >>> PAGE_BITS);
    if (page == null) {
      return condition.holds(item);
    }
    int yes = 2 * (index & (PAGE - 1));
    int no = yes + 1;
    if (page[yes] == item) {
      return true;
    }
    if (page[no] == item) {
      return false;
    }
    boolean holds = condition.holds(item);
    page[holds ? yes : no] = item;
    page[holds ? no : yes] = null; // an older version of the item need not stay in memory
    return holds;
  }

  private @Nullable Item @Nullable [] page(int number) {
    AtomicReferenceArray<@Nullable Item @Nullable []> known = pages;
    @Nullable Item[] page = number < known.length() ? known.get(number) : null;
    return page == null ? newPage(number) : page;
  }

  private synchronized @Nullable Item @Nullable [] newPage(int number) {
    if (number < pages.length() && pages.get(number) != null) {
      return pages.get(number);
    }
    if (closed || !freePages.tryAcquire()) {
      return null;
    }
    taken++;
    if (number >= pages.length()) {
      AtomicReferenceArray<@Nullable Item @Nullable []> longer =
          new AtomicReferenceArray<>(Math.max(number + 1, pages.length() * 3 / 2));
      for (int i = 0; i < pages.length(); i++) {
        longer.set(i, pages.get(i));
      }
      pages = longer;
    }
    @Nullable Item[] page = new Item[2 * PAGE];
    pages.set(number, page);
    return page;
  }

  /// Gives its pages back; from now on every question is evaluated.
  synchronized void close() {
    closed = true;
    pages = new AtomicReferenceArray<>(0);
    freePages.release(taken);
    taken = 0;
  }
}
