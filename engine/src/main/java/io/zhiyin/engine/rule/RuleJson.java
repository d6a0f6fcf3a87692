package io.zhiyin.engine.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Rules as JSON, as they come over HTTP and lie on disk.
///
/// ```json
/// {"id": "no-knives", "name": "…", "when": "'Kitchen > Knives' in categories", "items": [],
///  "audience": "!user.signedIn", "scenarios": ["home-feed"], "from": "…", "until": "…",
///  "enabled": true, "action": {"type": "exclude"}}
/// ```
public final class RuleJson {
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "name",
          "when",
          "items",
          "audience",
          "scenarios",
          "from",
          "until",
          "enabled",
          "action");
  private static final String TYPES = "filter, exclude, boost, bury, pin, quota, cap";

  private RuleJson() {}

  /// Reads an array of rules.
  ///
  /// @throws InvalidFieldException of the first field that is not as it must be, such as
  ///   `rules[3].action.factor`
  public static RuleSet read(JsonNode array) {
    List<InvalidFieldException> errors = new ArrayList<>();
    RuleSet set = read(array, errors);
    if (!errors.isEmpty()) {
      throw errors.getFirst();
    }
    return set;
  }

  /// Reads the rules that are as they must be; of each of the others, the first error.
  public static RuleSet read(JsonNode array, List<InvalidFieldException> errors) {
    if (!array.isArray()) {
      errors.add(new InvalidFieldException("rules", array, "must be an array of rules"));
      return RuleSet.NONE;
    }
    if (array.size() > RuleSet.MAX_RULES) {
      errors.add(
          new InvalidFieldException(
              "rules", array.size(), "may have at most " + RuleSet.MAX_RULES + " entries"));
      return RuleSet.NONE;
    }
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      try {
        rules.add(rule(array.get(i)));
      } catch (InvalidFieldException e) {
        String place = "rules[" + i + "]" + (e.field().equals("rule") ? "" : "." + e.field());
        errors.add(new InvalidFieldException(place, e.value(), e.reason()));
      }
    }
    return new RuleSet(rules);
  }

  private static Rule rule(JsonNode node) {
    RuleFields fields = RuleFields.of(node, "rule", FIELDS);
    List<ItemId> items = fields.texts("items").stream().map(ItemId::new).toList();
    return new Rule(
        fields.text("id"),
        fields.text("name"),
        fields.text("when"),
        items,
        fields.text("audience"),
        new HashSet<>(fields.texts("scenarios")),
        fields.time("from"),
        fields.time("until"),
        fields.flag("enabled", true),
        action(fields.get("action"), items.size()));
  }

  private static Action action(@Nullable JsonNode node, int items) {
    if (node == null) {
      throw new InvalidFieldException("action", null, "is required");
    }
    try {
      String type = node.path("type").asText();
      return switch (type) {
        case "filter" -> {
          fields(node);
          yield new Action.Filter();
        }
        case "exclude" -> {
          fields(node);
          yield new Action.Exclude();
        }
        case "boost" -> new Action.Boost(fields(node, "factor").required("factor"));
        case "bury" -> new Action.Bury(fields(node, "factor").required("factor"));
        case "pin" -> {
          RuleFields fields = fields(node, "position", "count");
          Integer count = fields.whole("count");
          int otherwise = Math.clamp(items, 1, 20);
          yield new Action.Pin(fields.requiredWhole("position"), count == null ? otherwise : count);
        }
        case "quota" -> new Action.Quota(fields(node, "atLeast").requiredWhole("atLeast"));
        case "cap" -> {
          RuleFields fields = fields(node, "atMost", "share", "per");
          String per = fields.text("per");
          yield new Action.Cap(
              fields.whole("atMost"),
              fields.number("share"),
              per.isEmpty() ? null : Grouping.parse(per));
        }
        default -> throw new InvalidFieldException("type", type, "must be one of " + TYPES);
      };
    } catch (InvalidFieldException e) {
      String place = e.field().equals("action") ? "action" : "action." + e.field();
      throw new InvalidFieldException(place, e.value(), e.reason());
    }
  }

  private static RuleFields fields(JsonNode node, String... more) {
    Set<String> known = new HashSet<>(Set.of(more));
    known.add("type");
    return RuleFields.of(node, "action", known);
  }

  /// The rules as an array, with every field that is not as it is when left out.
  public static ArrayNode write(RuleSet set) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    set.rules().forEach(rule -> array.add(write(rule)));
    return array;
  }

  private static ObjectNode write(Rule rule) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", rule.id());
    text(node, "name", rule.name());
    text(node, "when", rule.when());
    if (!rule.items().isEmpty()) {
      ArrayNode items = node.putArray("items");
      rule.items().forEach(item -> items.add(item.value()));
    }
    text(node, "audience", rule.audience());
    if (!rule.scenarios().isEmpty()) {
      ArrayNode scenarios = node.putArray("scenarios");
      new TreeSet<>(rule.scenarios()).forEach(scenarios::add);
    }
    if (rule.from() != null) {
      node.put("from", rule.from().toString());
    }
    if (rule.until() != null) {
      node.put("until", rule.until().toString());
    }
    if (!rule.enabled()) {
      node.put("enabled", false);
    }
    node.set("action", write(rule.action()));
    return node;
  }

  private static ObjectNode write(Action action) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", action.type());
    switch (action) {
      case Action.Filter _, Action.Exclude _ -> {}
      case Action.Boost boost -> node.put("factor", boost.factor());
      case Action.Bury bury -> node.put("factor", bury.factor());
      case Action.Pin pin -> node.put("position", pin.position()).put("count", pin.count());
      case Action.Quota quota -> node.put("atLeast", quota.atLeast());
      case Action.Cap cap -> {
        if (cap.atMost() != null) {
          node.put("atMost", cap.atMost());
        }
        if (cap.share() != null) {
          node.put("share", cap.share());
        }
        if (cap.per() != null) {
          node.put("per", cap.per().text());
        }
      }
    }
    return node;
  }

  private static void text(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }
}
