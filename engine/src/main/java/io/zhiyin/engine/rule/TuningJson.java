package io.zhiyin.engine.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Objective;
import io.zhiyin.engine.rerank.Diversity;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How scenarios are set, as JSON.
///
/// ```json
/// {"home-feed": {"diversity": 0.4, "diversityBy": "dpp", "objective": "conversion",
///                "fatigue": {"hours": 24, "shown": 3, "viewed": 1, "factor": 0.3},
///                "sources": {"trending": 0, "content-similar": 200}}}
/// ```
public final class TuningJson {
  private TuningJson() {}

  /// @throws InvalidFieldException of the first field that is not as it must be, such as
  ///   `scenarios.home-feed.diversity`
  public static Map<String, Tuning> read(@Nullable JsonNode node) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return Map.of();
    }
    if (!node.isObject()) {
      throw new InvalidFieldException("scenarios", node, "must be an object");
    }
    Map<String, Tuning> settings = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      try {
        settings.put(entry.getKey(), tuning(entry.getValue()));
      } catch (InvalidFieldException e) {
        throw new InvalidFieldException(
            "scenarios." + entry.getKey() + "." + e.field(), e.value(), e.reason());
      }
    }
    return settings;
  }

  private static Tuning tuning(JsonNode node) {
    RuleFields fields =
        RuleFields.of(
            node,
            "settings",
            Set.of("diversity", "diversityBy", "fatigue", "explore", "objective", "sources"));
    Integer explore = fields.whole("explore");
    JsonNode fatigue = fields.get("fatigue");
    JsonNode sources = fields.get("sources");
    return new Tuning(
        fields.number("diversity"),
        by(fields.text("diversityBy")),
        fatigue == null ? null : fatigue(fatigue),
        explore == null ? 0 : explore,
        objective(fields.text("objective")),
        sources == null ? Map.of() : sources(sources));
  }

  private static Map<Evidence, Integer> sources(JsonNode node) {
    Map<String, Evidence> known = new TreeMap<>();
    for (Evidence evidence : Evidence.values()) {
      known.put(evidence.wireName(), evidence);
    }
    try {
      RuleFields fields = RuleFields.of(node, "settings", known.keySet());
      Map<Evidence, Integer> sources = new EnumMap<>(Evidence.class);
      known.forEach(
          (name, evidence) -> {
            Integer candidates = fields.whole(name);
            if (candidates != null) {
              sources.put(evidence, candidates);
            }
          });
      return sources;
    } catch (InvalidFieldException e) {
      throw new InvalidFieldException("sources." + e.field(), e.value(), e.reason());
    }
  }

  private static Objective objective(String name) {
    for (Objective objective : Objective.values()) {
      if (objective.wireName().equals(name)) {
        return objective;
      }
    }
    if (name.isEmpty()) {
      return Objective.ENGAGEMENT;
    }
    throw new InvalidFieldException("objective", name, "must be engagement, conversion or revenue");
  }

  /// The way of that name; null for none.
  ///
  /// @throws InvalidFieldException of the field `diversityBy`
  public static @Nullable Diversity by(String name) {
    for (Diversity way : Diversity.values()) {
      if (way.wireName().equals(name)) {
        return way;
      }
    }
    if (name.isEmpty()) {
      return null;
    }
    throw new InvalidFieldException("diversityBy", name, "must be mmr or dpp");
  }

  private static Tuning.Fatigue fatigue(JsonNode node) {
    try {
      RuleFields fields =
          RuleFields.of(node, "settings", Set.of("hours", "shown", "viewed", "factor"));
      Integer shown = fields.whole("shown");
      Integer viewed = fields.whole("viewed");
      return new Tuning.Fatigue(
          fields.requiredWhole("hours"),
          shown == null ? 0 : shown,
          viewed == null ? 0 : viewed,
          fields.required("factor"));
    } catch (InvalidFieldException e) {
      throw new InvalidFieldException("fatigue." + e.field(), e.value(), e.reason());
    }
  }

  /// The settings as an object, in the order of the names.
  public static ObjectNode write(Map<String, Tuning> settings) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(settings).forEach((name, tuning) -> write(node.putObject(name), tuning));
    return node;
  }

  private static void write(ObjectNode node, Tuning tuning) {
    if (tuning.diversity() != null) {
      node.put("diversity", tuning.diversity());
    }
    if (tuning.diversityBy() != null) {
      node.put("diversityBy", tuning.diversityBy().wireName());
    }
    if (tuning.explore() > 0) {
      node.put("explore", tuning.explore());
    }
    if (tuning.objective() != Objective.ENGAGEMENT) {
      node.put("objective", tuning.objective().wireName());
    }
    if (!tuning.sources().isEmpty()) {
      ObjectNode sources = node.putObject("sources");
      new TreeMap<>(tuning.sources()).forEach((from, n) -> sources.put(from.wireName(), n));
    }
    Tuning.Fatigue fatigue = tuning.fatigue();
    if (fatigue != null) {
      node.putObject("fatigue")
          .put("hours", fatigue.hours())
          .put("shown", fatigue.shown())
          .put("viewed", fatigue.viewed())
          .put("factor", fatigue.factor());
    }
  }
}
