package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.model.Attention;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.server.shop.EvaluationFile;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// How good the recipe was when it was last evaluated, and what the model in use looks at.
final class EvaluationCalls {
  private final ShopHub shops;

  EvaluationCalls(ShopHub shops) {
    this.shops = shops;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/evaluation", Access.ADMIN, Set.of(), this::evaluation),
        Route.get(
            "/v1/models/{modelId}/attention",
            Access.ADMIN,
            Set.of("userId", "back"),
            this::attention));
  }

  private Answer evaluation(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    EvaluationFile found =
        EvaluationFile.read(shop.store().directory())
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.Kind.NOT_FOUND,
                        "This shop was not evaluated yet: stop the server and run './zhiyin"
                            + " evaluate --data DIR'."));
    ObjectNode node = Json.object().put("evaluatedAt", found.evaluatedAt().toString());
    node.put("code", found.code()).set("report", found.report());
    return Answer.ok(node);
  }

  private Answer attention(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    String id = call.path("modelId");
    SequenceModel model =
        shop.models()
            .model()
            .filter(used -> used.id().equals(id))
            .orElseThrow(() -> ProblemException.notFound("model in use", id));
    String user = call.parameter("userId").orElse("");
    int back = call.number("back", 0, 0, Profile.MAX_HISTORY);
    History whole =
        user.isEmpty()
            ? History.EMPTY
            : shop.profiles().of(new Shopper.User(new UserId(user))).history();
    History history = whole.slice(0, Math.max(0, whole.size() - back)); // as it was then
    Attention attention =
        model
            .attention(history)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.Kind.CONFLICT,
                        "There is nothing to look at: the model attends to no events, or knows"
                            + " none of this user's."));
    ObjectNode node = Json.object().put("modelId", id).put("userId", user);
    return Answer.ok(write(node, shop, whole, attention));
  }

  /// @param history whole, of which the attention is of a beginning
  private static ObjectNode write(
      ObjectNode node, ShopRuntime shop, History history, Attention attention) {
    node.put("layers", attention.layers()).put("heads", attention.heads());
    node.put("shares", attention.shares());
    ArrayNode events = node.putArray("events");
    for (int entry : attention.entries()) {
      events
          .addObject()
          .put("itemId", shop.catalog().vocabulary().idOf(history.item(entry)).value())
          .put("eventType", history.kind(entry).wireName())
          .put("eventTime", Instant.ofEpochMilli(history.timeMillis(entry)).toString())
          .put("back", history.size() - 1 - entry);
    }
    ArrayNode rows = node.putArray("rows");
    for (int layer = 0; layer < attention.layers(); layer++) {
      for (int head = 0; head < attention.heads(); head++) {
        ObjectNode row = rows.addObject().put("layer", layer + 1).put("head", head + 1);
        ArrayNode weights = row.putArray("weights");
        for (float weight : attention.row(layer, head)) {
          weights.add(weight);
        }
      }
    }
    return node;
  }
}
