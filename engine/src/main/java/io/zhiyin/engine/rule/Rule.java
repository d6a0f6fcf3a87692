package io.zhiyin.engine.rule;

import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One wish of the shop for its lists. An item *matches* it when it is among `items` (where given)
/// and `when` holds for it (where given).
///
/// @param id 1 to 64 letters, digits, `.`, `_`, `-`; names the rule in traces
/// @param name for people; may be empty
/// @param when a condition on the item, in CEL; empty for every item
/// @param items the only items that match, in the order in which a pin takes them; empty for any
/// @param audience a condition on shopper, page and cart, in CEL; empty for every request
/// @param scenarios where it holds; empty for everywhere
/// @param from holds from then on; null for always
/// @param until does not hold from then on; null for ever
/// @param enabled false keeps it without applying it
public record Rule(
    String id,
    String name,
    String when,
    List<ItemId> items,
    String audience,
    Set<String> scenarios,
    @Nullable Instant from,
    @Nullable Instant until,
    boolean enabled,
    Action action) {
  public static final int MAX_ITEMS = 10_000;

  /// @throws InvalidFieldException when a field is not as it must be
  public Rule {
    if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new InvalidFieldException(
          "id", id, "must have 1 to 64 letters, digits, dots, underscores or hyphens");
    }
    if (name.length() > 200) {
      throw new InvalidFieldException("name", name, "must have at most 200 characters");
    }
    if (items.size() > MAX_ITEMS) {
      throw new InvalidFieldException(
          "items", items.size(), "may have at most " + MAX_ITEMS + " entries");
    }
    if (new HashSet<>(items).size() < items.size()) {
      throw new InvalidFieldException("items", items.size(), "must not name an item twice");
    }
    if (from != null && until != null && !from.isBefore(until)) {
      throw new InvalidFieldException("until", until, "must be after from");
    }
    if (when.isEmpty() && items.isEmpty() && !(action instanceof Action.Cap)) {
      throw new InvalidFieldException(
          "when", null, "or items is required, or it is about all items");
    }
    items = List.copyOf(items);
    scenarios = Set.copyOf(scenarios);
  }

  /// Whether it holds in that scenario at that moment, whoever asks.
  public boolean isActive(String scenario, Instant now) {
    return enabled
        && (scenarios.isEmpty() || scenarios.contains(scenario))
        && (from == null || !now.isBefore(from))
        && (until == null || now.isBefore(until));
  }
}
