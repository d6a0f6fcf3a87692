package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.learning.train.Candidacy;
import io.zhiyin.learning.train.Promotion;
import io.zhiyin.learning.train.TrainingOptions;
import io.zhiyin.learning.train.TrainingProgress;
import io.zhiyin.server.shop.EvaluationFile;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import io.zhiyin.server.shop.TrainingDesk;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The models of a shop: which there are, a training in the background, and which one is in use.
final class ModelCalls {
  private static final Set<String> OPTIONS = Set.of("epochs", "seed", "mode", "activate");

  private final ShopHub shops;

  ModelCalls(ShopHub shops) {
    this.shops = shops;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/models", Access.ADMIN, Set.of(), this::list),
        Route.post("/v1/models:train", Access.ADMIN, BodyType.OPTIONAL_JSON, this::train),
        Route.post("/v1/models:cancel", Access.ADMIN, BodyType.NONE, this::cancel),
        Route.post("/v1/models:rollback", Access.ADMIN, BodyType.NONE, this::rollback),
        Route.post("/v1/models/{modelId}:activate", Access.ADMIN, BodyType.NONE, this::activate));
  }

  private Answer list(Call call) throws IOException {
    return Answer.ok(write(shops.shop(call.authenticated().shop())));
  }

  private Answer train(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    TrainingDesk.Wish wish =
        call.body().length == 0 ? TrainingDesk.Wish.defaults() : wish(call.json());
    if (!shops.trainings().begin(shop, wish)) {
      throw new ProblemException(
          Problem.Kind.CONFLICT, "A training is running already; one runs at a time.");
    }
    note(call, shop, "training-begun", Map.of("mode", wish.mode().wireName()));
    return Answer.json(202, write(shop));
  }

  private Answer cancel(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    if (!shops.trainings().cancel(shop.id())) {
      throw new ProblemException(Problem.Kind.CONFLICT, "No training is running.");
    }
    note(call, shop, "training-cancelled", Map.of());
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
    note(call, shop, "model-activated", Map.of("model", id));
    return Answer.ok(write(shop));
  }

  private Answer rollback(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    try {
      shop.rollback();
    } catch (ModelException e) {
      throw new ProblemException(Problem.Kind.CONFLICT, String.valueOf(e.getMessage()));
    }
    note(call, shop, "model-rolled-back", Map.of("model", shop.models().active().orElse("none")));
    return Answer.ok(write(shop));
  }

  private static void note(Call call, ShopRuntime shop, String what, Map<String, String> details) {
    shop.audit().write(call.authenticated().name(), what, details);
  }

  private static TrainingDesk.Wish wish(JsonNode body) {
    TrainingDesk.Wish wish = TrainingDesk.Wish.defaults();
    TrainingOptions options = wish.options();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      JsonNode value = field.getValue();
      if (!OPTIONS.contains(field.getKey())) {
        throw new InvalidFieldException(
            field.getKey(),
            value,
            "is not an option of a training; known are epochs, seed, mode and activate");
      }
      switch (field.getKey()) {
        case "mode" -> wish = wish.withMode(mode(value));
        case "activate" -> wish = wish.withActivation(activation(value));
        case "seed" -> options = options.withSeed(whole("seed", value));
        default -> options = options.withEpochs(epochs(value));
      }
    }
    return wish.withOptions(options);
  }

  private static long whole(String name, JsonNode value) {
    if (!value.isIntegralNumber()) {
      throw new InvalidFieldException(name, value, "must be a whole number");
    }
    return value.longValue();
  }

  private static int epochs(JsonNode value) {
    long epochs = whole("epochs", value);
    if (epochs < 1 || epochs > 1_000) {
      throw new InvalidFieldException("epochs", value, "must be between 1 and 1000");
    }
    return (int) epochs;
  }

  private static Candidacy.Mode mode(JsonNode value) {
    for (Candidacy.Mode mode : Candidacy.Mode.values()) {
      if (value.isTextual() && mode.wireName().equals(value.textValue())) {
        return mode;
      }
    }
    throw new InvalidFieldException("mode", value, "must be full or continue");
  }

  private static Candidacy.Activation activation(JsonNode value) {
    for (Candidacy.Activation activation : Candidacy.Activation.values()) {
      if (value.isTextual() && activation.wireName().equals(value.textValue())) {
        return activation;
      }
    }
    throw new InvalidFieldException("activate", value, "must be always, if-better or never");
  }

  private ObjectNode write(ShopRuntime shop) throws IOException {
    // the training before the model in use: who reads that it is done reads what it put to use
    var run = shops.trainings().of(shop.id());
    ObjectNode node = Json.object();
    node.put("active", shop.models().active().orElse("none"));
    node.put("evaluated", EvaluationFile.isIn(shop.store().directory()));
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
      if (lineage.parent() != null) {
        model.put("parent", lineage.parent());
      }
      promotion(shop, card.id()).ifPresent(promotion -> model.set("promotion", write(promotion)));
    }
    run.ifPresent(training -> node.set("training", write(training)));
    return node;
  }

  /// A record that cannot be read is no reason to show nothing of the model.
  private static Optional<Promotion> promotion(ShopRuntime shop, String id) throws IOException {
    try {
      return Promotion.read(shop.models().registry().path(id));
    } catch (ModelException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode write(Promotion promotion) {
    ObjectNode node = Json.object();
    node.put("verdict", promotion.verdict().wireName()).put("activated", promotion.activates());
    node.put("reason", promotion.english()).put("decidedAt", promotion.decidedAt());
    if (promotion.against() != null) {
      node.put("against", promotion.against());
    }
    Promotion.Comparison compared = promotion.comparison();
    if (compared != null) {
      node.put("shoppers", compared.shoppers()).put("choices", compared.choices());
      node.put("candidateNdcg10", compared.candidate()).put("activeNdcg10", compared.active());
      node.put("differenceLow", compared.low()).put("differenceHigh", compared.high());
      node.put("tolerance", compared.tolerance());
    }
    return node;
  }

  private static ObjectNode write(TrainingDesk.Run run) {
    ObjectNode node = Json.object();
    node.put("state", run.state().name().toLowerCase(Locale.ROOT));
    node.put("startedAt", run.started().toString());
    if (run.state() == TrainingDesk.State.RUNNING) {
      node.put("cancelling", run.cancelling());
    }
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
    ArrayNode curve = node.putArray("curve");
    for (TrainingProgress pass : run.curve()) {
      ObjectNode point = curve.addObject().put("stage", pass.stage()).put("epoch", pass.epoch());
      point.put("elapsedSeconds", pass.elapsed().toSeconds());
      number(point, "loss", pass.loss());
      number(point, "validationNdcg10", pass.metric());
    }
    return node;
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    }
  }
}
