package io.zhiyin.server.report;

import io.zhiyin.learning.trial.TrialReport;

/// What each figure means, for those who do not measure recommenders every day.
final class Glossary {
  private Glossary() {}

  static void write(Html html, TrialReport report) {
    int k = report.setup().headline();
    html.open("section").element("h2", new Words("What the figures mean", "指标说明"));
    html.open("dl", "class", "facts");
    term(
        html,
        "recall@" + k + " · hitrate@" + k,
        "Share of shoppers whose hidden item is among the first "
            + k
            + ". With one hidden item a shopper both are the same.",
        "隐藏商品排在前 " + k + " 的用户比例。每位用户只隐藏一个商品时两者相同。");
    term(
        html,
        "ndcg@" + k,
        "As recall, but the first place counts 1, the second 0.63, the tenth 0.29.",
        "与 recall 类似，但第一位计 1，第二位计 0.63，第十位计 0.29。");
    term(
        html,
        "mrr@" + k,
        "Mean of 1 over the place of the hidden item; 0 beyond the first " + k + ".",
        "隐藏商品名次倒数的平均值；前 " + k + " 之外计 0。");
    term(
        html,
        "95 %",
        "The range that holds the true value 95 times in 100: bootstrap over shoppers for NDCG and differences, Wilson's interval for shares.",
        "真实值有 95 % 的把握落在其中的范围：NDCG 与差值用对用户的自助法，比例用 Wilson 区间。");
    term(
        html,
        "p",
        "How often chance alone would get as far, by a paired permutation test; below 0.05 chance is an unlikely explanation. No correction for the number of comparisons.",
        "仅凭偶然达到同样差距的概率（配对置换检验）；低于 0.05 时偶然难以解释。未对比较次数作校正。");
    term(html, "coverage · 覆盖率", "Share of the catalogue on any list.", "出现在任一列表上的商品占目录的比例。");
    term(
        html,
        "novelty · 新颖度",
        "How unexpected an item is: −log₂ of its share of all events, on average.",
        "商品的意外程度：其事件占比的 −log₂ 的平均值。");
    term(
        html,
        "diversity · 多样性",
        "How different two items of a list are by title, category and brand, 0 to 1.",
        "同一列表中两个商品按标题、类目、品牌的平均差异，0 到 1。");
    term(
        html,
        "popularity · 热门程度",
        "Mean popularity percentile of what is shown; far above what shoppers chose means a bias to favourites.",
        "展示商品的平均热门百分位；远高于用户实际选择，说明偏向热门。");
    term(
        html,
        "Gini · 基尼系数",
        "How unequally places on lists are spread over the catalogue: 0 equal, 1 all to one item.",
        "展示机会在目录中的不均程度：0 为平均，1 为全归一个商品。");
    term(
        html,
        "miscalibration · 类目偏离",
        "Divergence (nats) of the list's category mix from the shopper's own; 0 is the same mix (Steck, 2018).",
        "列表的类目构成与用户历史的偏离（KL 散度）；0 表示相同（Steck，2018）。");
    term(html, "random", "Any order: what chance gives.", "随机排序：偶然能达到的水平。");
    term(html, "popular", "The same favourites for everybody.", "给所有人同样的热门商品。");
    term(
        html,
        "item-to-item",
        "Counts which item follows which, and likeness of titles: the plain baseline.",
        "统计商品先后出现的次数，加上标题相似度：朴素基线。");
    term(html, "content", "Likeness of titles, categories and brands alone.", "只用标题、类目、品牌的相似度。");
    term(html, "dnn", "A small network on counted features.", "基于统计特征的小型网络。");
    term(html, "sequence", "The trained sequence model alone.", "仅用训练出的序列模型。");
    term(
        html,
        "zhiyin",
        "All evidence together: what a request to this shop answers with.",
        "综合全部证据：本店实际请求使用的推荐。");
    html.close("dl").close("section");
  }

  private static void term(Html html, String name, String en, String zh) {
    html.element("dt", name).element("dd", new Words(en, zh));
  }
}
