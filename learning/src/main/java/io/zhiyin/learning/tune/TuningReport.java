package io.zhiyin.learning.tune;

import io.zhiyin.learning.train.ShopRecipe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a search found: a table for the console and a page with a chart.
///
/// @param dataset what the data is called
/// @param choices that each trial was measured on
/// @param measured in the order of measuring
public record TuningReport(String dataset, int choices, List<Measured> measured, Choice choice) {
  public TuningReport {
    measured = List.copyOf(measured);
  }

  /// The recipe that was written.
  public ShopRecipe recipe() {
    return choice.recipe();
  }

  /// What was decided and why, in two languages.
  public String verdict() {
    String figures =
        String.format(
            Locale.ROOT,
            "NDCG@10 %.4f / %.4f, p = %.4f (≤ %.4f)",
            choice.best().ndcg(),
            choice.defaults().ndcg(),
            choice.pValue(),
            choice.needed());
    if (measured.size() == 1) {
      return "There was time for the defaults alone; run the same command again to go on. / 时间只够测量默认设置；再次运行同一命令即可继续。";
    }
    if (choice.best().trial() == 1) {
      return "The defaults are best and stay the shop's recipe. / 默认设置最佳，保持不变。";
    }
    return choice.recipe().equals(ShopRecipe.DEFAULTS)
        ? "Trial %d leads, but not beyond chance; the defaults stay the shop's recipe. / 试验 %d 领先但不显著，保持默认设置。 %s"
            .formatted(choice.best().trial(), choice.best().trial(), figures)
        : "Trial %d is better than the defaults and is now the shop's recipe. / 试验 %d 显著优于默认设置，已成为本店配方。 %s"
            .formatted(choice.best().trial(), choice.best().trial(), figures);
  }

  /// Every trial on the highest rung that it reached; those that came furthest first.
  List<Measured> last() {
    Map<Integer, Measured> last = new TreeMap<>();
    measured.forEach(one -> last.merge(one.trial(), one, (a, b) -> a.rung() >= b.rung() ? a : b));
    List<Measured> sorted = new ArrayList<>(last.values());
    sorted.sort(
        Comparator.comparingInt(Measured::rung)
            .reversed()
            .thenComparing(Comparator.comparingDouble(Measured::ndcg).reversed())
            .thenComparingInt(Measured::trial));
    return sorted;
  }

  public String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %,d choices / 个选择%n%5s %6s %9s %8s  %s%n",
            dataset,
            choices,
            "trial",
            "passes",
            "ndcg@10",
            "seconds",
            "settings"));
    text.append(String.format(Locale.ROOT, "%3s %4s %9s %6s  %s%n", "试验", "轮数", "", "秒", "设置"));
    for (Measured one : last()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s%4d %6d %9.4f %8.1f  %s%n",
              one.trial() == choice.best().trial() ? "*" : " ",
              one.trial(),
              one.passes(),
              one.ndcg(),
              one.seconds(),
              one.recipe().words()));
    }
    return text.append(verdict()).append('\n').toString();
  }

  /// A self-contained page.
  public String html() {
    return TuningPage.of(this);
  }
}
