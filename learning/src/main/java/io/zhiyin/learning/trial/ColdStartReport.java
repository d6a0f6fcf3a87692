package io.zhiyin.learning.trial;

import java.util.List;
import java.util.Map;

/// How good each method is with items and shoppers that are new.
public record ColdStartReport(NewItems newItems, List<NewShoppers> newShoppers) {
  public ColdStartReport {
    newShoppers = List.copyOf(newShoppers);
  }

  /// Items that nothing has fitted.
  ///
  /// @param heldOut how many items every event of which was taken out of what was fitted
  /// @param removedEvents how many events that were
  /// @param cases questions whose right answer is one of these items
  /// @param figures by the method's name, in the order of reports
  public record NewItems(
      int heldOut, long removedEvents, int cases, Map<String, ItemFigures> figures) {}

  /// A method's accuracy where the right item is new, at the leading cut-off; own items left out.
  ///
  /// @param amongAll every item ranked
  /// @param amongNew the new items alone ranked
  public record ItemFigures(Slice.Accuracy amongAll, Slice.Accuracy amongNew) {}

  /// Shoppers of whom only their newest events were known.
  ///
  /// @param events how many at most; [#ALL] for everything
  /// @param cases questions, of the same shoppers for every number of events
  /// @param figures by the method's name, in the order of reports, own items left out
  public record NewShoppers(int events, int cases, Map<String, Slice.Accuracy> figures) {
    /// Every event that was known of the shopper.
    public static final int ALL = Integer.MAX_VALUE;
  }
}
