package io.zhiyin.engine.rule;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.InvalidFieldException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a cap counts apart: each brand, each category, or each value of an attribute.
public sealed interface Grouping {
  /// The name of the item's group; null for an item that has none and is not counted.
  @Nullable String groupOf(Item item);

  /// As it is written in a rule: `brand`, `category`, `category:1`, `attributes.seller`.
  String text();

  /// Each brand.
  record ByBrand() implements Grouping {
    @Override
    public @Nullable String groupOf(Item item) {
      return item.brand().isEmpty() ? null : item.brand();
    }

    @Override
    public String text() {
      return "brand";
    }
  }

  /// Each category, by the item's first path.
  ///
  /// @param level how many levels from the root count; 0 for the whole path
  record ByCategory(int level) implements Grouping {
    @Override
    public @Nullable String groupOf(Item item) {
      int[] path = item.categoryPath();
      if (path.length == 0) {
        return null;
      }
      int depth = level == 0 ? path.length : Math.min(level, path.length);
      return Integer.toString(path[depth - 1]);
    }

    @Override
    public String text() {
      return level == 0 ? "category" : "category:" + level;
    }
  }

  /// Each value of an attribute, such as the seller.
  record ByAttribute(String name) implements Grouping {
    @Override
    public @Nullable String groupOf(Item item) {
      Map<String, String> attributes = item.fields().attributes();
      return attributes == null ? null : attributes.get(name);
    }

    @Override
    public String text() {
      return "attributes." + name;
    }
  }

  /// @throws InvalidFieldException of the field `per`
  static Grouping parse(String text) {
    if (text.equals("brand")) {
      return new ByBrand();
    }
    if (text.equals("category")) {
      return new ByCategory(0);
    }
    if (text.matches("category:[1-9]")) {
      return new ByCategory(text.charAt(text.length() - 1) - '0');
    }
    if (text.matches("attributes\\..{1,100}")) {
      return new ByAttribute(text.substring("attributes.".length()));
    }
    throw new InvalidFieldException(
        "per",
        text,
        "must be one of " + List.of("brand", "category", "category:1", "attributes.NAME"));
  }
}
