package io.zhiyin.engine.measure;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.util.TreeMap;

/// Everything that is counted of one hour or day.
final class Bucket {
  long counted;
  long bots;
  long internal;

  /// Lines of purchases without a price, which no revenue has.
  long unpriced;

  final long[] funnelEvents = new long[FunnelStep.COUNT];
  final DistinctShoppers[] funnelShoppers = new DistinctShoppers[FunnelStep.COUNT];
  Money revenue = new Money();

  /// By the number of the scenario.
  final TreeMap<Integer, Cell> cells = new TreeMap<>();

  Bucket() {
    for (int i = 0; i < funnelShoppers.length; i++) {
      funnelShoppers[i] = new DistinctShoppers();
    }
  }

  Cell cell(int scenario) {
    Cell cell = cells.get(scenario);
    if (cell == null) {
      cell = new Cell();
      cells.put(scenario, cell);
    }
    return cell;
  }

  void addAll(Bucket other) {
    counted += other.counted;
    bots += other.bots;
    internal += other.internal;
    unpriced += other.unpriced;
    for (int i = 0; i < FunnelStep.COUNT; i++) {
      funnelEvents[i] += other.funnelEvents[i];
      funnelShoppers[i].addAll(other.funnelShoppers[i]);
    }
    revenue.addAll(other.revenue);
    other.cells.forEach((scenario, cell) -> cell(scenario).addAll(cell));
  }

  void write(RecordWriter out) {
    out.number(counted).number(bots).number(internal).number(unpriced);
    for (int i = 0; i < FunnelStep.COUNT; i++) {
      out.number(funnelEvents[i]);
      funnelShoppers[i].write(out);
    }
    revenue.write(out);
    out.number(cells.size());
    cells.forEach(
        (scenario, cell) -> {
          out.number(scenario);
          cell.write(out);
        });
  }

  static Bucket read(RecordReader in) {
    Bucket bucket = new Bucket();
    bucket.counted = in.number();
    bucket.bots = in.number();
    bucket.internal = in.number();
    bucket.unpriced = in.number();
    for (int i = 0; i < FunnelStep.COUNT; i++) {
      bucket.funnelEvents[i] = in.number();
      bucket.funnelShoppers[i] = DistinctShoppers.read(in);
    }
    bucket.revenue = Money.read(in);
    for (int n = in.count(); n > 0; n--) {
      int scenario = in.whole();
      bucket.cells.put(scenario, Cell.read(in));
    }
    return bucket;
  }
}
