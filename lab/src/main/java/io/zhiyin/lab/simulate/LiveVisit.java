package io.zhiyin.lab.simulate;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.lab.simulate.Shop.NamedEvent;
import io.zhiyin.lab.simulate.Shop.Slate;
import io.zhiyin.lab.simulate.ShopEvent.Line;
import io.zhiyin.lab.simulate.ShopEvent.Origin;
import io.zhiyin.lab.simulate.ShopEvent.Who;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One visit that goes where the shown lists lead: each step is a page. A list is looked at from
/// the top, with less and less attention, and left at the first item that is wanted enough.
final class LiveVisit {
  private static final int MOST_PAGES = 16;
  private static final double CONTEXT = 1.2;

  private final LiveShoppers live;
  private final Shopper shopper;
  private final Who who;
  private final Needs needs;
  private final Dice dice;
  private final Origin origin;
  private final Supplier<Instant> clock;
  private final double[] wishes;
  private final Map<Product, Integer> cart = new LinkedHashMap<>();
  private final Set<Product> seen = new HashSet<>();
  private final List<NamedEvent> unsent = new ArrayList<>();
  private int intent;
  private int pages;
  private Page page = new Home();

  LiveVisit(LiveShoppers live, Shopper shopper, Who who, Needs needs, String sessionId) {
    this.live = live;
    this.shopper = shopper;
    this.who = who;
    this.needs = needs;
    this.dice = live.dice();
    this.origin = Origin.of(sessionId);
    this.clock = live::now;
    this.wishes = needs.dampen(live.truth().wishes(shopper, clock.get()), clock.get());
    this.intent = dice.weighted(wishes);
  }

  /// One page further.
  ///
  /// @return whether the visit goes on
  boolean step() {
    page =
        switch (page) {
          case Home home -> home();
          case Detail detail -> detail(detail);
          case Cart basket -> basket(basket);
          case Gone gone -> gone;
        };
    live.send(unsent);
    unsent.clear();
    return !(page instanceof Gone) && ++pages < MOST_PAGES;
  }

  private Page home() {
    emit(event(EventKind.HOME_PAGE_VIEW));
    Optional<Page> clicked = look("home-feed", null, 12);
    if (clicked.isPresent()) {
      return clicked.get();
    }
    if (dice.chance(0.3)) {
      ProductType type = live.shop().types().get(intent);
      emit(
          event(EventKind.SEARCH)
              .about(type.words().nouns().getFirst().name().in(live.language())));
      return live.choices()
          .of(dice, shopper, type, clock.get())
          .<Page>map(Detail::new)
          .orElse(new Gone());
    }
    return dice.chance(0.35) ? new Home() : new Gone();
  }

  private Page detail(Detail detail) {
    Product product = detail.product();
    emit(event(EventKind.DETAIL_PAGE_VIEW, Line.of(product)));
    double attraction = attraction(product, null);
    if (dice.chance(0.5)) {
      intent = product.type().index();
    }
    if (dice.chance(0.8 * ShopTruth.clickProbability(attraction - 1.5)) && seen.add(product)) {
      emit(event(EventKind.ADD_TO_FAVORITES, Line.of(product)));
    }
    seen.add(product);
    if (product.stock() > 0
        && !cart.containsKey(product)
        && dice.chance(ShopTruth.buyProbability(attraction))) {
      int quantity = product.type().consumable() ? 1 + dice.runOf(0.3, 2) : 1;
      cart.put(product, quantity);
      emit(event(EventKind.ADD_TO_CART, Line.bought(product, quantity)));
      return new Cart(product);
    }
    Optional<Page> clicked = look("similar-items", product, 8);
    if (clicked.isPresent()) {
      return clicked.get();
    }
    return dice.chance(0.4) ? new Home() : leave();
  }

  private Page basket(Cart basket) {
    Optional<Page> clicked = look("bought-together", basket.last(), 6);
    return clicked.orElseGet(() -> dice.chance(0.3) ? new Home() : leave());
  }

  private Page leave() {
    if (!cart.isEmpty() && dice.chance(0.75)) {
      List<Line> lines = new ArrayList<>();
      cart.forEach((product, quantity) -> lines.add(Line.bought(product, quantity)));
      emit(event(EventKind.PURCHASE_COMPLETE, lines.toArray(Line[]::new)));
      cart.forEach((product, quantity) -> needs.bought(product, quantity, clock.get(), dice));
      cart.clear();
    }
    return new Gone();
  }

  /// Looks at a list; the page of what was clicked, if anything was.
  private Optional<Page> look(String scenario, @Nullable Product beside, int n) {
    // what happened on this page so far has to arrive before the list is asked for
    live.send(unsent);
    unsent.clear();
    Optional<Slate> answer =
        live.recommend(scenario, who, beside == null ? null : beside.itemId(), n);
    if (answer.isEmpty() || answer.get().itemIds().isEmpty()) {
      return Optional.empty();
    }
    List<Product> shown =
        answer.get().itemIds().stream().flatMap(id -> live.shop().product(id).stream()).toList();
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    Origin list = origin.list(scenario, answer.get().recommendationId());
    Line[] lines = new Line[shown.size()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = Line.at(shown.get(i), i + 1);
    }
    emit(ShopEvent.of(EventKind.IMPRESSION, clock.get(), who, list, lines));
    double attention = 1;
    for (int i = 0; i < lines.length; i++) {
      Product product = shown.get(i);
      if (dice.chance(attention) && !cart.containsKey(product)) {
        double attraction = attraction(product, beside) - (seen.contains(product) ? 2 : 0);
        if (dice.chance(ShopTruth.clickProbability(attraction))) {
          emit(ShopEvent.of(EventKind.CLICK, clock.get(), who, list, lines[i]));
          return Optional.of(new Detail(product));
        }
      }
      attention *= ShopTruth.NEXT_POSITION;
    }
    return Optional.empty();
  }

  private double attraction(Product product, @Nullable Product beside) {
    int type = product.type().index();
    double attraction = live.truth().attraction(shopper, product, wishes[type]);
    if (type == intent) {
      attraction += ShopTruth.INTENT;
    }
    if (beside != null && beside.type().follows().contains(product.type().id())) {
      attraction += CONTEXT;
    }
    return attraction;
  }

  private ShopEvent event(EventKind kind, Line... lines) {
    return ShopEvent.of(kind, clock.get(), who, origin, lines);
  }

  private void emit(ShopEvent event) {
    unsent.add(live.named(event));
  }

  private sealed interface Page permits Home, Detail, Cart, Gone {}

  private record Home() implements Page {}

  private record Detail(Product product) implements Page {}

  private record Cart(Product last) implements Page {}

  private record Gone() implements Page {}
}
