package io.zhiyin.engine.measure;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.util.SortedMap;
import java.util.TreeMap;

/// Sums of money by currency, in ten-thousandths, so that the order of adding changes nothing.
///
/// The currency is what the purchase's attribute `currency` says, and empty where it says nothing:
/// then it is the shop's own.
final class Money {
  private static final double SCALE = 10_000;

  /// More than anything is worth; keeps one absurd price from drowning all others.
  private static final double MOST = 1e15;

  private static final int MAX_CURRENCIES = 16;
  private static final String OTHER = "(other)";

  private final TreeMap<String, Long> sums = new TreeMap<>();

  void add(String currency, double price, int quantity) {
    add(currency, Math.round(Math.min(MOST, price * quantity * SCALE)));
  }

  private void add(String currency, long amount) {
    boolean known = sums.containsKey(currency) || sums.size() < MAX_CURRENCIES;
    sums.merge(known ? currency : OTHER, amount, Money::sum);
  }

  /// Stays at the largest number rather than turn negative.
  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  void addAll(Money other) {
    other.sums.forEach(this::add);
  }

  /// In whole units of each currency.
  SortedMap<String, Double> amounts() {
    TreeMap<String, Double> result = new TreeMap<>();
    sums.forEach((currency, sum) -> result.put(currency, sum / SCALE));
    return result;
  }

  void write(RecordWriter out) {
    out.number(sums.size());
    sums.forEach((currency, sum) -> out.text(currency).number(sum));
  }

  static Money read(RecordReader in) {
    Money result = new Money();
    for (int n = in.count(); n > 0; n--) {
      result.sums.put(in.text(), in.number());
    }
    return result;
  }
}
