package io.zhiyin.engine.event;

/// The kinds of event, with the names that go over the wire and the codes that go to disk.
///
/// Codes are part of the file formats: never reuse or renumber one.
public enum EventKind {
  HOME_PAGE_VIEW(1, "home-page-view"),
  CATEGORY_PAGE_VIEW(2, "category-page-view"),
  DETAIL_PAGE_VIEW(3, "detail-page-view"),
  SEARCH(4, "search"),
  ADD_TO_CART(5, "add-to-cart"),
  REMOVE_FROM_CART(6, "remove-from-cart"),
  ADD_TO_FAVORITES(7, "add-to-favorites"),
  PURCHASE_COMPLETE(8, "purchase-complete"),
  IMPRESSION(9, "impression"),
  CLICK(10, "click"),
  RATING(11, "rating"),
  LOGIN(12, "login"),
  REMOVE_FROM_FAVORITES(13, "remove-from-favorites"),
  NOT_INTERESTED(14, "not-interested"),
  ITEM_PUT(20, "item-put"),
  ITEM_PATCH(21, "item-patch"),
  ITEM_DELETE(22, "item-delete"),
  USER_ERASE(30, "user-erase");

  private static final EventKind[] BY_CODE = new EventKind[64];

  static {
    for (EventKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final byte code;
  private final String wireName;

  EventKind(int code, String wireName) {
    this.code = (byte) code;
    this.wireName = wireName;
  }

  /// The number that stands for this kind on disk and in a model's type embedding, 1 to 63.
  public byte code() {
    return code;
  }

  /// The name in JSON, as in `detail-page-view`.
  public String wireName() {
    return wireName;
  }

  /// @throws IllegalArgumentException for a code that no kind has
  public static EventKind ofCode(int code) {
    EventKind kind = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    if (kind == null) {
      throw new IllegalArgumentException("no event kind has code " + code);
    }
    return kind;
  }

  /// Whether a shopper's interest in the item shows in such an event, so that it belongs to the
  /// typed sequence that is scored. Impressions are shown by us and prove nothing alone.
  public boolean isEngagement() {
    return switch (this) {
      case DETAIL_PAGE_VIEW,
          ADD_TO_CART,
          REMOVE_FROM_CART,
          ADD_TO_FAVORITES,
          PURCHASE_COMPLETE,
          CLICK,
          RATING ->
          true;
      case HOME_PAGE_VIEW,
          CATEGORY_PAGE_VIEW,
          SEARCH,
          IMPRESSION,
          LOGIN,
          REMOVE_FROM_FAVORITES,
          NOT_INTERESTED,
          ITEM_PUT,
          ITEM_PATCH,
          ITEM_DELETE,
          USER_ERASE ->
          false;
    };
  }

  /// Whether it says that the shopper does not want the item. Such events are kept beside the typed
  /// sequence and not in it, because every item of the sequence speaks for what is like it.
  public boolean isRefusal() {
    return this == NOT_INTERESTED || this == REMOVE_FROM_FAVORITES;
  }

  /// Whether it sets a mark on an item or takes one back, which holds until the shopper says
  /// otherwise.
  public boolean isMark() {
    return this == ADD_TO_FAVORITES || isRefusal();
  }
}
