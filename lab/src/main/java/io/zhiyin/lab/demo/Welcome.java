package io.zhiyin.lab.demo;

import io.zhiyin.lab.simulate.ListQuality;
import io.zhiyin.lab.simulate.LiveFigures;
import io.zhiyin.lab.simulate.Shopper;
import io.zhiyin.lab.simulate.SimulatedShop;
import java.net.URI;
import java.util.Comparator;
import java.util.Locale;

/// What the demo prints for the person who started it.
final class Welcome {
  private Welcome() {}

  static String addresses(URI address, SimulatedShop shop) {
    String known =
        shop.shoppers().stream()
            .filter(shopper -> shopper.membership() == Shopper.Membership.MEMBER)
            .max(Comparator.comparingDouble(Shopper::visits))
            .map(Shopper::userId)
            .orElse("u10001");
    return """

        The shop is open.  商店已开张。
          Storefront · 店面              %1$s/
          Console · 控制台               %1$s/console
          For a shopper we know · 老顾客  %1$s/v1/recommendations/home-feed?userId=%2$s&n=10
          For somebody new · 新访客       %1$s/v1/recommendations/home-feed?visitorId=somebody-new&n=10
          What we know of %2$s · 画像  %1$s/v1/users/%2$s/profile
          Tell the shop what happened · 发送行为
            curl -s %1$s/v1/events -H 'Content-Type: application/json' \\
              -d '{"eventType":"detail-page-view","visitorId":"somebody-new","items":[{"itemId":"%3$s"}]}'
          API · 接口文档                 %1$s/openapi.yaml
        Ctrl-C closes it; the same --data opens it again.  按 Ctrl-C 关闭；用同一 --data 可再次打开。
        """
        .formatted(withoutSlash(address), known, shop.itemId(0));
  }

  private static String withoutSlash(URI address) {
    String text = address.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  static String quality(ListQuality quality) {
    return String.format(
        Locale.ROOT,
        "How close to the best possible lists, by the truth behind %d shoppers · 与最优推荐的接近程度:%n"
            + "  these lists · 本店推荐 %.0f %% | bestsellers · 热销榜 %.0f %% | random · 随机 %.0f %%",
        quality.shoppers(),
        100 * quality.purchases(),
        100 * quality.bestsellers(),
        100 * quality.random());
  }

  static String status(LiveFigures figures) {
    return String.format(
        Locale.ROOT,
        "shoppers · 顾客 %d | events · 行为 %d | lists · 推荐 %d | click-through · 点击率 %.1f %% |"
            + " purchases · 成交 %d | CNY %,.0f%s",
        figures.visits(),
        figures.events(),
        figures.lists(),
        100 * figures.clickThrough(),
        figures.purchases(),
        figures.revenue(),
        figures.failures() == 0 ? "" : " | failures · 失败 " + figures.failures());
  }
}
