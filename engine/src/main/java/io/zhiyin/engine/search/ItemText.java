package io.zhiyin.engine.search;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.ItemFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;

/// What is searched of an item. Titles, categories and brands in other languages are read from its
/// attributes: `title_zh`, `category_en`, `brand_zh`.
final class ItemText {
  static final String ITEM = "item";
  static final String WORDS = "words";
  static final String TITLE = "title";

  /// Each field as it is searched.
  static final Analyzer ANALYZER =
      new PerFieldAnalyzerWrapper(SearchText.INDEX, Map.of(WORDS, SearchText.WORDS));

  /// The fields that are searched, and what a hit in each is worth.
  static final Map<String, Float> FIELDS =
      Map.of(TITLE, 3f, "brand", 2f, "category", 1.5f, "tags", 1.5f, "about", 0.5f);

  /// So many characters of a description are read.
  private static final int MAX_ABOUT = 2_000;

  private static final FieldType EXISTS = new FieldType();

  static {
    EXISTS.setIndexOptions(IndexOptions.DOCS);
    EXISTS.setTokenized(true);
    EXISTS.setOmitNorms(true);
    EXISTS.freeze();
  }

  private ItemText() {}

  static Term key(int item) {
    return new Term(ITEM, Integer.toString(item, Character.MAX_RADIX));
  }

  static Document document(Item item) {
    Document document = new Document();
    document.add(new StringField(ITEM, key(item.index()).text(), Field.Store.NO));
    document.add(new NumericDocValuesField(ITEM, item.index()));
    List<String> words = new ArrayList<>();
    add(document, TITLE, named(item, TITLE, item.fields().title()), words);
    add(document, "brand", named(item, "brand", item.fields().brand()), words);
    add(document, "category", categories(item), words);
    List<String> tags = item.fields().tags();
    add(document, "tags", tags == null ? List.of() : tags, words);
    List<String> about = named(item, "description", item.fields().description());
    add(document, "about", about.stream().map(ItemText::shortened).toList(), new ArrayList<>());
    words.forEach(text -> document.add(new Field(WORDS, text, EXISTS)));
    return document;
  }

  private static String shortened(String text) {
    return text.length() <= MAX_ABOUT ? text : text.substring(0, MAX_ABOUT);
  }

  private static void add(Document document, String field, List<String> texts, List<String> words) {
    for (String text : texts) {
      document.add(new TextField(field, text, Field.Store.NO));
      words.add(text);
    }
  }

  private static List<String> categories(Item item) {
    List<String> result = new ArrayList<>();
    List<String> paths = item.fields().categories();
    if (paths != null) {
      result.addAll(paths);
    }
    result.addAll(named(item, "category", null));
    return result;
  }

  /// The text itself and what the attributes `NAME_…` say; each once.
  private static List<String> named(
      Item item, String name, @org.jspecify.annotations.Nullable String own) {
    List<String> result = new ArrayList<>();
    if (own != null) {
      result.add(own);
    }
    Map<String, String> attributes = item.fields().attributes();
    if (attributes != null) {
      attributes.forEach(
          (key, value) -> {
            if (key.startsWith(name + "_") && !result.contains(value)) {
              result.add(value);
            }
          });
    }
    return result;
  }

  /// The brand in that language where the item says it.
  static String brand(Item item, String language) {
    Map<String, String> attributes = item.fields().attributes();
    String brand = attributes == null ? null : attributes.get("brand_" + language);
    return brand == null ? item.brand() : brand;
  }

  /// The title in that language where the item has one.
  static String title(Item item, String language) {
    Map<String, String> attributes = item.fields().attributes();
    String title = attributes == null ? null : attributes.get("title_" + language);
    return title == null ? item.title() : title;
  }

  /// The names of the levels of the first category in that language.
  static String[] levels(Item item, String language) {
    List<String> paths = item.fields().categories();
    if (paths == null || paths.isEmpty()) {
      return new String[0];
    }
    Map<String, String> attributes = item.fields().attributes();
    String named = attributes == null ? null : attributes.get("category_" + language);
    String[] own = ItemFields.levels(paths.getFirst());
    String[] levels = named == null ? own : ItemFields.levels(named);
    return levels.length == own.length ? levels : own;
  }
}
