package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.explain.Language;
import io.zhiyin.engine.profile.Activity;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.InterestWeights;
import io.zhiyin.engine.profile.Interests;
import io.zhiyin.engine.profile.Marks;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.ProfileSummary;
import io.zhiyin.engine.profile.Session;
import io.zhiyin.engine.profile.SpendingPower;
import io.zhiyin.server.shop.ShopRuntime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// A profile as JSON, in words and numbers.
final class ProfileView {
  private static final int RECENT = 20;
  private static final int MOST = 20;

  private ProfileView() {}

  static ObjectNode write(ShopRuntime shop, Profile profile, Language language, Instant now) {
    ObjectNode node = Json.object();
    node.put("userId", profile.shopper().value());
    node.put("lastSeen", Instant.ofEpochMilli(profile.lastSeenMillis()).toString());
    ProfileSummary summary =
        ProfileSummary.of(
            profile,
            shop.catalog(),
            shop.prices(),
            InterestWeights.STANDARD,
            now,
            names(shop, now));
    node.put("summary", language == Language.CHINESE ? summary.chinese() : summary.english());
    Activity activity = summary.activity();
    node.put("activity", wireName(activity.level())).put("recency", wireName(activity.recency()));
    node.put("purchases", activity.purchases());
    node.set("session", write(summary.session()));
    ObjectNode interests = node.putObject("interests");
    interests.set("categories", write(summary.interests().categories(), _ -> Map.of()));
    interests.set(
        "brands",
        write(
            summary.interests().brands(),
            brand -> shop.categories().brandNames(brand, shop.catalog(), now)));
    interests.set("tags", write(summary.interests().tags(), _ -> Map.of()));
    interests.set("priceBands", write(summary.interests().priceBands(), _ -> Map.of()));
    SpendingPower power = summary.spendingPower();
    if (power.isKnown()) {
      node.putObject("spendingPower")
          .put("percentile", power.percentile())
          .put("lines", power.lines());
    }
    ObjectNode counts = node.putObject("events");
    long total = 0;
    for (EventKind kind : EventKind.values()) {
      long count = profile.eventCounts()[kind.code()];
      if (count > 0) {
        counts.put(kind.wireName(), count);
        total += count;
      }
    }
    node.put("eventCount", total);
    ArrayNode visitors = node.putArray("visitors");
    profile.visitors().forEach(visitors::add);
    node.set("favorites", ids(shop, Marks.saved(profile)));
    node.set("notInterested", ids(shop, Marks.refused(profile)));
    ArrayNode recent = node.putArray("recent");
    History history = profile.history();
    for (int i = history.size() - 1; i >= Math.max(0, history.size() - RECENT); i--) {
      recent
          .addObject()
          .put("itemId", shop.catalog().vocabulary().idOf(history.item(i)).value())
          .put("eventType", history.kind(i).wireName())
          .put("eventTime", Instant.ofEpochMilli(history.timeMillis(i)).toString());
    }
    return node;
  }

  private static ArrayNode ids(ShopRuntime shop, Map<Integer, Long> marks) {
    ArrayNode ids = Json.array();
    marks.keySet().forEach(item -> ids.add(shop.catalog().vocabulary().idOf(item).value()));
    return ids;
  }

  private static String wireName(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ObjectNode write(Session session) {
    return Json.object()
        .put("start", session.start().toString())
        .put("end", session.end().toString())
        .put("steps", session.steps())
        .put("active", session.active());
  }

  /// @param names those in other languages, by language tag
  private static ArrayNode write(
      List<Interests.Interest> interests, Function<String, Map<String, String>> names) {
    ArrayNode array = Json.array();
    for (Interests.Interest interest : interests.subList(0, Math.min(MOST, interests.size()))) {
      ObjectNode node = array.addObject().put("name", interest.name());
      names.apply(interest.name()).forEach((tag, name) -> node.put("name_" + tag, name));
      node.put("level", interest.level())
          .put("score", interest.score())
          .put("share", interest.share());
    }
    return array;
  }

  private static ProfileSummary.Names names(ShopRuntime shop, Instant now) {
    return new ProfileSummary.Names() {
      @Override
      public String category(String path, String language) {
        return shop.categories().nameOf(path, language, shop.catalog(), now);
      }

      @Override
      public String brand(String brand, String language) {
        return shop.categories().brandNameOf(brand, language, shop.catalog(), now);
      }
    };
  }
}
