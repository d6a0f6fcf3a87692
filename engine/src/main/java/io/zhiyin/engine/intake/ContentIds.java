package io.zhiyin.engine.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ShopperEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names events that came without an `eventId`, from what they say: the same content gives the same
/// id, wherever and whenever it is read.
///
/// Within one import the second of two equal events gets an id of its own, from its number among
/// them, so that buying the same thing twice counts twice, and the same file a second time counts
/// nothing.
public final class ContentIds {
  private final OccurrenceCounter occurrences;
  private final boolean counted;

  private ContentIds(boolean counted) {
    this.counted = counted;
    this.occurrences = new OccurrenceCounter();
  }

  /// Equal content is the same event.
  public static ContentIds single() {
    return new ContentIds(false);
  }

  /// Equal content is one event for each time it comes. Keeps 8 to 16 bytes for each event named,
  /// and serves one thread.
  public static ContentIds counting() {
    return new ContentIds(true);
  }

  /// The event under the id that its content gives; the id that it has is not looked at.
  public ShopperEvent named(ShopperEvent event) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    EventJson.content(event, content);
    byte[] digest = sha256(content.toString());
    int occurrence = counted ? occurrences.next(digest) : 0;
    String id = HexFormat.of().formatHex(digest, 0, 16);
    return withId(event, new EventId(occurrence == 0 ? "c-" + id : "c-" + id + "-" + occurrence));
  }

  /// The first 128 bits of the text's SHA-256, in hexadecimal.
  static String hash(String text) {
    return HexFormat.of().formatHex(sha256(text), 0, 16);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static ShopperEvent withId(ShopperEvent event, EventId id) {
    Header old = event.header();
    Header header =
        new Header(
            id,
            old.eventTime(),
            old.user(),
            old.visitor(),
            old.session(),
            old.scenario(),
            old.recommendation(),
            old.attributes());
    return switch (event) {
      case ShopperEvent.HomePageView _ -> new ShopperEvent.HomePageView(header);
      case ShopperEvent.CategoryPageView e ->
          new ShopperEvent.CategoryPageView(header, e.category());
      case ShopperEvent.DetailPageView e -> new ShopperEvent.DetailPageView(header, e.items());
      case ShopperEvent.Search e -> new ShopperEvent.Search(header, e.query(), e.items());
      case ShopperEvent.AddToCart e -> new ShopperEvent.AddToCart(header, e.items());
      case ShopperEvent.RemoveFromCart e -> new ShopperEvent.RemoveFromCart(header, e.items());
      case ShopperEvent.AddToFavorites e -> new ShopperEvent.AddToFavorites(header, e.items());
      case ShopperEvent.RemoveFromFavorites e ->
          new ShopperEvent.RemoveFromFavorites(header, e.items());
      case ShopperEvent.NotInterested e -> new ShopperEvent.NotInterested(header, e.items());
      case ShopperEvent.PurchaseComplete e -> new ShopperEvent.PurchaseComplete(header, e.items());
      case ShopperEvent.Impression e -> new ShopperEvent.Impression(header, e.items());
      case ShopperEvent.Click e -> new ShopperEvent.Click(header, e.items());
      case ShopperEvent.Rating e -> new ShopperEvent.Rating(header, e.items(), e.value());
      case ShopperEvent.Login _ -> new ShopperEvent.Login(header);
    };
  }
}
