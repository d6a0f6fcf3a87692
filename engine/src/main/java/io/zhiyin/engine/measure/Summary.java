package io.zhiyin.engine.measure;

import io.zhiyin.engine.evaluate.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What happened in a time.
///
/// @param scenarios by name
/// @param total of all scenarios together
/// @param revenue of all purchases, by currency; an empty currency is the shop's own
/// @param counted events in it
/// @param bots events of programs, which are in nothing else
/// @param internal events of the shop's own traffic, which are in nothing else
/// @param unpriced lines of purchases without a price
public record Summary(
    SortedMap<String, Scenario> scenarios,
    Scenario total,
    List<Funnel> funnel,
    SortedMap<String, Double> revenue,
    long counted,
    long bots,
    long internal,
    long unpriced) {

  /// @param events of that kind
  /// @param shoppers who did it, about
  public record Funnel(FunnelStep step, long events, long shoppers) {}

  /// One scenario.
  ///
  /// @param counts in the order of [Figure]
  /// @param clickRevenue of purchases after a click, by currency
  /// @param viewRevenue of purchases soon after an impression without a click
  public record Scenario(
      List<Long> counts,
      SortedMap<String, Double> clickRevenue,
      SortedMap<String, Double> viewRevenue) {
    public long of(Figure figure) {
      return counts.get(figure.ordinal());
    }

    /// That figure as a share of what was shown.
    public Rate rate(Figure figure) {
      return new Rate(of(figure), of(Figure.IMPRESSIONS));
    }

    private static Scenario of(Cell cell) {
      return new Scenario(
          java.util.Arrays.stream(cell.counts).boxed().toList(),
          cell.clickRevenue.amounts(),
          cell.viewRevenue.amounts());
    }
  }

  /// A share of what was shown.
  public record Rate(long hits, long shown) {
    /// Nothing when nothing was shown.
    public @Nullable Double value() {
      return shown == 0 ? null : (double) hits / shown;
    }

    /// The 95 % interval by Wilson, as if impressions were independent.
    public Interval interval() {
      return Interval.ofShare(hits, shown);
    }
  }

  /// Adds up buckets.
  static final class Builder {
    private final List<String> names;
    private final Bucket sum = new Bucket();

    Builder(List<String> names) {
      this.names = names;
    }

    void add(Bucket bucket) {
      sum.addAll(bucket);
    }

    Summary build() {
      TreeMap<String, Scenario> scenarios = new TreeMap<>();
      Cell total = new Cell();
      sum.cells.forEach(
          (scenario, cell) -> {
            scenarios.put(names.get(scenario), Scenario.of(cell));
            total.addAll(cell);
          });
      List<Funnel> funnel = new ArrayList<>();
      for (FunnelStep step : FunnelStep.values()) {
        int i = step.ordinal();
        funnel.add(new Funnel(step, sum.funnelEvents[i], sum.funnelShoppers[i].estimate()));
      }
      return new Summary(
          scenarios,
          Scenario.of(total),
          List.copyOf(funnel),
          sum.revenue.amounts(),
          sum.counted,
          sum.bots,
          sum.internal,
          sum.unpriced);
    }
  }
}
