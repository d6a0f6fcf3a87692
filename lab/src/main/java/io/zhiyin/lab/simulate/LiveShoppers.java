package io.zhiyin.lab.simulate;

import io.zhiyin.lab.simulate.Shop.NamedEvent;
import io.zhiyin.lab.simulate.Shop.Slate;
import io.zhiyin.lab.simulate.ShopEvent.Who;
import io.zhiyin.lab.simulate.Shopper.Membership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Shoppers in the shop right now, several at once, who react to what they are shown: better lists
/// sell more. The same seed, clock and answers give the same visits.
public final class LiveShoppers {
  private static final int CROWD = 12;
  private static final double NEVER_SEEN_BEFORE = 0.12;

  private final SimulatedShop shop;
  private final Shop port;
  private final InstantSource clock;
  private final ShopTruth truth;
  private final Choices choices;
  private final Dice dice;
  private final EventIds ids;
  private final String run;
  private final double[] activity;
  private final Map<Integer, Needs> needs = new HashMap<>();
  private final List<LiveVisit> crowd = new ArrayList<>();
  private final Tally tally = new Tally();
  private int visits;

  public LiveShoppers(SimulatedShop shop, Shop port, long seed, InstantSource clock) {
    this.shop = shop;
    this.port = port;
    this.clock = clock;
    this.truth = new ShopTruth(shop);
    this.choices = new Choices(shop);
    this.dice = Dice.of(seed, 4);
    this.ids = EventIds.ofLive(seed, clock.instant());
    this.run = Long.toString(clock.millis(), 36);
    this.activity = shop.shoppers().stream().mapToDouble(Shopper::visits).toArray();
  }

  /// Acts until told to stop, one page each `pace`.
  public void run(BooleanSupplier open, Duration pace, Pacer pacer) throws InterruptedException {
    while (open.getAsBoolean()) {
      pacer.pause(pace);
      step();
    }
  }

  /// Someone in the crowd opens one more page.
  public void step() {
    if (crowd.size() < CROWD) {
      crowd.add(arrive());
    }
    int who = dice.below(crowd.size());
    if (!crowd.get(who).step()) {
      crowd.remove(who);
    }
  }

  public LiveFigures figures() {
    return tally.figures();
  }

  private LiveVisit arrive() {
    tally.visit();
    Shopper shopper = shop.shoppers().get(dice.weighted(activity));
    String session = "live-" + run + "-" + ++visits;
    if (dice.chance(NEVER_SEEN_BEFORE)) {
      Who stranger = new Who(null, "n" + run + "-" + visits);
      return new LiveVisit(this, shopper, stranger, new Needs(), session);
    }
    Who who =
        shopper.membership() == Membership.ANONYMOUS
            ? new Who(null, shopper.visitorId())
            : new Who(shopper.userId(), null);
    Needs own = needs.computeIfAbsent(shopper.index(), index -> new Needs());
    return new LiveVisit(this, shopper, who, own, session);
  }

  Optional<Slate> recommend(String scenario, Who who, @Nullable String itemId, int n) {
    try {
      Slate slate = port.recommend(scenario, who, itemId, n);
      tally.list(slate.itemIds().size());
      return Optional.of(slate);
    } catch (ShopUnreachableException e) {
      fail();
      return Optional.empty();
    }
  }

  void send(List<NamedEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    try {
      port.send(List.copyOf(events));
      tally.sent(events);
    } catch (ShopUnreachableException e) {
      fail();
    }
  }

  /// A request that was cut off because the shop closes is no failure of the shop's.
  private void fail() {
    if (!Thread.currentThread().isInterrupted()) {
      tally.failure();
    }
  }

  NamedEvent named(ShopEvent event) {
    return new NamedEvent(ids.next(), event);
  }

  Instant now() {
    return clock.instant();
  }

  SimulatedShop shop() {
    return shop;
  }

  ShopLanguage language() {
    return shop.settings().language();
  }

  ShopTruth truth() {
    return truth;
  }

  Choices choices() {
    return choices;
  }

  Dice dice() {
    return dice;
  }
}
