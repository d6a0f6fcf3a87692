package io.zhiyin.lab.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.lab.simulate.ProductType.Demand;
import io.zhiyin.lab.simulate.ProductType.Department;
import io.zhiyin.lab.simulate.ProductType.Noun;
import io.zhiyin.lab.simulate.ProductType.Price;
import io.zhiyin.lab.simulate.ProductType.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The shop's vocabulary, read from `shop.json` and `departments/*.json` beside this class.
final class ShopWords {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Style> styles = new ArrayList<>();
  private final List<Colour> colours = new ArrayList<>();
  private final List<Brand> brands = new ArrayList<>();
  private final List<ProductType> types = new ArrayList<>();
  private final List<Persona> personas = new ArrayList<>();
  private final Map<String, Integer> typeIndex = new HashMap<>();

  private ShopWords() {}

  static ShopWords load() {
    ShopWords words = new ShopWords();
    JsonNode shop = read("shop.json");
    for (JsonNode node : shop.get("styles")) {
      words.styles.add(
          new Style(
              node.get("id").asText(),
              phrase(node, "name"),
              texts(node.get("patterns")),
              phrase(node, "line")));
    }
    for (JsonNode node : shop.get("colours")) {
      List<Integer> moods = texts(node.get("styles")).stream().map(words::style).toList();
      words.colours.add(new Colour(phrase(node, "name"), node.get("hex").asText(), moods));
    }
    for (String id : texts(shop.get("departments"))) {
      words.readDepartment(id, read("departments/" + id + ".json"));
    }
    for (JsonNode node : shop.get("personas")) {
      words.personas.add(words.persona(node));
    }
    return words;
  }

  List<Style> styles() {
    return styles;
  }

  List<Colour> colours() {
    return colours;
  }

  List<Brand> brands() {
    return brands;
  }

  List<ProductType> types() {
    return types;
  }

  List<Persona> personas() {
    return personas;
  }

  ProductType type(String id) {
    return Optional.ofNullable(typeIndex.get(id))
        .map(types::get)
        .orElseThrow(() -> new IllegalArgumentException("no product type '" + id + "'"));
  }

  private int style(String id) {
    for (int i = 0; i < styles.size(); i++) {
      if (styles.get(i).id().equals(id)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no style '" + id + "'");
  }

  private void readDepartment(String id, JsonNode node) {
    int index = types.isEmpty() ? 0 : types.getLast().department().index() + 1;
    List<Brand> makers = new ArrayList<>();
    for (String text : texts(node.get("brands"))) {
      String[] parts = text.split("\\|", -1);
      Brand brand =
          new Brand(
              brands.size(),
              new Phrase(parts[0], parts[1]),
              index,
              Double.parseDouble(parts[2]),
              style(parts[3]));
      brands.add(brand);
      makers.add(brand);
    }
    Optional<Phrase> line = node.has("line") ? Optional.of(phrase(node, "line")) : Optional.empty();
    Department department =
        new Department(index, id, phrase(node, "name"), List.copyOf(makers), line);
    Phrase template = new Phrase(node.get("en").asText(), node.get("zh").asText());
    for (JsonNode type : node.get("types")) {
      typeIndex.put(type.get("id").asText(), types.size());
      types.add(type(types.size(), department, template, type));
    }
  }

  private static ProductType type(int index, Department department, Phrase usual, JsonNode node) {
    String id = node.get("id").asText();
    Phrase template =
        new Phrase(node.path("en").asText(usual.en()), node.path("zh").asText(usual.zh()));
    String shape = node.path("shape").asText(id);
    List<Noun> nouns =
        texts(node.get("nouns")).stream()
            .map(text -> new Noun(Phrase.of(text), shapeIn(text, shape)))
            .toList();
    return new ProductType(
        index,
        id,
        department,
        phrase(node, "name"),
        new Words(template, nouns, phrases(node.get("features")), phrases(node.get("specs"))),
        new Price(
            node.get("price").get(0).asDouble(),
            node.get("price").get(1).asDouble(),
            node.path("graded").asBoolean(false)),
        texts(node.get("follows")),
        node.has("hues") ? texts(node.get("hues")) : List.of(),
        node.path("replenish").asInt(0),
        new Demand(
            node.get("weight").asDouble(),
            node.path("peak").asInt(0),
            node.path("season").asDouble(0)));
  }

  private static String shapeIn(String text, String usual) {
    String[] parts = text.split("\\|", -1);
    return parts.length > 2 ? parts[2] : usual;
  }

  private Persona persona(JsonNode node) {
    double[] weights = new double[types.size()];
    node.get("types")
        .properties()
        .forEach(entry -> weights[type(entry.getKey()).index()] = entry.getValue().asDouble());
    return new Persona(
        node.get("id").asText(),
        weights,
        texts(node.get("styles")).stream().map(this::style).toList(),
        node.get("budget").asDouble());
  }

  private static JsonNode read(String name) {
    try (InputStream in = ShopWords.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource '" + name + "' is missing");
      }
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("resource '" + name + "' cannot be read", e);
    }
  }

  private static Phrase phrase(JsonNode node, String field) {
    return Phrase.of(node.get(field).asText());
  }

  private static List<Phrase> phrases(JsonNode array) {
    return texts(array).stream().map(Phrase::of).toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return List.copyOf(texts);
  }

  /// A look, with the patterns that go with it.
  record Style(String id, Phrase name, List<String> patterns, Phrase line) {}

  /// @param styles the styles, by index, that wear this colour
  record Colour(Phrase name, String hex, List<Integer> styles) {}

  /// A way of living, of which each shopper has a mixture.
  ///
  /// @param types weight of each product type, by its index
  record Persona(String id, double[] types, List<Integer> styles, double budget) {}
}
