package io.zhiyin.server.shop;

import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.privacy.Erasure;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.ProfileFold;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.engine.recommend.Adjustments;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// One user's past, event by event: the profile as it was after each, and the list that a request
/// would have got then.
///
/// Only the shopper and the clock go back. Catalogue, counts, model and rules are those of today,
/// what was shown (fatigue) is left out, and nothing of it is counted or kept.
public final class LookingBack {
  private final ShopRuntime shop;
  private final UserId user;
  private final List<ShopperEvent> events;

  /// One event and what was known when it had happened.
  ///
  /// @param number which event of the user's, from 1
  public record Step(int number, ShopperEvent event, Profile profile, Slate slate) {}

  private LookingBack(ShopRuntime shop, UserId user, List<ShopperEvent> events) {
    this.shop = shop;
    this.user = user;
    this.events = events;
  }

  /// Reads the user's events, those from before signing in among them: the whole journal once or
  /// twice.
  public static LookingBack at(ShopRuntime shop, UserId user, Instant now) throws IOException {
    long end = shop.journal().end();
    long[] own =
        Erasure.of(shop.journal(), new UserErased(new EventId("back"), now, user), end).offsets();
    List<ShopperEvent> events = new ArrayList<>();
    if (own.length > 1) {
      shop.journal()
          .read(
              own[0],
              end,
              (offset, event) -> {
                if (event instanceof ShopperEvent did && Arrays.binarySearch(own, offset) >= 0) {
                  events.add(did);
                }
              });
    }
    events.sort(Comparator.comparing(ShopperEvent::eventTime));
    return new LookingBack(shop, user, events);
  }

  /// How many events there are.
  public int size() {
    return events.size();
  }

  /// The last `most` events, in the order in which they happened.
  ///
  /// @param n how long the lists are
  public List<Step> steps(String scenario, int most, int n) {
    ProfileFold fold = ProfileFold.aside(shop.catalog().vocabulary());
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      ShopperEvent event = events.get(i);
      if (isKnown(event)) {
        fold.apply(event);
      }
      if (i >= events.size() - most) {
        Profile profile = fold.of(new Shopper.User(user));
        steps.add(new Step(i + 1, event, profile, list(profile, scenario, n, event.eventTime())));
      }
    }
    return steps;
  }

  /// An event that was acknowledged this instant may name an item that has no index yet.
  private boolean isKnown(ShopperEvent event) {
    Vocabulary vocabulary = shop.catalog().vocabulary();
    return event.items().stream().allMatch(line -> vocabulary.indexOf(line.itemId()) >= 0);
  }

  private Slate list(Profile profile, String scenario, int n, Instant then) {
    Query query =
        new Query(
            shop.id(),
            scenario,
            profile,
            shop.catalog(),
            Vocabulary.UNKNOWN,
            new int[0],
            n,
            new ItemSlots(0),
            ItemCondition.ANY,
            then,
            false,
            new int[0]);
    return shop.recommender().preview(query, Adjustments.NONE, shop.rules().compiled()).slate();
  }
}
