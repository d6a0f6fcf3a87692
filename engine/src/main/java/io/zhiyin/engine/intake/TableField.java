package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.InvalidFieldException;
import java.util.Arrays;
import java.util.Optional;

/// What a column of a table can mean, with the headers that say so in the tables of others.
enum TableField {
  USER_ID(
      "userId",
      "user",
      "uid",
      "customerid",
      "customer",
      "memberid",
      "buyerid",
      "用户",
      "用户id",
      "用户编号",
      "会员",
      "会员id",
      "顾客",
      "客户id",
      "客户编号"),
  VISITOR_ID("visitorId", "visitor", "deviceid", "cookieid", "clientid", "访客", "访客id", "设备id"),
  SESSION_ID("sessionId", "session", "会话", "会话id"),
  ITEM_ID(
      "itemId",
      "item",
      "productid",
      "product",
      "sku",
      "skuid",
      "stockcode",
      "goodsid",
      "articleid",
      "asin",
      "商品",
      "商品id",
      "商品编号",
      "物品",
      "物品id",
      "货号"),
  EVENT_ID("eventId", "事件id"),
  EVENT_TYPE(
      "eventType",
      "event",
      "type",
      "behaviortype",
      "behavior",
      "behaviour",
      "action",
      "行为",
      "行为类型",
      "事件",
      "事件类型",
      "操作"),
  EVENT_TIME(
      "eventTime",
      "time",
      "timestamp",
      "ts",
      "datetime",
      "date",
      "eventdate",
      "invoicedate",
      "orderdate",
      "createdat",
      "时间",
      "日期",
      "发生时间",
      "时间戳",
      "下单时间",
      "行为时间"),
  QUANTITY("quantity", "qty", "数量", "件数"),
  PRICE("price", "unitprice", "价格", "单价", "售价"),
  BASKET("basket", "invoiceno", "invoice", "orderid", "orderno", "订单", "订单号", "订单编号", "订单id"),
  SCENARIO("scenario"),
  QUERY("query", "searchterm", "keyword", "搜索词", "关键词"),
  VALUE("value", "rating", "score", "stars", "评分", "打分"),
  BROWSE("browse", "browserecord", "browserecords", "viewrecord", "浏览记录", "浏览"),
  FAVORITE("favorite", "favoriterecord", "favouriterecord", "favorites", "收藏记录", "收藏"),
  CART("cart", "cartrecord", "加购记录", "加购"),
  PURCHASE("purchase", "purchaserecord", "purchaserecords", "buyrecord", "购买记录", "购买"),
  TITLE("title", "name", "productname", "itemname", "标题", "商品名称", "名称", "品名", "商品名"),
  DESCRIPTION("description", "desc", "details", "描述", "详情", "商品描述"),
  CATEGORIES("categories", "category", "categoryid", "类目", "分类", "类别", "品类", "类目id"),
  BRAND("brand", "brandname", "品牌"),
  ITEM_PRICE("item.price", "listprice", "标价"),
  CURRENCY("currency", "币种"),
  STOCK("stock", "inventory", "库存"),
  AVAILABLE("available", "是否可售", "上架"),
  LANGUAGE("language", "语言"),
  IMAGE_URLS("imageUrls", "imageurl", "image", "picture", "图片"),
  TAGS("tags", "tag", "labels", "标签"),
  PUBLISH_TIME("publishTime", "releasedate", "上架时间", "发布时间"),
  EXPIRE_TIME("expireTime", "下架时间");

  private final String wireName;

  /// Each between two bars.
  private final String headers;

  TableField(String wireName, String... headers) {
    this.wireName = wireName;
    this.headers = "|" + String.join("|", headers) + "|";
  }

  String wireName() {
    return wireName;
  }

  /// Whether a column of that header means this field without being mapped.
  boolean isHeader(String header) {
    String plain = Names.plain(header);
    return plain.equals(Names.plain(wireName)) || headers.contains("|" + plain + "|");
  }

  /// The kind of event that a list of items in this column means; empty for other columns.
  Optional<EventKind> listed() {
    return Optional.ofNullable(
        switch (this) {
          case BROWSE -> EventKind.DETAIL_PAGE_VIEW;
          case FAVORITE -> EventKind.ADD_TO_FAVORITES;
          case CART -> EventKind.ADD_TO_CART;
          case PURCHASE -> EventKind.PURCHASE_COMPLETE;
          default -> null;
        });
  }

  /// Whether the field describes the item.
  boolean isOfItem() {
    return compareTo(TITLE) >= 0;
  }

  /// @throws InvalidFieldException when no field has that name
  static TableField named(String name) {
    return Arrays.stream(values())
        .filter(field -> field.wireName.equalsIgnoreCase(name) || field.isHeader(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidFieldException(
                    "map",
                    name,
                    "is not a field"
                        + Names.nearest(
                                name, Arrays.stream(values()).map(TableField::wireName).toList())
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; fields are " + names())));
  }

  private static String names() {
    return String.join(", ", Arrays.stream(values()).map(TableField::wireName).toList());
  }
}
