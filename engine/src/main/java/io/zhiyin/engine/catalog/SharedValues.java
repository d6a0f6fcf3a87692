package io.zhiyin.engine.catalog;

import io.zhiyin.engine.event.ItemFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps one copy of what many items say alike: brands, categories, tags, currencies, languages.
///
/// Only the folding thread uses it.
final class SharedValues {
  /// Beyond so many different values they are not worth looking for.
  private static final int BOUND = 200_000;

  private final Map<Object, Object> known = new HashMap<>();

  ItemFields of(ItemFields fields) {
    return new ItemFields(
        fields.title(),
        fields.description(),
        texts(fields.categories()),
        one(fields.brand()),
        fields.price(),
        one(fields.currency()),
        one(fields.stock()),
        fields.available(),
        one(fields.language()),
        fields.imageUrls(),
        texts(fields.tags()),
        fields.attributes(),
        fields.publishTime(),
        fields.expireTime());
  }

  @Nullable List<String> texts(@Nullable List<String> texts) {
    if (texts == null) {
      return null;
    }
    List<String> same = find(texts);
    return same == null ? one(List.copyOf(texts.stream().map(this::one).toList())) : same;
  }

  @SuppressWarnings("unchecked") // an equal value of the same class
  private <T> @Nullable T find(T value) {
    return (T) known.get(value);
  }

  <T extends @Nullable Object> T one(T value) {
    if (value == null) {
      return value;
    }
    T same = find(value);
    if (same != null) {
      return same;
    }
    if (known.size() < BOUND) {
      known.put(value, value);
    }
    return value;
  }
}
