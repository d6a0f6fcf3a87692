package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.RecommendationId;
import io.zhiyin.engine.explain.Explanation;
import io.zhiyin.engine.explain.Language;
import io.zhiyin.engine.explain.Reason;
import io.zhiyin.engine.explain.WhyNot;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Head;
import io.zhiyin.engine.pipeline.RuleEffect;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `GET /v1/explanations/{recommendationId}`: what happened to every item of an answer, and with
/// `itemId` why that one is there or is not.
final class ExplanationCalls {
  private final ShopHub shops;

  ExplanationCalls(ShopHub shops) {
    this.shops = shops;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/explanations/{recommendationId}",
            Access.SERVER,
            Set.of("itemId", "lang"),
            this::explain));
  }

  private Answer explain(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    RecommendationId id = new RecommendationId(call.path("recommendationId"));
    Language language = Reasons.language(call.parameter("lang").orElse("en"));
    Explanation kept =
        shop.explanation(id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.Kind.NOT_FOUND,
                        "There is no recommendation '"
                            + id
                            + "', or it is too old: traces are kept for a while only."));
    Optional<ItemId> item = call.parameter("itemId").map(ItemId::new);
    return Answer.ok(
        item.isPresent() ? one(shop, kept, item.get(), language) : all(shop, kept, language));
  }

  private static ObjectNode all(ShopRuntime shop, Explanation kept, Language language) {
    ObjectNode node = head(kept);
    ReasonWords words = new ReasonWords(shop, kept.time(), language);
    ArrayNode items = node.putArray("items");
    for (Slate.Entry entry : kept.slate().items()) {
      ObjectNode item = items.addObject();
      item.put("itemId", entry.itemId().value());
      shown(item, kept, entry, words);
    }
    if (!kept.shortfalls().isEmpty()) {
      ArrayNode shortfalls = node.putArray("ruleShortfalls");
      kept.shortfalls().forEach(shortfalls::add);
    }
    ObjectNode stages = node.putObject("stageMicros");
    kept.stageNanos().forEach((stage, nanos) -> stages.put(stage, nanos / 1_000));
    ArrayNode degraded = node.putArray("degraded");
    kept.slate().degraded().forEach(degraded::add);
    return node;
  }

  private static ObjectNode one(ShopRuntime shop, Explanation kept, ItemId id, Language language) {
    ObjectNode node = head(kept);
    ReasonWords words = new ReasonWords(shop, kept.time(), language);
    WhyNot fate = kept.whyNot(id, shop.catalog());
    node.put("itemId", id.value());
    node.put("shown", fate instanceof WhyNot.Shown);
    node.put("code", fate.code());
    node.put("text", fate.text(language));
    String filtered = fate instanceof WhyNot.Filtered out ? out.filter() : "";
    if (filtered.startsWith(RuleEffect.REJECTION)) {
      node.put("rule", filtered.substring(RuleEffect.REJECTION.length()));
    }
    if (fate instanceof WhyNot.HeldBack held) {
      node.put("rule", held.effect().rule());
    }
    kept.slate().items().stream()
        .filter(entry -> entry.itemId().equals(id))
        .findFirst()
        .ifPresent(entry -> shown(node, kept, entry, words));
    return node;
  }

  private static ObjectNode head(Explanation kept) {
    return Json.object()
        .put("recommendationId", kept.slate().recommendationId().value())
        .put("scenario", kept.slate().scenario())
        .put("model", kept.slate().model())
        .put("madeAt", kept.time().toString());
  }

  private static void shown(
      ObjectNode node, Explanation kept, Slate.Entry entry, ReasonWords words) {
    Candidate candidate = entry.candidate();
    node.put("position", entry.position()).put("score", candidate.score());
    node.put("propensity", candidate.propensity());
    int rank = kept.rank(entry.item());
    if (rank > 0) {
      node.put("rank", rank);
    }
    ObjectNode evidence = node.putObject("evidence");
    ObjectNode lifts = node.putObject("lifts");
    ArrayNode sources = node.putArray("sources");
    for (Evidence kind : Evidence.values()) {
      float strength = candidate.evidence(kind);
      if (Float.isFinite(strength)) {
        evidence.put(kind.wireName(), strength);
        lifts.put(kind.wireName(), candidate.lift(kind));
      }
      if (candidate.wasRetrievedBy(kind)) {
        sources.add(kind.wireName());
      }
    }
    foretold(node, candidate);
    List<RuleEffect> effects = kept.effects(entry.item());
    if (!effects.isEmpty()) {
      ArrayNode rules = node.putArray("rules");
      effects.forEach(effect -> rules.add(RuleCalls.write(effect)));
    }
    ArrayNode reasons = node.putArray("reasons");
    for (Reason reason : kept.reasons().get(entry.position() - 1)) {
      reasons.add(words.write(reason));
    }
  }

  /// What the list was ordered by, where that is more than the next choice.
  private static void foretold(ObjectNode node, Candidate candidate) {
    if (Float.isNaN(candidate.choice())) {
      return;
    }
    ObjectNode foretold = node.putObject("foretold").put("choice", candidate.choice());
    for (Head head : Head.values()) {
      if (!Float.isNaN(candidate.after(head))) {
        foretold.put(head.wireName(), candidate.after(head));
      }
    }
  }
}
