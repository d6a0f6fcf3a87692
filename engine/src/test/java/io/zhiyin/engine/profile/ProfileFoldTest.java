package io.zhiyin.engine.profile;

import static io.zhiyin.engine.profile.RandomEvents.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProfileFoldTest {
  private final Vocabulary vocabulary = new Vocabulary();
  private final ProfileFold fold = new ProfileFold(vocabulary);

  private static ShopperEvent view(
      String id, @Nullable String user, @Nullable String visitor, long millis, String... items) {
    return new ShopperEvent.DetailPageView(
        header(id, user, visitor, millis), List.of(items).stream().map(ItemLine::of).toList());
  }

  private static ShopperEvent login(String id, String user, String visitor, long millis) {
    return new ShopperEvent.Login(header(id, user, visitor, millis));
  }

  private static Shopper user(String id) {
    return new Shopper.User(new UserId(id));
  }

  private static Shopper visitor(String id) {
    return new Shopper.Visitor(new VisitorId(id));
  }

  private String seen(Shopper shopper) {
    History history = fold.of(shopper).history();
    List<String> items = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      items.add(vocabulary.idOf(history.item(i)).value());
    }
    return String.join(" ", items);
  }

  private void apply(ShopperEvent... events) {
    List.of(events).forEach(fold::apply);
  }

  @Nested
  class OneUser {
    @Test
    void historyIsInTheOrderOfEventTime() {
      apply(
          view("e1", "anna", null, 30, "c"),
          view("e2", "anna", null, 10, "a"),
          view("e3", "anna", null, 20, "b"));
      assertEquals("a b c", seen(user("anna")));
    }

    @Test
    void inTheSameMillisecondTheEventIdDecides() {
      apply(view("e2", "anna", null, 10, "b"), view("e1", "anna", null, 10, "a"));
      assertEquals("a b", seen(user("anna")));
    }

    @Test
    void theLinesOfABasketStayTogether() {
      apply(
          view("e2", "anna", null, 10, "b1", "b2"),
          view("e1", "anna", null, 10, "a1", "a2"),
          view("e3", "anna", null, 11, "c"));
      History history = fold.of(user("anna")).history();
      assertEquals("a1 a2 b1 b2 c", seen(user("anna")));
      assertEquals(
          List.of(0, 0, 1, 1, 2),
          List.of(
              history.basket(0),
              history.basket(1),
              history.basket(2),
              history.basket(3),
              history.basket(4)));
    }

    @Test
    void onlyEngagementsAreInTheHistoryAndAllKindsAreCounted() {
      apply(
          new ShopperEvent.HomePageView(header("e1", "anna", null, 1)),
          new ShopperEvent.Impression(header("e2", "anna", null, 2), List.of(ItemLine.of("x"))),
          new ShopperEvent.CategoryPageView(header("e3", "anna", null, 3), "家居 > 灯"),
          new ShopperEvent.Search(header("e4", "anna", null, 4), "lamp", List.of()),
          view("e5", "anna", null, 5, "a"));
      Profile profile = fold.of(user("anna"));
      assertEquals("a", seen(user("anna")));
      assertEquals(
          List.of(new Profile.PageView(3, "家居 > 灯", ""), new Profile.PageView(4, "", "lamp")),
          profile.pageViews());
      for (EventKind kind :
          List.of(
              EventKind.HOME_PAGE_VIEW,
              EventKind.IMPRESSION,
              EventKind.CATEGORY_PAGE_VIEW,
              EventKind.SEARCH,
              EventKind.DETAIL_PAGE_VIEW)) {
        assertEquals(1, profile.eventCounts()[kind.code()], kind.wireName());
      }
      assertEquals(5, profile.lastSeenMillis());
    }

    @Test
    void theNewestFourHundredLinesAreKept() {
      for (int i = 0; i < 1000; i++) {
        apply(view("e" + i, "anna", null, (i * 37L) % 1000, "i" + (i * 37) % 1000));
      }
      History history = fold.of(user("anna")).history();
      assertEquals(400, history.size());
      assertEquals("i600", vocabulary.idOf(history.item(0)).value());
      assertEquals("i999", vocabulary.idOf(history.item(399)).value());
      assertEquals(1000, fold.of(user("anna")).eventCounts()[EventKind.DETAIL_PAGE_VIEW.code()]);
    }

    @Test
    void aFavouriteStaysOneHoweverMuchIsDoneAfterIt() {
      apply(save("s1", 1, "kept"), save("s2", 2, "dropped"), save("s3", 3, "dropped long after"));
      for (int i = 0; i < 500; i++) {
        apply(view("e" + i, "anna", null, 100 + i, "i" + i));
        if (i == 10) {
          apply(
              new ShopperEvent.RemoveFromFavorites(
                  header("r1", "anna", null, 110), List.of(ItemLine.of("dropped"))));
        }
      }
      apply(
          new ShopperEvent.NotInterested(
              header("r2", "anna", null, 1000), List.of(ItemLine.of("dropped long after"))));
      assertEquals(List.of("kept"), saved());
      apply(save("s4", 50, "late"));
      assertEquals(List.of("late", "kept"), saved());
    }

    @Test
    void ofOldMarksTheNewestThousandAreKept() {
      for (int i = 0; i < 1500; i++) {
        apply(save("s" + i, i, "i" + i));
      }
      assertEquals(1400, saved().size());
      assertEquals("i100", saved().getLast());
    }

    private List<String> saved() {
      return Marks.saved(fold.of(user("anna"))).keySet().stream()
          .map(item -> vocabulary.idOf(item).value())
          .toList();
    }

    private static ShopperEvent save(String id, long millis, String item) {
      return new ShopperEvent.AddToFavorites(
          header(id, "anna", null, millis), List.of(ItemLine.of(item)));
    }

    @Test
    void theProfileIsTheSameObjectUntilSomethingChanges() {
      apply(view("e1", "anna", null, 1, "a"));
      Profile first = fold.of(user("anna"));
      assertSame(first, fold.of(user("anna")));
      apply(view("e2", "bert", null, 1, "a"));
      assertSame(first, fold.of(user("anna")));
      apply(view("e3", "anna", null, 2, "b"));
      assertNotSame(first, fold.of(user("anna")));
    }
  }

  @Nested
  class SigningIn {
    @Test
    void whatWasDoneBeforeBecomesTheUsers() {
      apply(
          view("e1", null, "tablet", 1, "a"),
          login("e2", "anna", "tablet", 2),
          view("e3", "anna", null, 3, "b"));
      assertEquals("a b", seen(user("anna")));
      assertEquals("", seen(visitor("tablet")));
      assertEquals(List.of("tablet"), fold.of(user("anna")).visitors());
    }

    @Test
    void whatIsDoneAfterStaysWithTheVisitor() {
      apply(
          view("e1", null, "tablet", 1, "a"),
          login("e2", "anna", "tablet", 2),
          view("e3", null, "tablet", 3, "b"));
      assertEquals("a", seen(user("anna")));
      assertEquals("b", seen(visitor("tablet")));
    }

    @Test
    void theNextUserOfTheDeviceGetsOnlyWhatCameSince() {
      apply(
          view("e1", null, "tablet", 1, "a"),
          login("e2", "anna", "tablet", 2),
          view("e3", null, "tablet", 3, "b"),
          login("e4", "bert", "tablet", 4));
      assertEquals("a", seen(user("anna")));
      assertEquals("b", seen(user("bert")));
      assertEquals("", seen(visitor("tablet")));
    }

    @Test
    void aLateLoginTakesItsPartBack() {
      apply(
          view("e1", null, "tablet", 1, "a"),
          view("e3", null, "tablet", 3, "b"),
          login("e4", "bert", "tablet", 4));
      assertEquals("a b", seen(user("bert")));
      apply(login("e2", "anna", "tablet", 2));
      assertEquals("a", seen(user("anna")));
      assertEquals("b", seen(user("bert")));
    }

    @Test
    void aLateEventFindsItsOwner() {
      apply(login("e2", "anna", "tablet", 2), login("e4", "bert", "tablet", 4));
      apply(view("e3", null, "tablet", 3, "b"), view("e1", null, "tablet", 2, "a"));
      assertEquals("a", seen(user("anna")));
      assertEquals("b", seen(user("bert")));
    }

    @Test
    void anyEventWithBothIdsJoins() {
      apply(view("e1", null, "tablet", 1, "a"), view("e2", "anna", "tablet", 2, "b"));
      assertEquals("a b", seen(user("anna")));
    }

    @Test
    void countsAndPageViewsMoveAlong() {
      apply(
          new ShopperEvent.HomePageView(header("e1", null, "tablet", 1)),
          new ShopperEvent.Search(header("e2", null, "tablet", 2), "灯", List.of()),
          login("e3", "anna", "tablet", 3),
          new ShopperEvent.HomePageView(header("e4", null, "tablet", 4)));
      Profile anna = fold.of(user("anna"));
      assertEquals(1, anna.eventCounts()[EventKind.HOME_PAGE_VIEW.code()]);
      assertEquals(1, anna.eventCounts()[EventKind.LOGIN.code()]);
      assertEquals(List.of(new Profile.PageView(2, "", "灯")), anna.pageViews());
      Profile tablet = fold.of(visitor("tablet"));
      assertEquals(1, tablet.eventCounts()[EventKind.HOME_PAGE_VIEW.code()]);
      assertEquals(4, tablet.lastSeenMillis());
      assertEquals(List.of(), tablet.pageViews());
    }

    @Test
    void aVisitorWhoIsAllJoinedIsNoShopperAnyMore() {
      apply(view("e1", null, "tablet", 1, "a"));
      assertEquals(1, fold.size());
      apply(login("e2", "anna", "tablet", 2));
      assertEquals(List.of(user("anna")), fold.shoppers().toList());
      assertEquals(1, fold.size());
    }

    @Test
    void visitorsComeInTheOrderOfTheirFirstLogin() {
      apply(
          login("e1", "anna", "phone", 9),
          login("e2", "anna", "tablet", 5),
          login("e3", "anna", "phone", 2));
      assertEquals(List.of("phone", "tablet"), fold.of(user("anna")).visitors());
    }
  }

  @Nested
  class Erasing {
    @Test
    void takesTheUserAndWhatWasJoinedAndLeavesTheRest() {
      apply(
          view("e1", null, "tablet", 1, "a"),
          login("e2", "anna", "tablet", 2),
          view("e3", null, "tablet", 3, "b"),
          login("e4", "bert", "tablet", 4),
          view("e5", null, "tablet", 5, "c"));
      fold.apply(new UserErased(new EventId("x"), Instant.EPOCH, new UserId("anna")));
      assertEquals("", seen(user("anna")));
      assertEquals("b", seen(user("bert")));
      assertEquals("c", seen(visitor("tablet")));
      assertEquals(Set.of(visitor("tablet"), user("bert")), Set.copyOf(fold.shoppers().toList()));
    }

    @Test
    void aVisitorOfNothingElseGoesToo() {
      apply(view("e1", null, "tablet", 1, "a"), login("e2", "anna", "tablet", 2));
      fold.apply(new UserErased(new EventId("x"), Instant.EPOCH, new UserId("anna")));
      assertEquals(0, fold.size());
      assertEquals(List.of(), fold.shoppers().toList());
    }
  }

  @Nested
  class OrderOfArrival {
    @Test
    void leavesNoTraceInAnyProfile() {
      for (int seed = 0; seed < 40; seed++) {
        check(RandomEvents.of(seed, 120, 4, 3), seed);
      }
    }

    @Test
    void leavesNoTraceWhenHistoriesAreCut() {
      for (int seed = 0; seed < 2; seed++) {
        check(RandomEvents.of(seed, 4000, 2, 2), seed);
      }
    }

    private void check(List<ShopperEvent> events, int seed) {
      Map<Shopper, String> expected = new ProfileTwin(events).profiles();
      Random random = new Random(seed);
      for (int order = 0; order < 3; order++) {
        Vocabulary names = new Vocabulary();
        ProfileFold shuffled = new ProfileFold(names);
        for (int i = 0; i < events.size(); i++) {
          shuffled.apply(events.get(i));
          if (i % 50 == 0) {
            // Reading in between must not freeze anything.
            expected.keySet().forEach(shuffled::of);
          }
        }
        Set<Shopper> shoppers = new HashSet<>(shuffled.shoppers().toList());
        expected.forEach(
            (shopper, words) -> {
              assertEquals(words, ProfileTwin.words(shuffled.of(shopper), names));
            });
        assertEquals(expected.keySet(), shoppers);
        assertEquals(expected.size(), shuffled.size());
        Collections.shuffle(events, random);
      }
    }
  }
}
