package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.VisitorId;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.engine.recall.Popularity;
import io.zhiyin.engine.recommend.Adjustments;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.engine.rule.Tuning;
import io.zhiyin.engine.search.Found;
import io.zhiyin.engine.search.Narrowing;
import io.zhiyin.engine.search.SearchIndex;
import io.zhiyin.engine.search.Suggestion;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/// `/v1/search`: what a shopper typed, found by text and put in the shopper's order. The filters
/// and rules of `search-rerank` decide what may be found at all, so a match that may not be shown
/// is in no list, no count and no suggestion.
final class SearchCalls {
  private static final String SCENARIO = "search-rerank";
  private static final int DEFAULT_N = 24;
  private static final int MAX_SUGGESTIONS = 20;

  /// How long a request waits for the index of a shop that was just opened.
  private static final long START_MILLIS = 300;

  private static final Shopper STRANGER = new Shopper.Visitor(new VisitorId("stranger"));

  private final ShopHub shops;
  private final Clock clock;
  private final Meters meters;

  SearchCalls(ShopHub shops, Clock clock, Meters meters) {
    this.shops = shops;
    this.clock = clock;
    this.meters = meters;
  }

  List<Route> routes() {
    Set<String> search =
        Set.of(
            "q",
            "userId",
            "visitorId",
            "n",
            "offset",
            "category",
            "brand",
            "minPrice",
            "maxPrice",
            "explain",
            "lang");
    Set<String> suggestions = Set.of("q", "userId", "visitorId", "n", "lang");
    return List.of(
        Route.get("/v1/search", Access.BROWSER, search, this::search).as(Load.LISTS),
        Route.get("/v1/search/suggestions", Access.BROWSER, suggestions, this::suggest)
            .as(Load.LISTS));
  }

  private Answer search(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    String text = required(call);
    Shopper shopper =
        Wish.shopper(
            call.parameter("userId").orElse(null), call.parameter("visitorId").orElse(null));
    int n = call.number("n", DEFAULT_N, 1, Query.MAX_N);
    int offset = call.number("offset", 0, 0, Query.MAX_N - 1);
    Narrowing narrowing =
        new Narrowing(
            call.parameter("category").orElse(""),
            call.parameter("brand").orElse(""),
            price(call, "minPrice", 0),
            price(call, "maxPrice", Double.POSITIVE_INFINITY));
    boolean explain = call.flag("explain");
    Reasons.language(call.parameter("lang").orElse("en"));
    long start = System.nanoTime();
    Query query = query(shop, shopper, Math.min(offset + n, Query.MAX_N), explain);
    Adjustments adjustments = adjustments(shop, shopper);
    Found found =
        index(shop)
            .search(
                text,
                narrowing,
                shop.recommender().showable(query, adjustments),
                popularity(shop),
                Query.MAX_N);
    Query ordered = query.withCandidates(found.items());
    Slate slate = shop.recommend(ordered, adjustments);
    meters.recommended(shop.id(), "search", System.nanoTime() - start);
    Reasons reasons =
        explain
            ? Reasons.of(shop, ordered, Reasons.language(call.parameter("lang").orElse("en")))
            : null;
    return Answer.ok(
        new SearchAnswer(shop, text, found, query.now()).write(slate, offset, reasons));
  }

  private Answer suggest(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    String text = required(call);
    String language = call.parameter("lang").orElse("en");
    Reasons.language(language);
    boolean known = call.parameter("userId").isPresent() || call.parameter("visitorId").isPresent();
    Shopper shopper =
        known
            ? Wish.shopper(
                call.parameter("userId").orElse(null), call.parameter("visitorId").orElse(null))
            : STRANGER;
    int n = call.number("n", 8, 1, MAX_SUGGESTIONS);
    Query query = query(shop, shopper, n, false);
    IntPredicate allowed = shop.recommender().showable(query, adjustments(shop, shopper));
    ObjectNode node = Json.object();
    ArrayNode array = node.putArray("suggestions");
    for (Suggestion suggestion :
        index(shop).complete(text, language, allowed, popularity(shop), n)) {
      ObjectNode entry = array.addObject();
      entry.put("kind", suggestion.kind().wireName()).put("text", suggestion.text());
      switch (suggestion.kind()) {
        case CATEGORY -> entry.put("category", suggestion.value());
        case BRAND -> entry.put("brand", suggestion.value());
        case ITEM -> entry.put("itemId", suggestion.value());
      }
    }
    return Answer.ok(node);
  }

  private Query query(ShopRuntime shop, Shopper shopper, int n, boolean explain) {
    return new Query(
        shop.id(),
        SCENARIO,
        shop.profiles().of(shopper),
        shop.catalog(),
        -1,
        new int[0],
        n,
        new ItemSlots(0),
        ItemCondition.ANY,
        clock.instant(),
        explain);
  }

  private static Adjustments adjustments(ShopRuntime shop, Shopper shopper) {
    return new Adjustments(
        CompiledRules.NONE, Tuning.NONE, shop.shownLately().of(shopper), shop.responses());
  }

  private static SearchIndex index(ShopRuntime shop) {
    try {
      Optional<SearchIndex> index = shop.search().within(START_MILLIS);
      return index.orElseThrow(
          () ->
              new ProblemException(
                  new Problem(
                      Problem.Kind.UNAVAILABLE,
                      "The shop's text index is being made; ask again in some seconds.",
                      List.of()),
                  java.util.Map.of("Retry-After", "2")));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.Kind.UNAVAILABLE, "The server is stopping.");
    }
  }

  /// The logarithm of what everybody does with an item, as a share of the most popular one's.
  private static IntToDoubleFunction popularity(ShopRuntime shop) {
    Optional<Popularity> counted = shop.indexes().map(indexes -> indexes.popularity());
    if (counted.isEmpty() || counted.get().size() == 0) {
      return _ -> 0;
    }
    Popularity popularity = counted.get();
    double most = Math.log1p(popularity.top(1).strength(0));
    return item -> Math.log1p(popularity.strength(item)) / most;
  }

  private static String required(Call call) {
    return call.parameter("q")
        .orElseThrow(() -> new InvalidFieldException("q", null, "is required"));
  }

  private static double price(Call call, String name, double otherwise) {
    Optional<String> text = call.parameter(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Double.parseDouble(text.get());
    } catch (NumberFormatException _) {
      throw new InvalidFieldException(name, text.get(), "must be a number");
    }
  }
}
