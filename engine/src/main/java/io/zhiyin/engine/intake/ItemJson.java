package io.zhiyin.engine.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Items as JSON, in and out, and the changes of the catalogue that they become.
///
/// Each change gets an id of its own: a shop that puts a price back to what it was means it.
public final class ItemJson {
  /// The fields of the item document beside `itemId`.
  static final Set<String> FIELDS =
      Set.of(
          "title",
          "description",
          "categories",
          "brand",
          "price",
          "currency",
          "stock",
          "available",
          "language",
          "imageUrls",
          "tags",
          "attributes",
          "publishTime",
          "expireTime");

  static final Set<String> DOCUMENT = withId(FIELDS);
  private static final int MAX_LIST = 100;
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
  private static final Pattern LEVELS = Pattern.compile("\\s*>\\s*");
  private static final Pattern IMAGE = Pattern.compile("(?i)(https?://|/)\\S*");

  private final Clock clock;
  private final AtomicLong changes = new AtomicLong();

  public ItemJson(Clock clock) {
    this.clock = clock;
  }

  /// The documents of a request body, each with its `itemId`; see [Batch#read].
  public Batch<CatalogEvent> readBatch(byte[] body) {
    return Batch.read(body, this::readPut);
  }

  /// A whole document with its `itemId`.
  public CatalogEvent.ItemPut readPut(JsonNode node) {
    JsonFields document = new JsonFields(node, "", DOCUMENT);
    return put(new ItemId(document.required("itemId")), fields(document));
  }

  /// A whole document of the item that the address names; an `itemId` inside must be the same.
  public CatalogEvent.ItemPut readPut(ItemId id, JsonNode node) {
    return put(id, fields(documentOf(id, node)));
  }

  /// Some fields of the item that the address names. A field that is `null` stays as it is.
  public CatalogEvent.ItemPatch readPatch(ItemId id, JsonNode node) {
    ItemFields fields = fields(documentOf(id, node));
    Instant now = clock.instant();
    return new CatalogEvent.ItemPatch(changeId("patch", id, fields, now), now, id, fields);
  }

  public CatalogEvent.ItemDelete delete(ItemId id) {
    Instant now = clock.instant();
    EventId change = changeId("delete", id, ItemFields.NONE, now);
    return new CatalogEvent.ItemDelete(change, now, id);
  }

  /// Reads a body that must be one JSON value.
  ///
  /// @throws InvalidFieldException when it is not
  public static JsonNode tree(byte[] body) {
    Batch<JsonNode> batch = Batch.read(body, node -> node);
    if (!batch.rejected().isEmpty()) {
      Batch.Rejection first = batch.rejected().getFirst();
      throw new InvalidFieldException(first.field(), first.value(), first.reason());
    }
    if (batch.kept().size() != 1) {
      throw new InvalidFieldException("body", batch.kept().size(), "must be one object");
    }
    return batch.kept().getFirst();
  }

  private CatalogEvent.ItemPut put(ItemId id, ItemFields fields) {
    Instant now = clock.instant();
    return new CatalogEvent.ItemPut(changeId("put", id, fields, now), now, id, fields);
  }

  private EventId changeId(String change, ItemId id, ItemFields fields, Instant now) {
    long number = changes.incrementAndGet();
    String content = change + ' ' + write(id, fields) + ' ' + now + ' ' + number;
    return new EventId("i-" + ContentIds.hash(content));
  }

  private static JsonFields documentOf(ItemId id, JsonNode node) {
    JsonFields document = new JsonFields(node, "", DOCUMENT);
    String inside = document.text("itemId");
    if (inside != null && !inside.equals(id.value())) {
      throw new InvalidFieldException("itemId", inside, "is not the item of the address: " + id);
    }
    return document;
  }

  static ItemFields fields(JsonFields document) {
    List<String> categories = document.texts("categories", MAX_LIST);
    return new ItemFields(
        document.text("title"),
        document.text("description"),
        categories == null
            ? null
            : categories.stream().map(path -> category("categories", path)).toList(),
        shortText("brand", document.text("brand")),
        document.number("price"),
        matching(
            "currency", document.text("currency"), CURRENCY, "must be a code such as CNY or EUR"),
        document.integer("stock"),
        document.flag("available"),
        matching("language", document.text("language"), LANGUAGE, "must be a tag such as zh or en"),
        images(document.texts("imageUrls", MAX_LIST)),
        tags(document.texts("tags", MAX_LIST)),
        facts(document.facts("attributes")),
        document.time("publishTime"),
        document.time("expireTime"));
  }

  /// A category path with its levels parted by `" > "`, however they were spaced.
  static String category(String field, String path) {
    String[] levels = LEVELS.split(path.strip(), -1);
    if (Arrays.stream(levels).anyMatch(String::isBlank)) {
      throw new InvalidFieldException(field, path, "must not have an empty level");
    }
    if (path.length() > 1_000 || levels.length > 16) {
      throw new InvalidFieldException(
          field, path, "must have at most 16 levels and 1000 characters");
    }
    return String.join(ItemFields.LEVEL, levels);
  }

  private static @Nullable String matching(
      String field, @Nullable String text, Pattern pattern, String reason) {
    if (text != null && !pattern.matcher(text).matches()) {
      throw new InvalidFieldException(field, text, reason);
    }
    return text;
  }

  private static @Nullable String shortText(String field, @Nullable String text) {
    if (text != null && text.length() > 500) {
      throw new InvalidFieldException(field, text, "must have at most 500 characters");
    }
    return text;
  }

  private static @Nullable List<String> images(@Nullable List<String> urls) {
    for (String url : urls == null ? List.<String>of() : urls) {
      matching("imageUrls", url, IMAGE, "must start with https://, http:// or /");
    }
    return urls;
  }

  private static @Nullable List<String> tags(@Nullable List<String> tags) {
    for (String tag : tags == null ? List.<String>of() : tags) {
      shortText("tags", tag);
    }
    return tags;
  }

  private static @Nullable Map<String, String> facts(@Nullable Map<String, String> facts) {
    if (facts != null && facts.size() > MAX_LIST) {
      throw new InvalidFieldException(
          "attributes", facts.size(), "may have at most " + MAX_LIST + " entries");
    }
    return facts;
  }

  /// The item as the document that [#readPut] takes; what is not known is left out.
  public static ObjectNode write(ItemId id, ItemFields fields) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("itemId", id.value());
    put(node, "title", fields.title());
    put(node, "description", fields.description());
    put(node, "categories", fields.categories());
    put(node, "brand", fields.brand());
    if (fields.price() != null) {
      node.put("price", fields.price());
    }
    put(node, "currency", fields.currency());
    if (fields.stock() != null) {
      node.put("stock", fields.stock());
    }
    if (fields.available() != null) {
      node.put("available", fields.available());
    }
    put(node, "language", fields.language());
    put(node, "imageUrls", fields.imageUrls());
    put(node, "tags", fields.tags());
    if (fields.attributes() != null) {
      ObjectNode attributes = node.putObject("attributes");
      new TreeMap<>(fields.attributes()).forEach(attributes::put);
    }
    put(node, "publishTime", fields.publishTime());
    put(node, "expireTime", fields.expireTime());
    return node;
  }

  private static void put(ObjectNode node, String name, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case List<?> list -> {
        ArrayNode array = node.putArray(name);
        list.forEach(entry -> array.add(entry.toString()));
      }
      default -> node.put(name, value.toString());
    }
  }

  private static Set<String> withId(Set<String> fields) {
    Set<String> all = new HashSet<>(fields);
    all.add("itemId");
    return all.stream().collect(Collectors.toUnmodifiableSet());
  }
}
