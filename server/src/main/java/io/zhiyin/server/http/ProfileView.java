package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.explain.Language;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.server.shop.ShopRuntime;
import java.time.Instant;

/// A profile as JSON, in words and numbers.
final class ProfileView {
  private static final int RECENT = 20;

  private ProfileView() {}

  static ObjectNode write(ShopRuntime shop, Profile profile, Language language, Instant now) {
    ObjectNode node = Json.object();
    node.put("userId", profile.shopper().value());
    node.put("lastSeen", Instant.ofEpochMilli(profile.lastSeenMillis()).toString());
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
}
