package io.zhiyin.lab.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Times contenders in turns: a block of passes of each, round after round, so that whatever else
/// the machine does meets all of them. Each pass is timed by itself.
final class Turns {
  private final String name;
  private final List<Contender> contenders;

  /// Microseconds of each pass, `[round][pass]`.
  private final Map<String, double[][]> times = new LinkedHashMap<>();

  private Turns(String name, List<Contender> contenders) {
    this.name = name;
    this.contenders = contenders;
  }

  /// Runs everything once to warm up for as long as compiling takes, then the rounds that count.
  static Turns take(String name, int warmUpRounds, int rounds, List<Contender> contenders) {
    Turns turns = new Turns(name, contenders);
    for (int round = 0; round < warmUpRounds; round++) {
      contenders.forEach(Turns::block);
    }
    for (Contender contender : contenders) {
      turns.times.put(contender.name(), new double[rounds][]);
    }
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : contenders) {
        turns.of(contender.name())[round] = block(contender);
      }
    }
    return turns;
  }

  private static double[] block(Contender contender) {
    double[] micros = new double[contender.passes()];
    for (int i = 0; i < micros.length; i++) {
      long start = System.nanoTime();
      contender.pass().run();
      micros[i] = (System.nanoTime() - start) / 1e3;
    }
    return micros;
  }

  private double[][] of(String contender) {
    double[][] rounds = times.get(contender);
    if (rounds == null) {
      throw new IllegalArgumentException("nothing called " + contender + " was timed");
    }
    return rounds;
  }

  /// The median microseconds of a pass.
  double median(String contender) {
    return quantile(all(contender), 0.5);
  }

  /// Each contender's microseconds.
  List<Result> results() {
    return contenders.stream().map(c -> result(c.name(), "us", all(c.name()))).toList();
  }

  /// How many times as long `a` takes as `b`, from the medians of each round.
  Result ratio(String a, String b) {
    double[][] first = of(a);
    double[][] second = of(b);
    double[] ratios = new double[first.length];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = quantile(first[round], 0.5) / quantile(second[round], 0.5);
    }
    return result(a + "-to-" + b, "ratio", ratios);
  }

  private Result result(String contender, String unit, double[] values) {
    return new Result(
        name + "." + contender,
        unit,
        quantile(values, 0.5),
        quantile(values, 0.5),
        quantile(values, 0.99),
        values.length);
  }

  private double[] all(String contender) {
    return Arrays.stream(of(contender)).flatMapToDouble(Arrays::stream).toArray();
  }

  /// The smallest value that a share `q` of all does not exceed.
  static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.clamp((int) Math.ceil(q * sorted.length) - 1, 0, sorted.length - 1)];
  }
}
