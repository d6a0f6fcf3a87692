package io.zhiyin.lab.simulate;

import io.zhiyin.lab.simulate.ShopEvent.Who;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The shop as its live shoppers see it: it shows lists and hears what they do.
public interface Shop {

  /// @param itemId the item of the page, where the page has one
  /// @throws ShopUnreachableException when no answer comes
  Slate recommend(String scenario, Who who, @Nullable String itemId, int n);

  /// @throws ShopUnreachableException when the events may not have arrived
  void send(List<NamedEvent> events);

  /// A shown list, best first.
  record Slate(String recommendationId, List<String> itemIds) {}

  /// An event with its id.
  record NamedEvent(String eventId, ShopEvent event) {}
}
