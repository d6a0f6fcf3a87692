package io.zhiyin.engine.search;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Suggestions out of the items that match what was typed so far: their categories and brands that
/// say it, then the items themselves.
final class Completions {
  private static final int MAX_CATEGORIES = 2;
  private static final int MAX_BRANDS = 2;

  private final Catalog catalog;
  private final String typed;
  private final String language;

  Completions(Catalog catalog, String typed, String language) {
    this.catalog = catalog;
    this.typed = typed.strip().toLowerCase(Locale.ROOT);
    this.language = language;
  }

  List<Suggestion> of(int[] items, int most) {
    Set<Suggestion> categories = new LinkedHashSet<>();
    Set<Suggestion> brands = new LinkedHashSet<>();
    Set<Suggestion> titles = new LinkedHashSet<>();
    Set<String> said = new LinkedHashSet<>();
    for (int index : items) {
      Item item = catalog.at(index);
      if (item == null) {
        continue;
      }
      addCategories(item, categories);
      String brand = ItemText.brand(item, language);
      if (brands.size() < MAX_BRANDS && says(brand)) {
        brands.add(new Suggestion(Suggestion.Kind.BRAND, brand, item.brand()));
      }
      String title = ItemText.title(item, language);
      if (said.add(title)) {
        titles.add(new Suggestion(Suggestion.Kind.ITEM, title, item.itemId().value()));
      }
    }
    List<Suggestion> all = new ArrayList<>(categories);
    all.addAll(brands);
    all.addAll(titles);
    return all.stream().limit(most).toList();
  }

  private void addCategories(Item item, Set<Suggestion> categories) {
    String[] levels = ItemText.levels(item, language);
    int[] path = item.categoryPath();
    for (int i = 0; i < Math.min(levels.length, path.length); i++) {
      if (categories.size() < MAX_CATEGORIES && says(levels[i])) {
        String value = catalog.categories().pathOf(path[i]);
        categories.add(new Suggestion(Suggestion.Kind.CATEGORY, levels[i], value));
      }
    }
  }

  private boolean says(String name) {
    return name.toLowerCase(Locale.ROOT).contains(typed);
  }
}
