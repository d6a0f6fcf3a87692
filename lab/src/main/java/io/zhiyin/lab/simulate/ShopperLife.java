package io.zhiyin.lab.simulate;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.lab.simulate.ShopEvent.Line;
import io.zhiyin.lab.simulate.ShopEvent.Origin;
import io.zhiyin.lab.simulate.ShopEvent.Who;
import io.zhiyin.lab.simulate.Shopper.Membership;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// All visits of one shopper in the shop's history, with what is remembered from one to the next.
final class ShopperLife {
  private static final Duration BETWEEN_VISITS = Duration.ofMinutes(40);

  private final SimulatedShop shop;
  private final ShopTruth truth;
  private final Choices choices;
  private final Shopper shopper;
  private final Dice dice;
  private final Consumer<ShopEvent> out;
  private final Needs needs = new Needs();

  ShopperLife(SimulatedShop shop, Shopper shopper, Consumer<ShopEvent> out) {
    this.shop = shop;
    this.truth = new ShopTruth(shop);
    this.choices = new Choices(shop);
    this.shopper = shopper;
    this.dice = Dice.of(shop.settings().seed(), 3, shopper.index());
    this.out =
        event -> {
          if (!event.time().isAfter(shop.settings().now())) {
            out.accept(event);
          }
        };
  }

  void live() {
    List<Instant> starts = starts();
    int joins = starts.isEmpty() ? 0 : dice.below(starts.size());
    Instant free = Instant.EPOCH;
    for (int i = 0; i < starts.size(); i++) {
      Instant start = starts.get(i);
      if (start.isBefore(free)) {
        continue;
      }
      boolean known = known(i, joins);
      boolean signsIn = !known && signsIn(i, joins);
      Who who = known ? new Who(shopper.userId(), null) : new Who(null, shopper.visitorId());
      Origin origin = Origin.of("s" + (10_001 + shopper.index()) + "-" + (i + 1));
      Visit visit = new Visit(this, origin, who, start);
      Instant end = visit.run(signsIn);
      rate(visit.bought(), signsIn ? new Who(shopper.userId(), null) : who, origin, end);
      free = end.plus(BETWEEN_VISITS);
    }
  }

  private boolean known(int visit, int joins) {
    return switch (shopper.membership()) {
      case MEMBER -> true;
      case FORGETFUL -> visit % 3 != 0;
      case JOINS_LATER -> visit > joins;
      case ANONYMOUS -> false;
    };
  }

  private boolean signsIn(int visit, int joins) {
    return shopper.membership() == Membership.FORGETFUL
        || (shopper.membership() == Membership.JOINS_LATER && visit == joins);
  }

  private List<Instant> starts() {
    int days = shop.settings().days();
    double[] busy = new double[days];
    Instant first = shop.settings().start();
    for (int day = 0; day < days; day++) {
      double growth = 0.8 + 0.4 * day / days;
      busy[day] = growth * Seasons.busyness(first.plus(Duration.ofDays(day)));
    }
    double expected = shopper.visits() * days / 30.0;
    int count =
        Math.max(
            1, (int) StrictMath.round(expected + StrictMath.sqrt(expected) * 0.7 * dice.normal()));
    List<Instant> starts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      LocalDate day = LocalDate.ofInstant(first, Seasons.SHOP_ZONE).plusDays(dice.weighted(busy));
      starts.add(
          day.atTime(Seasons.hour(dice, shopper.peakHour()), dice.below(60), dice.below(60))
              .atZone(Seasons.SHOP_ZONE)
              .toInstant()
              .plusMillis(dice.below(1_000)));
    }
    starts.removeIf(start -> start.isBefore(first) || start.isAfter(shop.settings().now()));
    starts.sort(null);
    return starts;
  }

  private void rate(List<Product> bought, Who who, Origin origin, Instant end) {
    for (Product product : bought) {
      if (dice.chance(0.2)) {
        double raw =
            3.7
                + 1.1 * product.quality()
                + 0.15 * ShopTruth.fit(shopper, product)
                + 0.5 * dice.normal();
        double value = Math.clamp(StrictMath.rint(raw), 1.0, 5.0);
        Instant when = end.plusSeconds((long) (dice.between(1.5, 9) * 86_400));
        out.accept(
            ShopEvent.of(
                    EventKind.RATING,
                    when,
                    who,
                    Origin.of(origin.sessionId() + "r"),
                    Line.of(product))
                .rated(value));
      }
    }
  }

  SimulatedShop shop() {
    return shop;
  }

  ShopTruth truth() {
    return truth;
  }

  Choices choices() {
    return choices;
  }

  Shopper shopper() {
    return shopper;
  }

  Needs needs() {
    return needs;
  }

  Dice dice() {
    return dice;
  }

  Consumer<ShopEvent> out() {
    return out;
  }
}
