package io.zhiyin.server.report;

import io.zhiyin.learning.trial.ColdStartReport;
import io.zhiyin.learning.trial.ColdStartReport.NewItems;
import io.zhiyin.learning.trial.ColdStartReport.NewShoppers;
import io.zhiyin.learning.trial.Slice;
import io.zhiyin.learning.trial.TrialReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// What happens with items and shoppers that are new.
final class ColdStartSections {
  private static final Words METHOD = new Words("method", "方法");

  private final ColdStartReport cold;
  private final Html html;
  private final Tables tables;
  private final int k;

  ColdStartSections(TrialReport report, ColdStartReport cold, Html html) {
    this.cold = cold;
    this.html = html;
    tables = new Tables(html);
    k = report.setup().headline();
  }

  void write() {
    html.open("section").element("h2", new Words("Cold start", "冷启动"));
    newItems(cold.newItems());
    newShoppers(cold.newShoppers());
    html.close("section");
  }

  private void newItems(NewItems items) {
    html.element("h3", new Words("New items", "新商品"));
    String held = Numbers.count(items.heldOut());
    String events = Numbers.count(items.removedEvents());
    String cases = Numbers.count(items.cases());
    html.element(
        "p",
        new Words(
            "%s items and their %s events were held out of every fit, as if they had been listed a moment ago; then %s shoppers were asked who chose one of them next. Only content can find such an item."
                .formatted(held, events, cases),
            "%s 个商品及其 %s 个事件不参与任何拟合，如同刚刚上架；随后对 %s 位接下来选择了其中之一的用户进行测试。只有内容能找到这样的商品。"
                .formatted(held, events, cases)));
    html.open("div", "class", "pair");
    panel(
        new Words("NDCG@" + k + ", all items ranked", "NDCG@" + k + "，对全部商品排序"),
        items.figures(),
        ColdStartReport.ItemFigures::amongAll);
    panel(
        new Words("NDCG@" + k + ", the new items ranked", "NDCG@" + k + "，仅对新商品排序"),
        items.figures(),
        ColdStartReport.ItemFigures::amongNew);
    html.close("div");
    tables.behind(
        new Words("New items, n = " + cases, "新商品，n = " + cases),
        List.of(
            METHOD,
            new Words("R@" + k + " among all", "全部商品 R@" + k),
            new Words("95 %", "95 % 区间"),
            new Words("NDCG@" + k + " among all", "全部商品 NDCG@" + k),
            new Words("95 %", "95 % 区间"),
            new Words("R@" + k + " among the new", "新商品 R@" + k),
            new Words("95 %", "95 % 区间"),
            new Words("NDCG@" + k + " among the new", "新商品 NDCG@" + k),
            new Words("95 %", "95 % 区间")),
        items.figures().entrySet().stream()
            .map(
                entry -> {
                  List<Words> row = new ArrayList<>(List.of(Words.same(entry.getKey())));
                  cells(row, entry.getValue().amongAll());
                  cells(row, entry.getValue().amongNew());
                  return row;
                })
            .toList());
  }

  private static void cells(List<Words> row, Slice.Accuracy accuracy) {
    row.add(Words.same(Numbers.four(accuracy.recall().mean())));
    row.add(Words.same(Numbers.interval(accuracy.recall().ci95())));
    row.add(Words.same(Numbers.four(accuracy.ndcg().mean())));
    row.add(Words.same(Numbers.interval(accuracy.ndcg().ci95())));
  }

  private void panel(
      Words title,
      Map<String, ColdStartReport.ItemFigures> figures,
      Function<ColdStartReport.ItemFigures, Slice.Accuracy> of) {
    double scale = Bars.scale(figures.values().stream().map(f -> of.apply(f).ndcg()));
    html.open("figure").element("figcaption", title);
    figures.forEach(
        (method, each) -> {
          var ndcg = of.apply(each).ndcg();
          html.open("div", "class", "row").element("span", method, "class", "label");
          html.markup(
              Bars.stacked(List.of(new Bars.Bar(ndcg, MethodSections.style(method))), scale));
          html.element("span", Numbers.four(ndcg.mean()), "class", "value").close("div");
        });
    html.close("figure");
  }

  private void newShoppers(List<NewShoppers> rows) {
    if (rows.isEmpty()) {
      return;
    }
    html.element("h3", new Words("New shoppers", "新用户"));
    int cases = rows.getFirst().cases();
    html.element(
        "p",
        new Words(
            "The same %s shoppers, each time with only their newest events known: recall and NDCG at %d. (What they did before is still counted among everybody's.)"
                .formatted(Numbers.count(cases), k),
            "同样的 %s 位用户，每次只知道他们最近的若干事件：recall 与 NDCG（@%d）。（他们更早的行为仍计入大众统计。）"
                .formatted(Numbers.count(cases), k)));
    List<Words> head = new ArrayList<>(List.of(METHOD));
    for (NewShoppers row : rows) {
      Words known = known(row.events());
      head.add(known);
    }
    List<List<Words>> table = new ArrayList<>();
    for (String method : rows.getFirst().figures().keySet()) {
      List<Words> cells = new ArrayList<>(List.of(Words.same(method)));
      for (NewShoppers row : rows) {
        Slice.Accuracy accuracy = Objects.requireNonNull(row.figures().get(method));
        cells.add(
            Words.same(
                Numbers.four(accuracy.recall().mean())
                    + " · "
                    + Numbers.four(accuracy.ndcg().mean())));
      }
      table.add(cells);
    }
    tables.write(
        new Words(
            "recall@%d · NDCG@%d by events known, n = %s".formatted(k, k, Numbers.count(cases)),
            "按已知事件数的 recall@%d · NDCG@%d，n = %s".formatted(k, k, Numbers.count(cases))),
        head,
        table);
  }

  private static Words known(int events) {
    return events == NewShoppers.ALL
        ? new Words("all events", "全部事件")
        : new Words(events == 1 ? "1 event" : events + " events", events + " 个事件");
  }
}
