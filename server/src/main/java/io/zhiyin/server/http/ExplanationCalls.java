package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.RecommendationId;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import io.zhiyin.server.shop.Traces;
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
            "/v1/explanations/{recommendationId}", Access.SERVER, Set.of("itemId"), this::explain));
  }

  private Answer explain(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    RecommendationId id = new RecommendationId(call.path("recommendationId"));
    Traces.Kept kept =
        shop.trace(id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.Kind.NOT_FOUND,
                        "There is no recommendation '"
                            + id
                            + "', or it is too old: traces are kept for half an hour."));
    Optional<ItemId> item = call.parameter("itemId").map(ItemId::new);
    return Answer.ok(item.isPresent() ? one(shop, kept, item.get()) : all(kept));
  }

  private static ObjectNode all(Traces.Kept kept) {
    ObjectNode node = head(kept);
    ArrayNode items = node.putArray("items");
    for (Slate.Entry entry : kept.slate().items()) {
      ObjectNode item = items.addObject();
      item.put("itemId", entry.itemId().value()).put("position", entry.position());
      evidence(item, entry.candidate());
    }
    ObjectNode filtered = node.putObject("filtered");
    kept.trace().filtered().values().forEach(f -> filtered.put(f, filtered.path(f).asInt() + 1));
    node.put("ranked", kept.trace().ranked().size());
    ObjectNode stages = node.putObject("stageMicros");
    kept.trace().stageNanos().forEach((stage, nanos) -> stages.put(stage, nanos / 1_000));
    ArrayNode degraded = node.putArray("degraded");
    kept.slate().degraded().forEach(degraded::add);
    return node;
  }

  private static ObjectNode one(ShopRuntime shop, Traces.Kept kept, ItemId id) {
    ObjectNode node = head(kept);
    node.put("itemId", id.value());
    int index = shop.catalog().vocabulary().indexOf(id);
    Optional<Slate.Entry> shown =
        kept.slate().items().stream().filter(entry -> entry.item() == index).findFirst();
    node.put("shown", shown.isPresent());
    shown.ifPresent(entry -> node.put("position", entry.position()));
    List<Candidate> ranked = kept.trace().ranked();
    Optional<Candidate> candidate = ranked.stream().filter(c -> c.item() == index).findFirst();
    candidate.ifPresent(
        c -> {
          node.put("rankedAt", ranked.indexOf(c) + 1);
          evidence(node, c);
        });
    String filter = kept.trace().filtered().get(index);
    if (filter != null && shown.isEmpty()) {
      node.put("filteredBy", filter);
    }
    node.put("because", because(index, shown, candidate, filter));
    return node;
  }

  private static String because(
      int index,
      Optional<Slate.Entry> shown,
      Optional<Candidate> candidate,
      @org.jspecify.annotations.Nullable String filter) {
    if (shown.isPresent()) {
      return "It is in the list.";
    }
    if (index < 0) {
      return "The shop knows no such item.";
    }
    if (filter != null) {
      return "The filter '" + filter + "' took it out.";
    }
    return candidate.isPresent()
        ? "It was scored, but others stood before it."
        : "No source proposed it.";
  }

  private static ObjectNode head(Traces.Kept kept) {
    return Json.object()
        .put("recommendationId", kept.slate().recommendationId().value())
        .put("scenario", kept.slate().scenario())
        .put("model", kept.slate().model())
        .put("madeAt", kept.at().toString());
  }

  private static void evidence(ObjectNode node, Candidate candidate) {
    node.put("score", candidate.score());
    ObjectNode evidence = node.putObject("evidence");
    ArrayNode sources = node.putArray("sources");
    for (Evidence kind : Evidence.values()) {
      float strength = candidate.evidence(kind);
      if (Float.isFinite(strength)) {
        evidence.put(kind.wireName(), strength);
      }
      if (candidate.wasRetrievedBy(kind)) {
        sources.add(kind.wireName());
      }
    }
  }
}
