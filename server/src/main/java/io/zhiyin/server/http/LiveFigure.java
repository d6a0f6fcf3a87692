package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/// The figures of the console's first page that have no series of their own, each with what it
/// means. Those that have one are [Metric].
enum LiveFigure {
  EVENTS_PER_SECOND(
      "Events a second",
      "每秒事件",
      "Events that were stored, of every kind and by whoever sent them, bots and internal traffic"
          + " included: the mean of the last five whole seconds. Doubled reports are none.",
      "已保存的各类事件，不论由谁发送，爬虫与内部流量也在内：最近五个整秒的平均值；重复上报不计。"),
  LISTS_PER_SECOND(
      "Lists a second",
      "每秒列表",
      "Lists that were made for calls, seen by somebody or not: the mean of the last five whole"
          + " seconds. Previews in this console count nowhere.",
      "应请求生成的列表，不论是否被看到：最近五个整秒的平均值；控制台里的预览不计。"),
  LIST_TIME(
      "Time to make a list",
      "生成列表耗时",
      "From the call to the answer, inside the server, of the lists of the last minute: half of them"
          + " took at most the p50, one in a hundred longer than the p99. Exact to a fifth. The way"
          + " over the network is not in it.",
      "最近一分钟的列表在服务器内从收到请求到给出答复的时间：一半不超过 p50，百分之一超过 p99；精确到五分之一以内，不含网络传输。"),
  DEGRADED(
      "Lists that lack a part",
      "缺少部分的列表",
      "The share of the last minute's lists for which a stage failed or was late, so that it was left"
          + " out and the list was made of the rest. Refused calls (503, too much at a time) are of"
          + " all shops of this server; nothing of them was done.",
      "最近一分钟的列表中，有环节失败或超时、因而用其余部分生成的比例。被拒绝的请求（503，一时过多）为本服务器全部店铺之和，这些请求未做任何处理。"),
  FUNNEL(
      "From looking to buying",
      "从浏览到购买",
      "Different shoppers who opened a product's page, saved, put in the cart and bought in that"
          + " time, of the whole shop, with and without lists, within about 2 % (HyperLogLog); below"
          + " each how many times. A shopper counts in a step without having done the step before.",
      "该时段内打开过商品页、收藏、加购和购买的不同顾客数，针对整个店铺，不论是否来自列表，误差约 2%（HyperLogLog）；其下为次数。计入某一步不要求完成前一步。"),
  VIEW_REVENUE(
      "Revenue after being seen",
      "看到后成交额",
      "The part of the revenue of items that were bought within one hour after they were last seen in"
          + " a list, without a click. It is in no rate and not in the attributed revenue.",
      "最后一次在列表中被看到后 1 小时内、未经点击而购买的商品的成交额；不计入任何比率，也不计入推荐带来的成交额。");

  private final String titleEn;
  private final String titleZh;
  private final String english;
  private final String chinese;

  LiveFigure(String titleEn, String titleZh, String english, String chinese) {
    this.titleEn = titleEn;
    this.titleZh = titleZh;
    this.english = english;
    this.chinese = chinese;
  }

  ObjectNode write() {
    ObjectNode node =
        Json.object().put("figure", name().toLowerCase(Locale.ROOT).replace('_', '-'));
    node.putObject("title").put("en", titleEn).put("zh", titleZh);
    node.putObject("definition").put("en", english).put("zh", chinese);
    return node;
  }
}
