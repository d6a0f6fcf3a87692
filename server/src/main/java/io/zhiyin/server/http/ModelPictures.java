package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.rank.BlendFile;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.RankFeature;
import io.zhiyin.engine.rank.RankerFile;
import io.zhiyin.engine.rank.TreeRanker;
import io.zhiyin.kernel.vector.PrincipalAxes;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What can be looked at of a model: what its ranking goes by, and its items as a map.
final class ModelPictures {
  private static final int MOST = 2_000;

  private final ShopHub shops;

  ModelPictures(ShopHub shops) {
    this.shops = shops;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/models/{modelId}/ranking", Access.ADMIN, Set.of(), this::ranking),
        Route.get("/v1/models/{modelId}/map", Access.ADMIN, Set.of("n", "lang"), this::map));
  }

  private Answer ranking(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    String id = known(shop, call.path("modelId"));
    Path directory = shop.models().registry().path(id);
    ObjectNode node = Json.object().put("modelId", id);
    ArrayNode blend = node.putArray("blend");
    BlendWeights weights = BlendFile.find(directory).orElse(BlendWeights.DEFAULT);
    new EnumMap<>(weights.terms())
        .forEach(
            (evidence, term) ->
                blend
                    .addObject()
                    .put("evidence", evidence.wireName())
                    .put("measure", wireName(term.transform()))
                    .put("weight", term.weight()));
    Optional<TreeRanker> ranker = RankerFile.find(directory);
    node.put("trees", ranker.map(r -> r.trees().size()).orElse(0));
    ArrayNode features = node.putArray("features");
    ranker.ifPresent(r -> splits(r).forEach((feature, splits) -> put(features, feature, splits)));
    return Answer.ok(node);
  }

  private static void put(ArrayNode features, RankFeature feature, int splits) {
    features.addObject().put("feature", wireName(feature)).put("splits", splits);
  }

  /// How many nodes of all trees ask each feature.
  private static Map<RankFeature, Integer> splits(TreeRanker ranker) {
    Map<RankFeature, Integer> splits = new EnumMap<>(RankFeature.class);
    for (int feature : ranker.trees().features()) {
      splits.merge(RankFeature.values()[feature], 1, Integer::sum);
    }
    return splits;
  }

  private Answer map(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    String id = known(shop, call.path("modelId"));
    int n = call.number("n", MOST, 10, MOST);
    String titles = "title_" + Reasons.language(call.parameter("lang").orElse("en")).tag();
    SequenceModel model =
        shop.models()
            .model()
            .filter(used -> used.id().equals(id))
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.Kind.CONFLICT,
                        "Only the model in use has its vectors in memory; put '"
                            + id
                            + "' to use to see its map."));
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < shop.catalog().indexBound(); i++) {
      Item item = shop.catalog().at(i);
      if (item != null && model.vectorOf(i).isPresent()) {
        items.add(item);
      }
    }
    return Answer.ok(drawn(model, sample(items, n), items.size(), titles, shop.catalog()));
  }

  /// Evenly from the whole catalogue.
  private static List<Item> sample(List<Item> items, int n) {
    List<Item> some = new ArrayList<>();
    for (int i = 0; i < Math.min(n, items.size()); i++) {
      some.add(items.get((int) ((long) i * items.size() / Math.min(n, items.size()))));
    }
    return some;
  }

  private static ObjectNode drawn(
      SequenceModel model, List<Item> items, int all, String titles, Catalog catalog) {
    int d = model.embeddingSize();
    float[] rows = new float[items.size() * d];
    for (int i = 0; i < items.size(); i++) {
      float[] vector = model.vectorOf(items.get(i).index()).orElse(new float[d]);
      System.arraycopy(vector, 0, rows, i * d, d);
    }
    PrincipalAxes axes = PrincipalAxes.of(rows, items.size(), d, 2);
    ObjectNode node = Json.object().put("modelId", model.id()).put("items", all);
    ArrayNode shares = node.putArray("shares");
    for (double share : axes.shares()) {
      shares.add(share);
    }
    ArrayNode points = node.putArray("points");
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      int[] path = item.categoryPath();
      points
          .addObject()
          .put("itemId", item.itemId().value())
          .put("title", title(item, titles))
          .put("category", path.length == 0 ? "" : catalog.categories().pathOf(path[0]))
          .put("x", axes.coordinates()[2 * i])
          .put("y", axes.coordinates()[2 * i + 1]);
    }
    return node;
  }

  /// The title that the attribute of that name gives, else the item's own.
  private static String title(Item item, String attribute) {
    Map<String, String> attributes = item.fields().attributes();
    return attributes == null ? item.title() : attributes.getOrDefault(attribute, item.title());
  }

  private static String known(ShopRuntime shop, String id) throws IOException {
    if (shop.models().cards().stream().noneMatch(card -> card.id().equals(id))) {
      throw ProblemException.notFound("model", id);
    }
    return id;
  }

  private static String wireName(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
