package io.zhiyin.lab.simulate;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.lab.simulate.ShopEvent.Line;
import io.zhiyin.lab.simulate.ShopEvent.Origin;
import io.zhiyin.lab.simulate.ShopEvent.Who;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// One visit of one shopper in the time before there was a recommender: in by the home page, a
/// search or a category, from product to product, and perhaps out by the till.
final class Visit {
  private static final int LONGEST = 12;

  private final SimulatedShop shop;
  private final ShopTruth truth;
  private final Choices choices;
  private final Shopper shopper;
  private final Needs needs;
  private final Dice dice;
  private final Consumer<ShopEvent> out;
  private final Origin origin;
  private final Map<Product, Integer> cart = new LinkedHashMap<>();
  private final Set<Integer> favourites = new TreeSet<>();
  private Who who;
  private Instant clock;
  private double[] wishes = {};
  private int intent;

  Visit(ShopperLife life, Origin origin, Who who, Instant start) {
    this.shop = life.shop();
    this.truth = life.truth();
    this.choices = life.choices();
    this.shopper = life.shopper();
    this.needs = life.needs();
    this.dice = life.dice();
    this.out = life.out();
    this.origin = origin;
    this.who = who;
    this.clock = start;
  }

  /// Lives through the visit and says when it ended.
  ///
  /// @param signIn whether a visitor signs in on the way
  Instant run(boolean signIn) {
    wishes = needs.dampen(truth.wishes(shopper, clock), clock);
    Optional<Product> wanted = wanted();
    intent = wanted.map(product -> product.type().index()).orElseGet(() -> dice.weighted(wishes));
    enter();
    if (signIn && dice.chance(0.5)) {
      signIn();
    }
    browse(wanted);
    if (signIn && who.userId() == null) {
      signIn();
    }
    checkOut();
    return clock;
  }

  private Optional<Product> wanted() {
    if (dice.chance(0.65)) {
      Optional<Product> refill = needs.takeRefill(clock);
      if (refill.isPresent()) {
        return dice.chance(0.65) ? refill : choices.like(dice, shopper, refill.get(), clock);
      }
    }
    return dice.chance(0.5)
        ? needs.takeComplement(clock).flatMap(owned -> choices.beside(dice, shopper, owned, clock))
        : Optional.empty();
  }

  private void enter() {
    ProductType type = shop.types().get(intent);
    double way = dice.next();
    if (way < 0.5) {
      send(EventKind.HOME_PAGE_VIEW);
      if (dice.chance(0.35)) {
        seeBestsellers();
      }
    } else if (way < 0.78) {
      Phrase noun = dice.pick(type.words().nouns()).name();
      emit(event(EventKind.SEARCH).about(noun.in(shop.settings().language())));
    } else {
      emit(event(EventKind.CATEGORY_PAGE_VIEW).about(type.path().en()));
    }
  }

  private void seeBestsellers() {
    List<Product> shown = shop.bestsellers(dice, clock, 10);
    Line[] lines = new Line[shown.size()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = Line.at(shown.get(i), i + 1);
    }
    Origin list = origin.list("trending", "bestsellers-" + origin.sessionId());
    emit(ShopEvent.of(EventKind.IMPRESSION, clock, who, list, lines));
    double seen = 1;
    for (int i = 0; i < lines.length; i++) {
      if (dice.chance(seen * ShopTruth.clickProbability(attraction(shown.get(i))))) {
        emit(ShopEvent.of(EventKind.CLICK, clock, who, list, lines[i]));
        look(shown.get(i));
        return;
      }
      seen *= ShopTruth.NEXT_POSITION;
    }
  }

  private void browse(Optional<Product> wanted) {
    Optional<Product> next =
        wanted.or(() -> choices.of(dice, shopper, shop.types().get(intent), clock));
    int more = 1 + dice.runOf(0.74, LONGEST);
    while (next.isPresent() && more-- > 0) {
      Product current = next.get();
      look(current);
      next = onwards(current);
    }
  }

  private Optional<Product> onwards(Product current) {
    double way = dice.next();
    if (way < 0.55) {
      return choices.like(dice, shopper, current, clock);
    }
    if (way < 0.76) {
      return choices
          .beside(dice, shopper, current, clock)
          .or(() -> choices.like(dice, shopper, current, clock));
    }
    int type = way < 0.88 ? intent : dice.weighted(wishes);
    return choices.of(dice, shopper, shop.types().get(type), clock);
  }

  private void look(Product product) {
    emit(event(EventKind.DETAIL_PAGE_VIEW, Line.of(product)));
    double attraction = attraction(product);
    if (dice.chance(0.8 * ShopTruth.clickProbability(attraction - 1.5))
        && favourites.add(product.index())) {
      emit(event(EventKind.ADD_TO_FAVORITES, Line.of(product)));
    }
    if (!cart.containsKey(product) && dice.chance(ShopTruth.buyProbability(attraction))) {
      put(product);
      if (dice.chance(0.35)) {
        choices
            .beside(dice, shopper, product, clock)
            .filter(more -> !cart.containsKey(more))
            .ifPresent(this::putSeen);
      }
    }
  }

  private void putSeen(Product product) {
    emit(event(EventKind.DETAIL_PAGE_VIEW, Line.of(product)));
    put(product);
  }

  private void put(Product product) {
    int quantity = product.type().consumable() ? 1 + dice.runOf(0.3, 2) : 1;
    cart.put(product, quantity);
    emit(event(EventKind.ADD_TO_CART, Line.bought(product, quantity)));
  }

  private void checkOut() {
    for (Product product : List.copyOf(cart.keySet())) {
      if (dice.chance(0.1)) {
        cart.remove(product);
        emit(event(EventKind.REMOVE_FROM_CART, Line.of(product)));
      }
    }
    if (cart.isEmpty() || !dice.chance(0.68)) {
      return;
    }
    List<Line> lines = new ArrayList<>();
    cart.forEach((product, quantity) -> lines.add(Line.bought(product, quantity)));
    emit(event(EventKind.PURCHASE_COMPLETE, lines.toArray(Line[]::new)));
    cart.forEach((product, quantity) -> needs.bought(product, quantity, clock, dice));
  }

  /// What was bought, for ratings later on.
  List<Product> bought() {
    return List.copyOf(cart.keySet());
  }

  private void signIn() {
    who = new Who(shopper.userId(), shopper.visitorId());
    send(EventKind.LOGIN);
    who = new Who(shopper.userId(), null);
  }

  private double attraction(Product product) {
    int type = product.type().index();
    double usual = truth.attraction(shopper, product, wishes[type]);
    return type == intent ? usual + ShopTruth.INTENT : usual;
  }

  private void send(EventKind kind) {
    emit(event(kind));
  }

  private ShopEvent event(EventKind kind, Line... lines) {
    return ShopEvent.of(kind, clock, who, origin, lines);
  }

  private void emit(ShopEvent event) {
    out.accept(event);
    clock = clock.plusMillis(2_000 + (long) (1_000 * dice.exponential(28)));
  }
}
