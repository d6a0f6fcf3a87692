package io.zhiyin.server.shop;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.ItemFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The categories and brands of a shop as a page shows them: categories with how many items each
/// has, both with their names in other languages where the items carry those (`category_zh`,
/// `brand_en`).
public final class CategoryShelf {
  private static final List<String> LANGUAGES = List.of("en", "zh");

  private volatile Seen seen = new Seen(-1, List.of(), Map.of());

  /// @param brands names by brand, then by language tag
  private record Seen(long version, List<Shelf> top, Map<String, Map<String, String>> brands) {}

  /// @param path the full path, as in `Beauty > Nails`
  /// @param names the last level's name by language tag
  /// @param items how many showable items it has, those of its children among them
  public record Shelf(String path, Map<String, String> names, int items, List<Shelf> children) {}

  /// The top categories with their children, the fullest first; made anew when the catalogue
  /// changed.
  public List<Shelf> top(Catalog catalog, Instant now) {
    return look(catalog, now).top;
  }

  private Seen look(Catalog catalog, Instant now) {
    long version = catalog.version();
    Seen known = seen;
    if (known.version != version) {
      known = new Seen(version, build(catalog, now), brands(catalog));
      seen = known;
    }
    return known;
  }

  /// The name of a category in another language, by its path or the last level of it; the last
  /// level itself where the items do not say.
  public String nameOf(String category, String language, Catalog catalog, Instant now) {
    return nameOf(top(catalog, now), category, language)
        .orElseGet(() -> category.substring(lastLevel(category)));
  }

  private static int lastLevel(String path) {
    int at = path.lastIndexOf(ItemFields.LEVEL);
    return at < 0 ? 0 : at + ItemFields.LEVEL.length();
  }

  /// The name of a brand in another language; the brand itself where the items do not say.
  public String brandNameOf(String brand, String language, Catalog catalog, Instant now) {
    return brandNames(brand, catalog, now).getOrDefault(language, brand);
  }

  /// The names of a brand by language tag; none where the items do not say.
  public Map<String, String> brandNames(String brand, Catalog catalog, Instant now) {
    return look(catalog, now).brands.getOrDefault(brand, Map.of());
  }

  private static Optional<String> nameOf(List<Shelf> shelves, String lastLevel, String language) {
    for (Shelf shelf : shelves) {
      String name = shelf.names.get(language);
      if (name != null && isLast(shelf.path, lastLevel)) {
        return Optional.of(name);
      }
      Optional<String> below = nameOf(shelf.children, lastLevel, language);
      if (below.isPresent()) {
        return below;
      }
    }
    return Optional.empty();
  }

  private static Map<String, Map<String, String>> brands(Catalog catalog) {
    Map<String, Map<String, String>> brands = new HashMap<>();
    for (int i = 0; i < catalog.indexBound(); i++) {
      Item item = catalog.at(i);
      Map<String, String> attributes = item == null ? null : item.fields().attributes();
      if (item != null && attributes != null && !item.brand().isEmpty()) {
        for (String language : LANGUAGES) {
          String name = attributes.get("brand_" + language);
          if (name != null) {
            brands.computeIfAbsent(item.brand(), _ -> new HashMap<>()).putIfAbsent(language, name);
          }
        }
      }
    }
    return brands;
  }

  private static List<Shelf> build(Catalog catalog, Instant now) {
    int nodes = catalog.categories().size();
    int[] counts = new int[nodes];
    @Nullable String[] zh = new @Nullable String[nodes];
    @Nullable String[] en = new @Nullable String[nodes];
    for (int i = 0; i < catalog.indexBound(); i++) {
      Item item = catalog.at(i);
      if (item != null && item.isShowableAt(now)) {
        int[] path = item.categoryPath();
        for (int level = 0; level < path.length && path[level] < nodes; level++) {
          counts[path[level]]++;
          zh[path[level]] = first(zh[path[level]], item, "category_zh", level);
          en[path[level]] = first(en[path[level]], item, "category_en", level);
        }
      }
    }
    List<Shelf> all = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      if (counts[node] > 0) {
        all.add(
            new Shelf(
                catalog.categories().pathOf(node),
                names(zh[node], en[node]),
                counts[node],
                List.of()));
      }
    }
    return children("", all);
  }

  /// The shelves directly under a path, each with its own children.
  private static List<Shelf> children(String parent, List<Shelf> all) {
    return all.stream()
        .filter(shelf -> parentOf(shelf.path).equals(parent))
        .map(shelf -> new Shelf(shelf.path, shelf.names, shelf.items, children(shelf.path, all)))
        .sorted(Comparator.comparingInt(Shelf::items).reversed().thenComparing(Shelf::path))
        .toList();
  }

  private static boolean isLast(String path, String level) {
    return path.equals(level) || path.endsWith(ItemFields.LEVEL + level);
  }

  private static String parentOf(String path) {
    int at = path.lastIndexOf(ItemFields.LEVEL);
    return at < 0 ? "" : path.substring(0, at);
  }

  private static Map<String, String> names(@Nullable String zh, @Nullable String en) {
    if (zh == null) {
      return en == null ? Map.of() : Map.of("en", en);
    }
    return en == null ? Map.of("zh", zh) : Map.of("zh", zh, "en", en);
  }

  private static @Nullable String first(
      @Nullable String known, Item item, String attribute, int level) {
    Map<String, String> attributes = item.fields().attributes();
    if (known != null || attributes == null) {
      return known;
    }
    String path = attributes.get(attribute);
    if (path == null) {
      return null;
    }
    String[] levels = ItemFields.levels(path);
    return level < levels.length ? levels[level] : null;
  }
}
