package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.InvalidFieldException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The words that shops use for a kind of event, mapped to our own names.
///
/// Known are our wire names, those of GA4 (`view_item`), Taobao's (`pv`, `fav`), gorse's (`read`,
/// `star`) and common Chinese ones (`浏览`, `收藏`). Case, spaces, `_` and `-` make no difference.
public final class EventTypes {
  private static final Map<String, EventKind> KNOWN = new HashMap<>();

  private final Map<String, EventKind> own;

  static {
    for (EventKind kind : EventKind.values()) {
      KNOWN.put(normal(kind.wireName()), kind);
    }
    add(EventKind.HOME_PAGE_VIEW, "home", "home_view", "page_view", "首页", "浏览首页");
    add(EventKind.CATEGORY_PAGE_VIEW, "view_category", "category_view", "浏览类目", "浏览分类");
    add(
        EventKind.DETAIL_PAGE_VIEW,
        "view_item",
        "pv",
        "view",
        "detail",
        "item_view",
        "product_view",
        "read",
        "browse",
        "浏览",
        "查看",
        "浏览商品",
        "看");
    add(EventKind.SEARCH, "view_search_results", "query", "搜索", "查询");
    add(EventKind.ADD_TO_CART, "cart", "addtocart", "add_cart", "加购", "加购物车", "加入购物车", "加车");
    add(EventKind.REMOVE_FROM_CART, "remove_cart", "移出购物车", "删除购物车", "取消加购");
    add(
        EventKind.ADD_TO_FAVORITES,
        "add_to_wishlist",
        "fav",
        "favorite",
        "favourite",
        "add_to_favourites",
        "wishlist",
        "star",
        "like",
        "collect",
        "收藏",
        "喜欢",
        "点赞",
        "加收藏");
    add(
        EventKind.PURCHASE_COMPLETE,
        "purchase",
        "buy",
        "order",
        "transaction",
        "购买",
        "下单",
        "买",
        "成交",
        "支付",
        "付款");
    add(EventKind.IMPRESSION, "view_item_list", "exposure", "show", "shown", "曝光", "展示", "展现");
    add(EventKind.CLICK, "select_item", "clk", "点击", "点");
    add(EventKind.RATING, "rate", "review", "score", "评分", "打分", "评价");
    add(EventKind.LOGIN, "sign_in", "signin", "登录", "登陆");
    add(
        EventKind.REMOVE_FROM_FAVORITES,
        "remove_from_wishlist",
        "unfavorite",
        "unfavourite",
        "unfav",
        "unstar",
        "取消收藏");
    add(EventKind.NOT_INTERESTED, "dislike", "hide_item", "不感兴趣", "不喜欢");
  }

  private EventTypes(Map<String, EventKind> own) {
    this.own = own;
  }

  /// The common words only.
  public static EventTypes common() {
    return new EventTypes(Map.of());
  }

  /// The common words, and before them the shop's own.
  ///
  /// @param words a word of the shop to a word known here
  public static EventTypes with(Map<String, String> words) {
    Map<String, EventKind> own = new HashMap<>();
    words.forEach((word, meaning) -> own.put(normal(word), common().kindOf("eventType", meaning)));
    return new EventTypes(own);
  }

  /// @throws InvalidFieldException when the word is not known; the reason names the nearest one
  public EventKind kindOf(String field, String word) {
    String key = normal(word);
    EventKind kind = own.get(key);
    if (kind == null) {
      kind = KNOWN.get(key);
    }
    if (kind == null) {
      throw new InvalidFieldException(field, word, "is no known kind of event" + hint(key));
    }
    return kind;
  }

  private static String hint(String key) {
    return Names.nearest(key, KNOWN.keySet())
        .map(name -> "; did you mean " + Objects.requireNonNull(KNOWN.get(name)).wireName() + "?")
        .orElse("; known are " + wireNames());
  }

  private static String wireNames() {
    return Stream.of(EventKind.values())
        .filter(EventTypes::isShopper)
        .map(EventKind::wireName)
        .collect(Collectors.joining(", "));
  }

  /// Whether shoppers do it, so that it may come from a shop's page.
  static boolean isShopper(EventKind kind) {
    return switch (kind) {
      case HOME_PAGE_VIEW,
          CATEGORY_PAGE_VIEW,
          DETAIL_PAGE_VIEW,
          SEARCH,
          ADD_TO_CART,
          REMOVE_FROM_CART,
          ADD_TO_FAVORITES,
          PURCHASE_COMPLETE,
          IMPRESSION,
          CLICK,
          RATING,
          LOGIN,
          REMOVE_FROM_FAVORITES,
          NOT_INTERESTED ->
          true;
      case ITEM_PUT, ITEM_PATCH, ITEM_DELETE, USER_ERASE -> false;
    };
  }

  /// The words known for that kind besides its wire name, in the order of their letters.
  static List<String> wordsOf(EventKind kind) {
    return KNOWN.entrySet().stream()
        .filter(entry -> entry.getValue() == kind)
        .map(Map.Entry::getKey)
        .filter(word -> !word.equals(normal(kind.wireName())))
        .sorted()
        .toList();
  }

  private static void add(EventKind kind, String... words) {
    for (String word : words) {
      KNOWN.put(normal(word), kind);
    }
  }

  private static String normal(String word) {
    return word.strip().toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
  }
}
