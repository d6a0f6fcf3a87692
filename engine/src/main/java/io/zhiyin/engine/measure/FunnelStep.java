package io.zhiyin.engine.measure;

import io.zhiyin.engine.event.ShopperEvent;
import org.jspecify.annotations.Nullable;

/// The steps from looking to buying, of the whole shop. The order is part of the file format.
public enum FunnelStep {
  VIEW("view"),
  FAVORITE("favorite"),
  CART("cart"),
  PURCHASE("purchase");

  static final int COUNT = values().length;

  private final String wireName;

  FunnelStep(String wireName) {
    this.wireName = wireName;
  }

  /// The name in the API.
  public String wireName() {
    return wireName;
  }

  /// The step that an event is, or null.
  static @Nullable FunnelStep of(ShopperEvent event) {
    return switch (event) {
      case ShopperEvent.DetailPageView _ -> VIEW;
      case ShopperEvent.AddToFavorites _ -> FAVORITE;
      case ShopperEvent.AddToCart _ -> CART;
      case ShopperEvent.PurchaseComplete _ -> PURCHASE;
      case ShopperEvent.HomePageView _,
          ShopperEvent.CategoryPageView _,
          ShopperEvent.Search _,
          ShopperEvent.RemoveFromCart _,
          ShopperEvent.RemoveFromFavorites _,
          ShopperEvent.NotInterested _,
          ShopperEvent.Impression _,
          ShopperEvent.Click _,
          ShopperEvent.Rating _,
          ShopperEvent.Login _ ->
          null;
    };
  }
}
