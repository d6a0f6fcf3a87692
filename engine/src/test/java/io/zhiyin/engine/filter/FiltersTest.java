package io.zhiyin.engine.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.Filter;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.recommend.Shop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FiltersTest {
  private final Shop shop = new Shop();
  private final int soap = shop.put("soap", "Soap", "Beauty", "Muji", 5);
  private final int sofa = shop.put("sofa", "Sofa", "Home", "Ikea", 500);
  private final Query query = shop.query("home-feed", History.EMPTY, 10);

  @Nested
  class AvailabilityKeeps {
    private boolean keepsSoap() {
      return new Availability().keeps(query, soap);
    }

    @Test
    void whatMayBeShownNow() {
      assertTrue(keepsSoap());
    }

    @Test
    void nothingThatIsSoldOutAndTakesItBackWhenItIsThereAgain() {
      shop.patch("soap", Shop.stock(0));
      assertFalse(keepsSoap());
      shop.patch("soap", Shop.stock(1));
      assertTrue(keepsSoap());
    }

    @Test
    void nothingHiddenDeletedExpiredOrNotYetPublished() {
      shop.patch("soap", Shop.hidden());
      assertFalse(keepsSoap());
      shop.delete("soap");
      assertFalse(keepsSoap());
      shop.put("soap", Shop.expiringAt(Shop.NOW));
      assertFalse(keepsSoap());
      shop.put("soap", Shop.publishedAt(Shop.NOW.plus(Duration.ofMillis(1))));
      assertFalse(keepsSoap());
    }

    @Test
    void noIndexThatNothingHas() {
      assertFalse(new Availability().keeps(query, -1));
      assertFalse(new Availability().keeps(query, 1_000_000));
    }
  }

  @Nested
  class OwnPurchasesChapter {
    @Test
    void takeOutWhatWasBoughtAndNotWhatWasLookedAt() {
      History history =
          Shop.history(EventKind.DETAIL_PAGE_VIEW, sofa)
              .plus(EventKind.PURCHASE_COMPLETE, soap, Shop.NOW.toEpochMilli());
      OwnPurchases filter = new OwnPurchases(history);
      assertFalse(filter.keeps(query, soap));
      assertTrue(filter.keeps(query, sofa));
    }
  }

  @Nested
  class ExclusionsTakeOut {
    @Test
    void whatTheRequestExcludes() {
      Query asked = Shop.excluding(query, soap);
      assertFalse(Exclusions.withSeeds().keeps(asked, soap));
      assertTrue(Exclusions.withSeeds().keeps(asked, sofa));
    }

    @Test
    void thePagesItemAndTheCart() {
      assertFalse(Exclusions.withSeeds().keeps(Shop.onPage(query, soap), soap));
      assertFalse(Exclusions.withSeeds().keeps(query.withCart(new int[] {sofa}), sofa));
    }

    @Test
    void neitherOfThemWhereTheShopperSearchedForIt() {
      Query asked = Shop.onPage(query.withCart(new int[] {sofa}), soap);
      assertTrue(Exclusions.ofRequestOnly().keeps(asked, soap));
      assertTrue(Exclusions.ofRequestOnly().keeps(asked, sofa));
    }
  }

  @Nested
  class ACondition {
    @Test
    void doesNotHoldForWhatHasNoDocument() {
      shop.delete("soap");
      assertTrue(new RequestCondition().keeps(query, soap));
      assertFalse(new RequestCondition().keeps(Shop.where(query, _ -> true), soap));
    }
  }

  @Nested
  class AChain {
    @Test
    void namesTheFirstFilterThatTakesTheItemOut() {
      FilterChain chain = new FilterChain(List.of(new Availability(), Exclusions.withSeeds()));
      assertEquals("exclusion", chain.rejection(Shop.excluding(query, soap), soap));
      shop.patch("soap", Shop.stock(0));
      assertEquals("availability", chain.rejection(Shop.excluding(query, soap), soap));
      assertNull(chain.rejection(query, sofa));
    }

    @Test
    void takesTheItemOutWhenAFilterFails() {
      Filter failing =
          new Filter() {
            @Override
            public String name() {
              return "failing";
            }

            @Override
            public boolean keeps(Query query, int item) {
              throw new IllegalStateException("out of order");
            }
          };
      assertEquals("failing", new FilterChain(List.of(failing)).rejection(query, soap));
    }
  }
}
