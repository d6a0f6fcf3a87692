package io.zhiyin.engine.profile;

import io.zhiyin.engine.profile.Interests.Interest;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Puts a profile into a few sentences, in English and in Chinese.
final class ProfileWords {
  private static final int NAMES = 3;

  private ProfileWords() {}

  static String english(
      Activity activity,
      Session session,
      Interests interests,
      SpendingPower power,
      ProfileSummary.Names named) {
    StringBuilder words = new StringBuilder();
    words.append(
        switch (activity.level()) {
          case NEW -> "A new shopper";
          case OCCASIONAL -> "An occasional shopper";
          case REGULAR -> "A regular shopper";
          case HEAVY -> "A heavy shopper";
        });
    words.append(
        switch (activity.recency()) {
          case NEVER -> ", not seen yet.";
          case TODAY -> ", seen today.";
          case THIS_WEEK -> ", seen this week.";
          case THIS_MONTH -> ", seen this month.";
          case LONG_AGO -> ", not seen for a month or more.";
        });
    if (activity.purchases() > 0) {
      words.append(
          activity.purchases() == 1
              ? " 1 purchase."
              : " %d purchases.".formatted(activity.purchases()));
    }
    if (!interests.categories().isEmpty()) {
      words
          .append(" Cares most for ")
          .append(names(interests.categories(), path -> named.category(path, "en"), ", "))
          .append('.');
    }
    if (!interests.brands().isEmpty()) {
      words
          .append(" Brands: ")
          .append(names(interests.brands(), brand -> named.brand(brand, "en"), ", "))
          .append('.');
    }
    if (power.isKnown()) {
      words.append(
          switch (PriceScale.band(power.percentile())) {
            case 0 -> " Chooses among the cheapest of a kind";
            case 1 -> " Chooses below the middle price of a kind";
            case 2 -> " Chooses around the middle price of a kind";
            case 3 -> " Chooses above the middle price of a kind";
            default -> " Chooses among the dearest of a kind";
          });
      words.append(" (%d of 100).".formatted(Math.round(power.percentile() * 100)));
    }
    if (session.active()) {
      words.append(
          session.steps() == 1
              ? " Is here now: 1 step."
              : " Is here now: %d steps.".formatted(session.steps()));
    }
    return words.toString();
  }

  static String chinese(
      Activity activity,
      Session session,
      Interests interests,
      SpendingPower power,
      ProfileSummary.Names named) {
    StringBuilder words = new StringBuilder();
    words.append(
        switch (activity.level()) {
          case NEW -> "新顾客";
          case OCCASIONAL -> "偶尔光顾的顾客";
          case REGULAR -> "常来的顾客";
          case HEAVY -> "非常活跃的顾客";
        });
    words.append(
        switch (activity.recency()) {
          case NEVER -> "，尚未来过。";
          case TODAY -> "，今天来过。";
          case THIS_WEEK -> "，本周来过。";
          case THIS_MONTH -> "，本月来过。";
          case LONG_AGO -> "，已有一个月以上没来。";
        });
    if (activity.purchases() > 0) {
      words.append("购买过 %d 次。".formatted(activity.purchases()));
    }
    if (!interests.categories().isEmpty()) {
      words
          .append("最感兴趣的类目：")
          .append(names(interests.categories(), path -> named.category(path, "zh"), "、"))
          .append("。");
    }
    if (!interests.brands().isEmpty()) {
      words
          .append("品牌：")
          .append(names(interests.brands(), brand -> named.brand(brand, "zh"), "、"))
          .append("。");
    }
    if (power.isKnown()) {
      words.append(
          switch (PriceScale.band(power.percentile())) {
            case 0 -> "偏好同类中最便宜的商品";
            case 1 -> "偏好同类中价格中等偏下的商品";
            case 2 -> "偏好同类中价格中等的商品";
            case 3 -> "偏好同类中价格中等偏上的商品";
            default -> "偏好同类中最贵的商品";
          });
      words.append("（价位百分位 %d）。".formatted(Math.round(power.percentile() * 100)));
    }
    if (session.active()) {
      words.append("正在浏览：已有 %d 步。".formatted(session.steps()));
    }
    return words.toString();
  }

  private static String names(
      List<Interest> interests, UnaryOperator<String> named, String separator) {
    return interests.stream()
        .limit(NAMES)
        .map(interest -> named.apply(interest.name()))
        .collect(Collectors.joining(separator));
  }
}
