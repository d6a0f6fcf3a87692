package io.zhiyin.engine.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.profile.History;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShopperFeaturesTest {
  private final Catalog catalog = new Catalog();

  @BeforeEach
  void fillShelves() {
    put("phone", "red phone", "electronics > phones", "Acme", 100.0);
    put("charger", "phone charger", "electronics > parts", "Acme", 20.0);
    put("scarf", "wool scarf", "clothing", "Warm", 100.0);
  }

  private void put(String id, String title, String category, String brand, double price) {
    ItemFields fields =
        new ItemFields(
            title,
            null,
            List.of(category),
            brand,
            price,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    catalog.apply(
        new CatalogEvent.ItemPut(new EventId("put-" + id), Instant.EPOCH, new ItemId(id), fields));
  }

  private float[] features(History history, List<History> all, int item) {
    float[] out = new float[Feature.COUNT];
    new ShopperFeatures(ItemFacts.fit(catalog, all), history, history).read(item, out, 0);
    return out;
  }

  private static float of(float[] features, Feature feature) {
    return features[feature.ordinal()];
  }

  private static History history(EventKind kind, int... items) {
    long[] times = new long[items.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = i;
    }
    return History.of(kind, items, times);
  }

  @Nested
  class AShopperWhoBoughtAPhone {
    private final History history = history(EventKind.PURCHASE_COMPLETE, 0);

    @Test
    void isInterestedInItsDepartmentBrandAndWords() {
      float[] charger = features(history, List.of(history), 1);
      assertEquals(0, of(charger, Feature.CATEGORY_INTEREST));
      assertEquals(1, of(charger, Feature.DEPARTMENT_INTEREST));
      assertEquals(1, of(charger, Feature.BRAND_INTEREST));
      float[] scarf = features(history, List.of(history), 2);
      assertEquals(0, of(scarf, Feature.DEPARTMENT_INTEREST));
      assertTrue(of(charger, Feature.CONTENT_LIKENESS) > of(scarf, Feature.CONTENT_LIKENESS));
    }

    @Test
    void looksAtPricesNearThePhone() {
      assertEquals(1, of(features(history, List.of(history), 2), Feature.PRICE_FIT), 1e-6);
      assertEquals(0.2, of(features(history, List.of(history), 1), Feature.PRICE_FIT), 1e-6);
    }

    @Test
    void didWithThePhoneWhatWasDone() {
      float[] phone = features(history, List.of(history), 0);
      assertEquals(1, of(phone, Feature.BOUGHT));
      assertEquals(0, of(phone, Feature.BROWSED));
      assertEquals(1, of(phone, Feature.RECENCY));
      assertEquals(Math.log(2), of(phone, Feature.ENGAGEMENTS), 1e-6);
    }
  }

  @Nested
  class PopularityOfAnItem {
    @Test
    void countsOtherShoppersOnly() {
      History own = history(EventKind.DETAIL_PAGE_VIEW, 0, 1, 0);
      History other = history(EventKind.DETAIL_PAGE_VIEW, 0);
      assertEquals(
          Math.log(2), of(features(own, List.of(own, other), 0), Feature.POPULARITY), 1e-6);
      assertEquals(0, of(features(own, List.of(own, other), 1), Feature.POPULARITY), 1e-6);
    }
  }

  @Nested
  class AStranger {
    @Test
    void hasNoInterestsYet() {
      float[] phone = features(History.EMPTY, List.of(), 0);
      for (float value : phone) {
        assertEquals(0, value);
      }
    }
  }
}
