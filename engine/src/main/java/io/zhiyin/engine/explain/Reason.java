package io.zhiyin.engine.explain;

import io.zhiyin.engine.event.ItemId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One reason why an item is shown.
///
/// @param kind what sort of reason
/// @param subject what it names: an item's title or a category; empty when it names nothing
/// @param related the item that it names, for a link; null when it names none
public record Reason(Kind kind, String subject, @Nullable ItemId related) {

  /// The sorts of reason, with what they say; `%s` stands for the subject.
  public enum Kind {
    VIEWED("because-viewed", "Because you viewed %s", "因为你看过「%s」"),
    FAVORITED("because-favorited", "Because you saved %s", "因为你收藏了「%s」"),
    IN_CART("because-in-cart", "Because you put %s in your cart", "因为你把「%s」加入了购物车"),
    BOUGHT("because-bought", "Because you bought %s", "因为你买过「%s」"),
    AFTER_PAGE("viewed-next", "Often looked at after %s", "看了「%s」的人也看了它"),
    TOGETHER("bought-together", "Bought together with %s", "常与「%s」一起购买"),
    SIMILAR("similar", "Similar to %s", "与「%s」相似"),
    INTEREST("interest", "Matches your interest in %s", "符合你对「%s」的兴趣"),
    RECENT_INTEREST("recent-interest", "Fits what you looked at lately", "符合你最近的浏览"),
    POPULAR_IN("popular-in", "Popular in %s", "「%s」中的热门商品"),
    POPULAR("popular", "Popular", "热门商品"),
    TRENDING("trending", "Trending now", "近期热度上升"),
    NEW("new", "New", "新品"),
    SEEN("recently-viewed", "You viewed this recently", "你最近看过"),
    CATALOG("catalog", "From the shop's range", "店内商品");

    private final String code;
    private final String english;
    private final String chinese;

    Kind(String code, String english, String chinese) {
      this.code = code;
      this.english = english;
      this.chinese = chinese;
    }

    /// The name in answers, which programs may rely on.
    public String code() {
      return code;
    }
  }

  static Reason of(Kind kind) {
    return new Reason(kind, "", null);
  }

  public Optional<ItemId> relatedItem() {
    return Optional.ofNullable(related);
  }

  /// The reason in words.
  public String text(Language language) {
    return language.choose(kind.english, kind.chinese).replace("%s", subject);
  }
}
