package io.zhiyin.learning.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The settings that a shop's models are trained with where they differ from the defaults, as
/// `recipe.json` in the shop's directory. What is not named follows the defaults, also those of a
/// later version.
///
/// @param changes values by what they are of
public record ShopRecipe(Map<Knob, Double> changes) {
  public static final String NAME = "recipe.json";
  public static final ShopRecipe DEFAULTS = new ShopRecipe(Map.of());

  private static final SealedJson FILE = new SealedJson("recipe", 1);
  private static final String ADVICE =
      "Delete the file to train with the defaults, or run './zhiyin tune' to write it anew.";

  public ShopRecipe {
    changes = Map.copyOf(changes);
  }

  /// The shop's recipe; the defaults where there is none.
  ///
  /// @throws ModelException when it is damaged, or newer than this version reads
  public static ShopRecipe of(Path shopDirectory) throws IOException {
    Path file = shopDirectory.resolve(NAME);
    return Files.exists(file) ? read(FILE.read(file, ADVICE), file.toString()) : DEFAULTS;
  }

  public void write(Path shopDirectory) throws IOException {
    FILE.write(shopDirectory.resolve(NAME), json());
  }

  public SequenceSettings settings() {
    SequenceSettings settings = SequenceSettings.defaults();
    for (Map.Entry<Knob, Double> change : ordered().entrySet()) {
      settings = change.getKey().with(settings, change.getValue());
    }
    return settings;
  }

  private Map<Knob, Double> ordered() {
    Map<Knob, Double> ordered = new EnumMap<>(Knob.class);
    ordered.putAll(changes);
    return ordered;
  }

  /// The changes by wire name.
  public ObjectNode json() {
    ObjectNode node = SealedJson.object();
    ordered().forEach((knob, value) -> node.put(knob.wireName(), value));
    return node;
  }

  /// The reverse of [#json].
  ///
  /// @param source names the text in messages
  /// @throws ModelException when a setting is not known or its value is not one that is tried
  public static ShopRecipe read(JsonNode node, String source) {
    Map<Knob, Double> changes = new EnumMap<>(Knob.class);
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      Knob knob =
          Knob.of(entry.getKey())
              .orElseThrow(
                  () ->
                      new ModelException(
                          source
                              + " names a setting '"
                              + entry.getKey()
                              + "' that this version does not know. Update Zhiyin. "
                              + ADVICE));
      double value = entry.getValue().asDouble(Double.NaN);
      if (!(value >= 0)) {
        throw new ModelException(
            source + " has no usable value of '" + entry.getKey() + "'. " + ADVICE);
      }
      changes.put(knob, value);
    }
    return new ShopRecipe(changes);
  }

  /// As in `embeddingSize 128, dropout 0.3`; `defaults / 默认` without changes.
  public String words() {
    return changes.isEmpty()
        ? "defaults / 默认"
        : ordered().entrySet().stream()
            .map(change -> change.getKey().wireName() + " " + number(change.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
