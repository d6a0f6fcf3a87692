package io.zhiyin.engine.measure;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;

/// The figures of one scenario in one hour or day.
final class Cell {
  final long[] counts = new long[Figure.COUNT];

  /// Of purchases in this time, through a click before them.
  final Money clickRevenue;

  /// Of purchases in this time of what was shown shortly before and not clicked.
  final Money viewRevenue;

  Cell() {
    this(new Money(), new Money());
  }

  private Cell(Money clickRevenue, Money viewRevenue) {
    this.clickRevenue = clickRevenue;
    this.viewRevenue = viewRevenue;
  }

  void addAll(Cell other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    clickRevenue.addAll(other.clickRevenue);
    viewRevenue.addAll(other.viewRevenue);
  }

  void write(RecordWriter out) {
    for (long count : counts) {
      out.number(count);
    }
    clickRevenue.write(out);
    viewRevenue.write(out);
  }

  static Cell read(RecordReader in) {
    long[] counts = new long[Figure.COUNT];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = in.number();
    }
    Cell cell = new Cell(Money.read(in), Money.read(in));
    System.arraycopy(counts, 0, cell.counts, 0, counts.length);
    return cell;
  }
}
