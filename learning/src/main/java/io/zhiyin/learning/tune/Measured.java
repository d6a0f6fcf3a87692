package io.zhiyin.learning.tune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.learning.train.SealedJson;
import io.zhiyin.learning.train.ShopRecipe;
import java.util.Arrays;

/// One trial on one rung: a recipe, trained for at most so many passes on every fold.
///
/// @param trial number of the recipe, 1 for the defaults
/// @param rung 0 for the shortest
/// @param passes at most, of each training
/// @param gains NDCG@10 of each shopper of each fold, in an order that is the same for all trials
/// @param seconds that it took
public record Measured(
    int trial, int rung, int passes, ShopRecipe recipe, double[] gains, double seconds) {
  private static final double SCALE = 1e5;

  /// Mean NDCG@10.
  public double ndcg() {
    return Arrays.stream(gains).average().orElse(0);
  }

  ObjectNode json() {
    ObjectNode node = SealedJson.object();
    node.put("trial", trial).put("rung", rung).put("passes", passes);
    node.set("settings", recipe.json());
    node.put("ndcg10", Math.round(ndcg() * SCALE) / SCALE);
    node.put("seconds", Math.round(seconds * 10) / 10.0);
    ArrayNode array = node.putArray("gainsPer100000");
    for (double gain : gains) {
      array.add(Math.round(gain * SCALE));
    }
    return node;
  }

  static Measured of(JsonNode node, String source) {
    JsonNode array = node.path("gainsPer100000");
    double[] gains = new double[array.size()];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = array.get(i).asLong() / SCALE;
    }
    return new Measured(
        node.path("trial").asInt(),
        node.path("rung").asInt(),
        node.path("passes").asInt(),
        ShopRecipe.read(node.path("settings"), source),
        gains,
        node.path("seconds").asDouble());
  }

  /// With gains as a log keeps them, so that a search that goes on decides as one that was never
  /// stopped.
  Measured asLogged() {
    return of(json(), "");
  }
}
