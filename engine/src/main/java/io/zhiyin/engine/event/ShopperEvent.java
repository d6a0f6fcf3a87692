package io.zhiyin.engine.event;

import java.time.Instant;
import java.util.List;

/// What a shopper did. Everything that all kinds share stands in the [Header].
public sealed interface ShopperEvent extends Event {
  Header header();

  @Override
  default EventId eventId() {
    return header().eventId();
  }

  @Override
  default Instant eventTime() {
    return header().eventTime();
  }

  /// The items that the event is about; empty for page views without items.
  default List<ItemLine> items() {
    return List.of();
  }

  record HomePageView(Header header) implements ShopperEvent {
    @Override
    public EventKind kind() {
      return EventKind.HOME_PAGE_VIEW;
    }
  }

  /// @param category the full path, as in `Beauty > Nails`
  record CategoryPageView(Header header, String category) implements ShopperEvent {
    @Override
    public EventKind kind() {
      return EventKind.CATEGORY_PAGE_VIEW;
    }
  }

  record DetailPageView(Header header, List<ItemLine> items) implements ShopperEvent {
    public DetailPageView {
      items = ItemLine.required(items);
    }

    @Override
    public EventKind kind() {
      return EventKind.DETAIL_PAGE_VIEW;
    }
  }

  /// @param query what was typed
  /// @param items what was found, where the shop says it; may be empty
  record Search(Header header, String query, List<ItemLine> items) implements ShopperEvent {
    public Search {
      items = List.copyOf(items);
    }

    @Override
    public EventKind kind() {
      return EventKind.SEARCH;
    }
  }

  record AddToCart(Header header, List<ItemLine> items) implements ShopperEvent {
    public AddToCart {
      items = ItemLine.required(items);
    }

    @Override
    public EventKind kind() {
      return EventKind.ADD_TO_CART;
    }
  }

  record RemoveFromCart(Header header, List<ItemLine> items) implements ShopperEvent {
    public RemoveFromCart {
      items = ItemLine.required(items);
    }

    @Override
    public EventKind kind() {
      return EventKind.REMOVE_FROM_CART;
    }
  }

  record AddToFavorites(Header header, List<ItemLine> items) implements ShopperEvent {
    public AddToFavorites {
      items = ItemLine.required(items);
    }

    @Override
    public EventKind kind() {
      return EventKind.ADD_TO_FAVORITES;
    }
  }

  /// No favourite any more.
  record RemoveFromFavorites(Header header, List<ItemLine> items) implements ShopperEvent {
    public RemoveFromFavorites {
      items = ItemLine.required(items);
    }

    @Override
    public EventKind kind() {
      return EventKind.REMOVE_FROM_FAVORITES;
    }
  }

  /// The shopper said that the items shall not be recommended. It holds until the shopper saves,
  /// buys or rates an item, or puts it in the cart, later.
  record NotInterested(Header header, List<ItemLine> items) implements ShopperEvent {
    public NotInterested {
      items = ItemLine.required(items);
    }

    @Override
    public EventKind kind() {
      return EventKind.NOT_INTERESTED;
    }
  }

  /// One basket that was bought.
  record PurchaseComplete(Header header, List<ItemLine> items) implements ShopperEvent {
    public PurchaseComplete {
      items = ItemLine.required(items);
    }

    @Override
    public EventKind kind() {
      return EventKind.PURCHASE_COMPLETE;
    }
  }

  /// A slate, or a part of it, came into view.
  record Impression(Header header, List<ItemLine> items) implements ShopperEvent {
    public Impression {
      items = ItemLine.required(items);
    }

    @Override
    public EventKind kind() {
      return EventKind.IMPRESSION;
    }
  }

  /// A shown item was clicked.
  record Click(Header header, List<ItemLine> items) implements ShopperEvent {
    public Click {
      items = ItemLine.required(items);
    }

    @Override
    public EventKind kind() {
      return EventKind.CLICK;
    }
  }

  /// @param value the rating on the shop's own scale
  record Rating(Header header, List<ItemLine> items, double value) implements ShopperEvent {
    public Rating {
      items = ItemLine.required(items);
      if (!Double.isFinite(value)) {
        throw new InvalidFieldException("value", value, "must be a finite number");
      }
    }

    @Override
    public EventKind kind() {
      return EventKind.RATING;
    }
  }

  /// A visitor turned out to be a user: what the visitor did since the previous login on that
  /// device belongs to the user from now on. Needs both ids.
  record Login(Header header) implements ShopperEvent {
    public Login {
      if (header.userId().isEmpty()) {
        throw new InvalidFieldException("userId", null, "is required in a login event");
      }
      if (header.visitorId().isEmpty()) {
        throw new InvalidFieldException("visitorId", null, "is required in a login event");
      }
    }

    @Override
    public EventKind kind() {
      return EventKind.LOGIN;
    }
  }
}
