package io.zhiyin.server.http;

import io.zhiyin.engine.measure.Figure;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The figures that can be asked for, each with what it means.
enum Metric {
  RECOMMENDATIONS(
      Figure.RECOMMENDATIONS,
      false,
      "Lists shown",
      "展示的列表",
      "Lists of which at least one item was seen, by their recommendationId.",
      "至少有一件商品被看到的推荐列表数，按 recommendationId 计。"),
  IMPRESSIONS(
      Figure.IMPRESSIONS,
      false,
      "Impressions",
      "曝光",
      "Items that were seen in a list; each item of a list counts once, however often it is reported."
          + " An item that was clicked counts as seen.",
      "在列表中被看到的商品数；同一列表中的同一商品无论上报几次只计一次。被点击的商品视为已看到。"),
  CLICKS(
      Figure.CLICKS,
      false,
      "Clicks",
      "点击",
      "Seen items that were clicked, or whose page was opened or that were saved or put in the cart"
          + " naming the list; each once.",
      "被看到的商品中，被点击，或注明来自该列表的浏览、收藏、加购；每件只计一次。"),
  FAVORITES(
      Figure.FAVORITES,
      false,
      "Saved",
      "收藏",
      "Seen items that the same shopper saved within 24 hours after the click.",
      "点击后 24 小时内被同一顾客收藏的商品数。"),
  CARTS(
      Figure.CARTS,
      false,
      "Put in the cart",
      "加购",
      "Seen items that the same shopper put in the cart within 24 hours after the click.",
      "点击后 24 小时内被同一顾客加入购物车的商品数。"),
  PURCHASES(
      Figure.PURCHASES,
      false,
      "Bought after a click",
      "点击后购买",
      "Seen items that the same shopper bought within 24 hours after the click. A purchase belongs to"
          + " one list: the one it names, else the one clicked last.",
      "点击后 24 小时内被同一顾客购买的商品数。一次购买只归于一个列表：注明的列表，否则为最后点击的列表。"),
  VIEW_PURCHASES(
      Figure.VIEW_PURCHASES,
      false,
      "Bought after being seen",
      "看到后购买",
      "Seen items that were bought within one hour without a click. They are in no other figure.",
      "看到后 1 小时内未经点击而购买的商品数；不计入其他指标。"),
  CTR(
      Figure.CLICKS,
      true,
      "Click-through rate",
      "点击率",
      "Clicks as a share of impressions, of what was first seen in that time.",
      "点击数占曝光数的比例，以该时段内首次看到的商品为准。"),
  FAVORITE_RATE(
      Figure.FAVORITES,
      true,
      "Save rate",
      "收藏率",
      "Saved items as a share of impressions.",
      "收藏数占曝光数的比例。"),
  CART_RATE(
      Figure.CARTS,
      true,
      "Add-to-cart rate",
      "加购率",
      "Items put in the cart as a share of impressions.",
      "加购数占曝光数的比例。"),
  PURCHASE_RATE(
      Figure.PURCHASES,
      true,
      "Purchase rate",
      "购买率",
      "Items bought after a click as a share of impressions.",
      "点击后购买数占曝光数的比例。"),
  REVENUE(
      null,
      false,
      "Revenue",
      "成交额",
      "Price times quantity of all purchases in that time, by currency; lines without a price are"
          + " counted apart.",
      "该时段内全部购买的单价乘数量之和，按币种；没有价格的行另计。"),
  ATTRIBUTED_REVENUE(
      null,
      false,
      "Attributed revenue",
      "推荐带来的成交额",
      "The part of the revenue of items that were bought within 24 hours after a click in a list.",
      "列表点击后 24 小时内购买的商品的成交额。"),
  EVENTS(
      null,
      false,
      "Events",
      "事件",
      "Events of shoppers that were counted; bots and internal traffic are counted apart.",
      "计入统计的顾客事件数；爬虫与内部流量另计。");

  private final @Nullable Figure figure;
  private final boolean rate;
  private final String titleEn;
  private final String titleZh;
  private final String english;
  private final String chinese;

  Metric(
      @Nullable Figure figure,
      boolean rate,
      String titleEn,
      String titleZh,
      String english,
      String chinese) {
    this.figure = figure;
    this.rate = rate;
    this.titleEn = titleEn;
    this.titleZh = titleZh;
    this.english = english;
    this.chinese = chinese;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Metric> of(String wireName) {
    return Arrays.stream(values()).filter(m -> m.wireName().equals(wireName)).findFirst();
  }

  /// What is counted, or nothing for money and events.
  Optional<Figure> figure() {
    return Optional.ofNullable(figure);
  }

  /// Whether it is a share of impressions.
  boolean isRate() {
    return rate;
  }

  String unit() {
    return switch (this) {
      case REVENUE, ATTRIBUTED_REVENUE -> "money";
      case CTR, FAVORITE_RATE, CART_RATE, PURCHASE_RATE -> "share";
      case RECOMMENDATIONS,
          IMPRESSIONS,
          CLICKS,
          FAVORITES,
          CARTS,
          PURCHASES,
          VIEW_PURCHASES,
          EVENTS ->
          "count";
    };
  }

  String title(boolean zh) {
    return zh ? titleZh : titleEn;
  }

  String definition(boolean zh) {
    return zh ? chinese : english;
  }
}
