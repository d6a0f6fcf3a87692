package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.learning.train.TrainingOptions;
import io.zhiyin.learning.train.TrainingProgress;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import io.zhiyin.server.shop.TrainingDesk;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The models of a shop: which there are, a training in the background, and which one is in use.
final class ModelCalls {
  private static final Set<String> OPTIONS = Set.of("epochs", "seed");

  private final ShopHub shops;

  ModelCalls(ShopHub shops) {
    this.shops = shops;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/models", Access.ADMIN, Set.of(), this::list),
        Route.post("/v1/models:train", Access.ADMIN, BodyType.OPTIONAL_JSON, this::train),
        Route.post("/v1/models/{modelId}:activate", Access.ADMIN, BodyType.NONE, this::activate));
  }

  private Answer list(Call call) throws IOException {
    return Answer.ok(write(shops.shop(call.authenticated().shop())));
  }

  private Answer train(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    TrainingOptions options =
        call.body().length == 0 ? TrainingOptions.defaults() : options(call.json());
    if (!shops.trainings().begin(shop, options)) {
      throw new ProblemException(
          Problem.Kind.CONFLICT, "A training is running already; one runs at a time.");
    }
    return Answer.json(202, write(shop));
  }

  private Answer activate(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    String id = call.path("modelId");
    if (shop.models().cards().stream().noneMatch(card -> card.id().equals(id))) {
      throw ProblemException.notFound("model", id);
    }
    try {
      shop.activate(id);
    } catch (ModelException e) {
      throw new ProblemException(Problem.Kind.CONFLICT, String.valueOf(e.getMessage()));
    }
    return Answer.ok(write(shop));
  }

  private static TrainingOptions options(JsonNode body) {
    TrainingOptions options = TrainingOptions.defaults();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      JsonNode value = field.getValue();
      if (!OPTIONS.contains(field.getKey())) {
        throw new InvalidFieldException(
            field.getKey(), value, "is not an option of a training; known are epochs and seed");
      }
      if (!value.isIntegralNumber()) {
        throw new InvalidFieldException(field.getKey(), value, "must be a whole number");
      }
      if (field.getKey().equals("seed")) {
        options = options.withSeed(value.longValue());
      } else if (value.longValue() < 1 || value.longValue() > 1_000) {
        throw new InvalidFieldException("epochs", value, "must be between 1 and 1000");
      } else {
        options = options.withEpochs(value.intValue());
      }
    }
    return options;
  }

  private ObjectNode write(ShopRuntime shop) throws IOException {
    ObjectNode node = Json.object();
    node.put("active", shop.models().active().orElse("none"));
    ArrayNode models = node.putArray("models");
    for (ModelCard card : shop.models().cards()) {
      Lineage lineage = card.lineage();
      ObjectNode model = models.addObject();
      model.put("modelId", card.id()).put("kind", card.kind());
      model.put("createdAt", lineage.createdAt()).put("codeVersion", lineage.codeVersion());
      model.put("firstEvent", lineage.firstEvent()).put("lastEvent", lineage.lastEvent());
      model.put("events", lineage.events()).put("users", lineage.users());
      model.put("items", lineage.items()).put("seed", lineage.seed());
      model.put("epochs", lineage.epochs());
      ObjectNode metrics = model.putObject("metrics");
      lineage.metrics().forEach(metrics::put);
    }
    shops.trainings().of(shop.id()).ifPresent(run -> node.set("training", write(run)));
    return node;
  }

  private static ObjectNode write(TrainingDesk.Run run) {
    ObjectNode node = Json.object();
    node.put("state", run.state().name().toLowerCase(Locale.ROOT));
    node.put("startedAt", run.started().toString());
    if (run.modelId() != null) {
      node.put("modelId", run.modelId());
    }
    if (run.failure() != null) {
      node.put("failure", run.failure());
    }
    TrainingProgress progress = run.progress();
    if (progress != null) {
      node.put("stage", progress.stage()).put("epoch", progress.epoch());
      node.put("epochs", progress.epochs());
      node.put("elapsedSeconds", progress.elapsed().toSeconds());
      node.put("leftSeconds", progress.left().toSeconds());
      number(node, "loss", progress.loss());
      number(node, "validationNdcg10", progress.metric());
    }
    return node;
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    }
  }
}
