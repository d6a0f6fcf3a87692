package io.zhiyin.engine.content;

import io.zhiyin.engine.event.ItemFields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names every feature of an item's document.
final class ItemReader {
  private static final int MAX_VALUES = 32;
  private static final int MAX_VALUE_LENGTH = 60;
  private static final double BAND = Math.log(1.5);

  /// Where features go.
  @FunctionalInterface
  interface Sink {
    void add(ContentField field, String text);
  }

  private ItemReader() {}

  static void read(ItemFields fields, Sink sink) {
    title(fields.title(), sink);
    for (String path : orEmpty(fields.categories())) {
      category(path, sink);
    }
    if (fields.brand() != null && !fields.brand().isBlank()) {
      sink.add(ContentField.BRAND, plain(fields.brand()));
    }
    for (String tag : orEmpty(fields.tags())) {
      sink.add(ContentField.TAG, plain(tag));
    }
    attributes(fields.attributes(), sink);
    price(fields, sink);
  }

  private static void title(@Nullable String title, Sink sink) {
    if (title == null) {
      return;
    }
    TextTokens tokens = TextTokens.of(title);
    tokens.words().forEach(word -> sink.add(ContentField.WORD, word));
    tokens.wordPairs().forEach(pair -> sink.add(ContentField.WORD_PAIR, pair));
    tokens.characters().forEach(character -> sink.add(ContentField.CHARACTER, character));
    tokens.characterPairs().forEach(pair -> sink.add(ContentField.CHARACTER_PAIR, pair));
  }

  /// Each level with the levels above it.
  private static void category(String path, Sink sink) {
    StringBuilder prefix = new StringBuilder();
    for (String level : ItemFields.levels(path)) {
      prefix.append(prefix.isEmpty() ? "" : ItemFields.LEVEL).append(plain(level));
      sink.add(ContentField.CATEGORY, prefix.toString());
    }
  }

  /// Short values say what an item is; long ones are prose, and numbers of record say nothing.
  private static void attributes(@Nullable Map<String, String> attributes, Sink sink) {
    if (attributes == null) {
      return;
    }
    attributes.entrySet().stream()
        .filter(entry -> entry.getValue().length() <= MAX_VALUE_LENGTH)
        .filter(entry -> !isRecordNumber(entry.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .limit(MAX_VALUES)
        .forEach(
            entry ->
                sink.add(
                    ContentField.ATTRIBUTE, plain(entry.getKey()) + '=' + plain(entry.getValue())));
  }

  private static boolean isRecordNumber(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith("id")
        || lower.endsWith("url")
        || lower.contains("sku")
        || lower.contains("ean")
        || lower.contains("asin")
        || lower.contains("barcode");
  }

  /// Two grids of price bands, half a band apart: prices within half a band share at least one.
  private static void price(ItemFields fields, Sink sink) {
    Double price = fields.price();
    if (price == null || price <= 0) {
      return;
    }
    double step = Math.log(price) / BAND;
    String currency = fields.currency() == null ? "" : fields.currency();
    sink.add(ContentField.PRICE_BAND, currency + 'a' + (long) Math.floor(step));
    sink.add(ContentField.PRICE_BAND, currency + 'b' + (long) Math.floor(step + 0.5));
  }

  private static String plain(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  private static List<String> orEmpty(@Nullable List<String> list) {
    return list == null ? List.of() : list.subList(0, Math.min(list.size(), MAX_VALUES));
  }
}
