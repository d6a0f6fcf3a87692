package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.filter.AudienceExpressions;
import io.zhiyin.engine.filter.RequestExpressions;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.RuleEffect;
import io.zhiyin.engine.recommend.Scenario;
import io.zhiyin.engine.recommend.Scenarios;
import io.zhiyin.engine.rule.Finding;
import io.zhiyin.engine.rule.RuleCheck;
import io.zhiyin.engine.rule.RuleJson;
import io.zhiyin.engine.rule.RuleSet;
import io.zhiyin.engine.rule.RuleVersion;
import io.zhiyin.engine.rule.Tuning;
import io.zhiyin.engine.rule.TuningJson;
import io.zhiyin.server.shop.RuleShelf;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.StaleRulesException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The rules of a shop: read, replaced as a whole, checked, and put back to an earlier version.
final class RuleCalls {
  private static final int MAX_TEXT = 500;

  /// The code of a finding that a field is not as it must be; its reason says how it must be.
  private static final String UNREADABLE = "unreadable";

  private final ShopHub shops;

  RuleCalls(ShopHub shops) {
    this.shops = shops;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/rules", Access.ADMIN, Set.of(), call -> Answer.ok(write(shelf(call)))),
        Route.put("/v1/rules", Access.ADMIN, BodyType.JSON, this::save),
        Route.get("/v1/rules/fields", Access.ADMIN, Set.of(), this::names),
        Route.get("/v1/rules/versions", Access.ADMIN, Set.of(), this::versions),
        Route.get("/v1/rules/versions/{version}", Access.ADMIN, Set.of(), this::version),
        Route.post("/v1/rules:rollback", Access.ADMIN, BodyType.JSON, this::rollback),
        Route.post("/v1/rules:check", Access.ADMIN, BodyType.JSON, this::check));
  }

  private RuleShelf shelf(Call call) throws IOException {
    return shops.shop(call.authenticated().shop()).rules();
  }

  private Answer save(Call call) throws IOException {
    JsonNode body = fields(call.json(), Set.of("basedOn", "author", "note", "rules", "scenarios"));
    RuleShelf shelf = shelf(call);
    RuleSet set = read(body);
    try {
      Answer answer =
          saved(
              shelf,
              shelf.save(set, number(body, "basedOn"), text(body, "author"), text(body, "note")));
      note(call, "rules-saved", Map.of("author", text(body, "author"), "note", text(body, "note")));
      return answer;
    } catch (StaleRulesException e) {
      throw new ProblemException(Problem.Kind.CONFLICT, String.valueOf(e.getMessage()));
    }
  }

  private Answer rollback(Call call) throws IOException {
    JsonNode body = fields(call.json(), Set.of("to", "basedOn", "author"));
    RuleShelf shelf = shelf(call);
    int to = number(body, "to");
    try {
      Optional<RuleCheck.Result> result =
          shelf.rollback(to, number(body, "basedOn"), text(body, "author"));
      Answer answer =
          saved(
              shelf,
              result.orElseThrow(() -> ProblemException.notFound("version of the rules", "" + to)));
      note(call, "rules-rolled-back", Map.of("author", text(body, "author"), "to", "" + to));
      return answer;
    } catch (StaleRulesException e) {
      throw new ProblemException(Problem.Kind.CONFLICT, String.valueOf(e.getMessage()));
    }
  }

  private void note(Call call, String what, Map<String, String> details) throws IOException {
    Map<String, String> all = new TreeMap<>(details);
    all.put("version", "" + shelf(call).version().version());
    shops.shop(call.authenticated().shop()).audit().write(call.authenticated().name(), what, all);
  }

  private static Answer saved(RuleShelf shelf, RuleCheck.Result result) {
    if (!result.isGood()) {
      List<Problem.FieldError> errors =
          result.findings().stream()
              .filter(finding -> finding.severity() == Finding.Severity.ERROR)
              .map(f -> new Problem.FieldError(f.rule(), f.field(), f.value(), f.reason()))
              .toList();
      throw new ProblemException(
          new Problem(
              Problem.Kind.INVALID_INPUT, "Nothing was saved: the rules have errors.", errors),
          Map.of());
    }
    ObjectNode node = write(shelf);
    result(node, result);
    return Answer.ok(node);
  }

  private Answer check(Call call) throws IOException {
    JsonNode body = fields(call.json(), Set.of("rules", "scenarios"));
    List<InvalidFieldException> unreadable = new ArrayList<>();
    RuleSet set =
        RuleJson.read(rules(body), unreadable).with(settings(body.get("scenarios"), unreadable));
    RuleCheck.Result result = shelf(call).check(set);
    ObjectNode node = Json.object();
    if (unreadable.isEmpty()) {
      result(node, result);
      return Answer.ok(node);
    }
    // Rules that cannot be read shift the numbers of those after them: say only what is unreadable.
    ArrayNode findings = node.put("ok", false).putArray("findings");
    for (InvalidFieldException e : unreadable) {
      findings
          .addObject()
          .put("severity", "error")
          .put("field", e.field())
          .put("value", e.value())
          .put("reason", e.reason())
          .put("code", UNREADABLE)
          .putObject("values");
    }
    return Answer.ok(node);
  }

  private static Map<String, Tuning> settings(
      @Nullable JsonNode node, List<InvalidFieldException> unreadable) {
    try {
      return TuningJson.read(node);
    } catch (InvalidFieldException e) {
      unreadable.add(e);
      return Map.of();
    }
  }

  private Answer versions(Call call) throws IOException {
    RuleShelf shelf = shelf(call);
    ArrayNode versions = Json.array();
    for (int number : shelf.book().versions()) {
      shelf.book().find(number).ifPresent(version -> versions.add(head(version)));
    }
    ObjectNode node = Json.object().put("current", shelf.version().version());
    node.set("versions", versions);
    return Answer.ok(node);
  }

  private Answer version(Call call) throws IOException {
    String text = call.path("version");
    int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    RuleVersion version =
        shelf(call)
            .book()
            .find(number)
            .orElseThrow(() -> ProblemException.notFound("version of the rules", text));
    return Answer.ok(write(version));
  }

  private static ObjectNode write(RuleShelf shelf) {
    return write(shelf.version());
  }

  private static ObjectNode write(RuleVersion version) {
    ObjectNode node = head(version);
    node.set("rules", RuleJson.write(version.set()));
    node.set("scenarios", TuningJson.write(version.set().scenarios()));
    return node;
  }

  private static ObjectNode head(RuleVersion version) {
    ObjectNode node = Json.object().put("version", version.version());
    if (version.version() > 0) { // a shop that never saved any has none
      node.put("savedAt", version.savedAt().toString());
    }
    return node.put("author", version.author()).put("note", version.note());
  }

  /// What conditions may name, and how the scenarios come before a shop sets them.
  private Answer names(Call call) throws IOException {
    Scenarios scenarios = shops.shop(call.authenticated().shop()).recommender().scenarios();
    ObjectNode node = Json.object();
    write(node.putArray("item"), RequestExpressions.fields());
    write(node.putArray("audience"), AudienceExpressions.fields());
    ArrayNode all = node.putArray("sources");
    for (Evidence evidence : Evidence.values()) {
      all.add(evidence.wireName());
    }
    ArrayNode known = node.putArray("scenarios");
    for (String name : new TreeSet<>(scenarios.names())) {
      Scenario scenario = scenarios.named(name);
      ObjectNode entry = known.addObject().put("scenario", name);
      entry.put("diversity", scenario.diversity());
      entry.put("objectives", scenario.weights().isEmpty());
      ArrayNode sources = entry.putArray("sources");
      for (Scenario.Quota quota : scenario.sources()) {
        sources
            .addObject()
            .put("source", quota.source().wireName())
            .put("candidates", quota.limit());
      }
    }
    return Answer.ok(node);
  }

  private static void write(ArrayNode array, Map<String, String> fields) {
    fields.forEach((name, type) -> array.addObject().put("name", name).put("type", type));
  }

  private static void result(ObjectNode node, RuleCheck.Result result) {
    node.put("ok", result.isGood());
    ArrayNode findings = node.putArray("findings");
    for (Finding finding : result.findings()) {
      ObjectNode values =
          findings
              .addObject()
              .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
              .put("field", finding.field())
              .put("value", finding.value())
              .put("reason", finding.reason())
              .put("code", finding.kind().code())
              .putObject("values");
      new TreeMap<>(finding.values()).forEach(values::put);
    }
    ArrayNode matches = node.putArray("matches");
    result.matches().forEach(matches::add);
  }

  static ObjectNode write(RuleEffect effect) {
    return Json.object()
        .put("rule", effect.rule())
        .put("action", effect.action())
        .put("from", effect.from())
        .put("to", effect.to());
  }

  static RuleSet read(JsonNode body) {
    return RuleJson.read(rules(body)).with(TuningJson.read(body.get("scenarios")));
  }

  private static JsonNode rules(JsonNode body) {
    JsonNode rules = body.get("rules");
    if (rules == null) {
      throw new InvalidFieldException("rules", null, "is required");
    }
    return rules;
  }

  static JsonNode fields(JsonNode body, Set<String> known) {
    if (!body.isObject()) {
      throw new InvalidFieldException("body", body.getNodeType(), "must be an object");
    }
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!known.contains(field.getKey())) {
        throw new InvalidFieldException(
            field.getKey(),
            field.getValue(),
            "is not a known field; known are " + String.join(", ", new TreeSet<>(known)));
      }
    }
    return body;
  }

  static int number(JsonNode body, String name) {
    JsonNode value = body.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new InvalidFieldException(name, value, "is required and must be a whole number");
    }
    return value.intValue();
  }

  private static String text(JsonNode body, String name) {
    JsonNode value = body.path(name);
    boolean given = !value.isMissingNode() && !value.isNull();
    if (given && (!value.isTextual() || value.textValue().length() > MAX_TEXT)) {
      throw new InvalidFieldException(
          name, value, "must be a text of at most " + MAX_TEXT + " characters");
    }
    return given ? value.textValue() : "";
  }
}
