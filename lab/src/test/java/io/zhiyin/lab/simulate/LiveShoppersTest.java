package io.zhiyin.lab.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.lab.simulate.ShopEvent.Who;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LiveShoppersTest {
  private static final SimulatedShop SHOP = Small.shop();
  private static final int STEPS = 6_000;

  @Nested
  class BetterLists {
    @Test
    void sellClearlyMore() throws InterruptedException {
      LiveFigures random = act(new RandomShop());
      LiveFigures truthful = act(new TruthfulShop());
      String both = "random " + random + ", truthful " + truthful;
      assertTrue(truthful.clickThrough() > 2 * random.clickThrough(), both);
      assertTrue(truthful.purchases() > 2 * random.purchases(), both);
      assertTrue(truthful.revenue() > 2 * random.revenue(), both);
    }
  }

  @Nested
  class TheSameSeedAndAnswers {
    @Test
    void giveTheSameEvents() throws InterruptedException {
      RandomShop first = new RandomShop();
      RandomShop second = new RandomShop();
      act(first);
      act(second);
      assertEquals(first.heard, second.heard);
    }
  }

  @Nested
  class WhatIsSent {
    private final RandomShop port = new RandomShop();

    @Test
    void saysWhichListAClickCameFromAndWhereItStood() throws InterruptedException {
      act(port);
      List<ShopEvent> clicks =
          port.heard.stream()
              .map(Shop.NamedEvent::event)
              .filter(event -> event.kind() == EventKind.CLICK)
              .toList();
      assertTrue(clicks.size() > 10);
      for (ShopEvent click : clicks) {
        List<String> list = port.lists.get(click.origin().recommendationId());
        ShopEvent.Line line = click.lines().getFirst();
        assertEquals(line.itemId(), list.get(line.position() - 1));
      }
    }

    @Test
    void neverUsesAnIdTwice() throws InterruptedException {
      act(port);
      Set<String> ids = new HashSet<>();
      port.heard.forEach(named -> assertTrue(ids.add(named.eventId()), named::eventId));
    }
  }

  @Nested
  class AShopThatDoesNotAnswer {
    @Test
    void isCountedAndWaitedFor() throws InterruptedException {
      LiveFigures figures = act(new ClosedShop());
      assertEquals(0, figures.events());
      assertTrue(figures.failures() >= STEPS);
    }
  }

  private static LiveFigures act(Shop port) throws InterruptedException {
    Passing time = new Passing();
    LiveShoppers shoppers = new LiveShoppers(SHOP, port, 5, time);
    int[] steps = {0};
    shoppers.run(() -> steps[0]++ < STEPS, Duration.ofMillis(400), time);
    return shoppers.figures();
  }

  /// Time that passes at once when it is waited for.
  private static final class Passing implements InstantSource, Pacer {
    private Instant now = Small.NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void pause(Duration duration) {
      now = now.plus(duration);
    }
  }

  private static final class RandomShop implements Shop {
    private final Dice dice = Dice.of(11);
    private final List<NamedEvent> heard = new ArrayList<>();
    private final Map<String, List<String>> lists = new java.util.HashMap<>();

    @Override
    public Slate recommend(String scenario, Who who, @Nullable String itemId, int n) {
      List<String> items =
          IntStream.range(0, n)
              .mapToObj(i -> SHOP.itemId(dice.below(SHOP.productCount())))
              .toList();
      Slate slate = new Slate("r" + lists.size(), items);
      lists.put(slate.recommendationId(), items);
      return slate;
    }

    @Override
    public void send(List<NamedEvent> events) {
      heard.addAll(events);
    }
  }

  private static final class TruthfulShop implements Shop {
    private final ShopTruth truth = new ShopTruth(SHOP);
    private final Map<String, Shopper> known =
        SHOP.shoppers().stream()
            .flatMap(
                shopper ->
                    java.util.stream.Stream.of(
                        Map.entry(shopper.userId(), shopper),
                        Map.entry(shopper.visitorId(), shopper)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    private final Map<Shopper, List<String>> best = new java.util.HashMap<>();

    @Override
    public Slate recommend(String scenario, Who who, @Nullable String itemId, int n) {
      String id = who.userId() == null ? who.visitorId() : who.userId();
      Shopper shopper = known.getOrDefault(id, SHOP.shoppers().getFirst());
      Function<Shopper, List<String>> list =
          someone -> truth.bestPossible(someone, 12, Small.NOW).stream().map(SHOP::itemId).toList();
      return new Slate("r", best.computeIfAbsent(shopper, list).subList(0, n));
    }

    @Override
    public void send(List<NamedEvent> events) {}
  }

  private static final class ClosedShop implements Shop {
    @Override
    public Slate recommend(String scenario, Who who, @Nullable String itemId, int n) {
      throw new ShopUnreachableException("closed");
    }

    @Override
    public void send(List<NamedEvent> events) {
      throw new ShopUnreachableException("closed");
    }
  }
}
