package io.zhiyin.engine.explain;

import io.zhiyin.engine.pipeline.RuleEffect;
import java.util.Locale;

/// Why an item is not in a list.
public sealed interface WhyNot {
  /// The name in answers, which programs may rely on.
  String code();

  /// The answer in words.
  String text(Language language);

  /// It is in the list.
  record Shown(int position) implements WhyNot {
    @Override
    public String code() {
      return "shown";
    }

    @Override
    public String text(Language language) {
      return language.choose("It is shown, at position %d.", "它在列表中，位于第 %d 位。").formatted(position);
    }
  }

  /// The shop has never named such an item.
  record Unknown() implements WhyNot {
    @Override
    public String code() {
      return "unknown-item";
    }

    @Override
    public String text(Language language) {
      return language.choose("The shop has no such item.", "店内没有这件商品。");
    }
  }

  /// The catalogue has no document of it.
  record NotInCatalog() implements WhyNot {
    @Override
    public String code() {
      return "not-in-catalog";
    }

    @Override
    public String text(Language language) {
      return language.choose(
          "The item was deleted from the catalogue, or was only named in events and never put.",
          "商品已从目录中删除，或只在行为事件中出现过、从未上架。");
    }
  }

  /// A filter took it out.
  ///
  /// @param filter the filter's name, such as `availability`
  record Filtered(String filter) implements WhyNot {
    @Override
    public String code() {
      return "filtered";
    }

    @Override
    public String text(Language language) {
      return switch (filter) {
        case "availability" ->
            language.choose(
                "It could not be shown: sold out, hidden, not yet published, expired or deleted.",
                "当时不能展示：售罄、下架、未发布、已过期或已删除。");
        case "exclusion" ->
            language.choose(
                "It was excluded: by the request, or because it is the page's item or in the cart.",
                "已被排除：请求中指定排除，或它就是当前商品、已在购物车中。");
        case "own-purchases" -> language.choose("The shopper has bought it already.", "顾客已经买过它。");
        case "seen-lately" ->
            language.choose("The shopper saw it too often lately.", "顾客最近看到它的次数已足够多。");
        case "not-interested" ->
            language.choose("The shopper said not to be interested in it.", "顾客表示对它不感兴趣。");
        case "expression" ->
            language.choose(
                "The request's filter expression does not hold for it.", "它不满足请求中的过滤表达式。");
        case String rule when rule.startsWith(RuleEffect.REJECTION) ->
            language
                .choose("The rule “%s” took it out.", "规则“%s”将它排除。")
                .formatted(rule.substring(RuleEffect.REJECTION.length()));
        default ->
            language.choose("The filter “%s” took it out.", "过滤器“%s”将它排除。").formatted(filter);
      };
    }
  }

  /// A rule left no room for it.
  ///
  /// @param effect what the rule did to it: a cap was full, or an item of a pin or quota has its
  ///   place
  record HeldBack(RuleEffect effect) implements WhyNot {
    @Override
    public String code() {
      return effect.action().equals(RuleEffect.DISPLACED) ? "displaced" : "capped";
    }

    @Override
    public String text(Language language) {
      String text =
          effect.action().equals(RuleEffect.DISPLACED)
              ? language.choose(
                  "It stood %d., but the rule “%s” has the place.", "原本排第 %d 位，但规则“%s”占用了位置。")
              : language.choose(
                  "It stood %d., but the rule “%s” lets no more like it in.",
                  "原本排第 %d 位，但规则“%s”不再允许更多同类商品。");
      return text.formatted(effect.from(), effect.rule());
    }
  }

  /// It was scored, but others were better.
  ///
  /// @param rank by score, counted from 1
  /// @param behind how much its score was below that of the last item shown
  record Outranked(int rank, double behind) implements WhyNot {
    @Override
    public String code() {
      return "outranked";
    }

    @Override
    public String text(Language language) {
      return language
          .choose(
              "It came %d. by score, %s below the last item shown.", "按得分排第 %d 位，比最后一件展示的商品低 %s。")
          .formatted(rank, String.format(Locale.ROOT, "%.4f", behind));
    }
  }

  /// Its score was good enough, but the list was made more varied.
  ///
  /// @param rank by score, counted from 1
  record MovedForVariety(int rank) implements WhyNot {
    @Override
    public String code() {
      return "moved-for-variety";
    }

    @Override
    public String text(Language language) {
      return language
          .choose(
              "It came %d. by score, but gave way to items of other categories or brands.",
              "按得分排第 %d 位，但为了列表多样性让位给其他品类或品牌。")
          .formatted(rank);
    }
  }

  /// No source proposed it.
  record NotRetrieved() implements WhyNot {
    @Override
    public String code() {
      return "not-retrieved";
    }

    @Override
    public String text(Language language) {
      return language.choose(
          "No source proposed it: nothing that the shopper did leads to it strongly enough.",
          "没有任何召回来源提名它：顾客的行为与它的关联不够强。");
    }
  }
}
