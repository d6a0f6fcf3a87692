package io.zhiyin.engine.measure;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import org.jspecify.annotations.Nullable;

/// About how many different shoppers did something. Nobody can be found in it: of each shopper it
/// keeps twelve bits and a small number, which thousands of others share, so that it may stay when
/// a user is erased. Sums of two hours or days are as good as one count over both.
///
/// HyperLogLog with 4,096 registers: the standard error is 1.6 %, and few shoppers are counted all
/// but exactly. Flajolet et al. 2007, <https://hal.science/hal-00406166>
final class DistinctShoppers {
  private static final int BITS = 12;
  private static final int REGISTERS = 1 << BITS;
  private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

  private byte @Nullable [] registers;

  void add(long hash) {
    byte[] own = own();
    int register = (int) (hash >>> (64 - BITS));
    int rank = 1 + Math.min(64 - BITS, Long.numberOfLeadingZeros(hash << BITS));
    if (rank > own[register]) {
      own[register] = (byte) rank;
    }
  }

  void addAll(DistinctShoppers other) {
    byte[] more = other.registers;
    if (more == null) {
      return;
    }
    byte[] own = own();
    for (int i = 0; i < REGISTERS; i++) {
      own[i] = (byte) Math.max(own[i], more[i]);
    }
  }

  private byte[] own() {
    byte[] own = registers;
    if (own == null) {
      own = new byte[REGISTERS];
      registers = own;
    }
    return own;
  }

  long estimate() {
    byte[] own = registers;
    if (own == null) {
      return 0;
    }
    double sum = 0;
    int empty = 0;
    for (byte rank : own) {
      sum += 1.0 / (1L << rank);
      empty += rank == 0 ? 1 : 0;
    }
    double raw = ALPHA * REGISTERS * REGISTERS / sum;
    boolean few = raw <= 2.5 * REGISTERS && empty > 0;
    return Math.round(few ? REGISTERS * Math.log((double) REGISTERS / empty) : raw);
  }

  /// The registers that are not empty, each as the way from the one before and its rank.
  void write(RecordWriter out) {
    byte[] own = registers;
    int last = -1;
    if (own != null) {
      for (int i = 0; i < REGISTERS; i++) {
        if (own[i] != 0) {
          out.number(i - last).oneByte(own[i]);
          last = i;
        }
      }
    }
    out.number(0);
  }

  static DistinctShoppers read(RecordReader in) {
    DistinctShoppers result = new DistinctShoppers();
    int at = -1;
    for (int step = in.whole(); step != 0; step = in.whole()) {
      at = Math.addExact(at, step);
      result.own()[at] = (byte) in.oneByte();
    }
    return result;
  }
}
