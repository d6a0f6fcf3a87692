package io.zhiyin.lab.bench;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// When each request of a run should have been sent, was sent, and was answered, and with what
/// status; 0 where there was no answer. Every one is kept, so quantiles are exact.
final class Answers {
  private final long[] intended;
  private final long[] sent;
  private final long[] answered;
  private final int[] status;
  private int size;

  Answers(int capacity) {
    intended = new long[capacity];
    sent = new long[capacity];
    answered = new long[capacity];
    status = new int[capacity];
  }

  int capacity() {
    return status.length;
  }

  /// Each number is put by one thread, once.
  void put(int i, long intendedAt, long sentAt, int code, long answeredAt) {
    intended[i] = intendedAt;
    sent[i] = sentAt;
    status[i] = code;
    answered[i] = answeredAt;
  }

  /// Closes the run after its workers were joined.
  Answers done(int count) {
    size = count;
    return this;
  }

  int size() {
    return size;
  }

  int count(IntPredicate code) {
    return (int) IntStream.range(0, size).filter(i -> code.test(status[i])).count();
  }

  /// Requests with a good answer.
  int good() {
    return count(code -> code == 200);
  }

  /// Requests without one.
  double bad() {
    return (double) size - good();
  }

  /// Milliseconds from the intended moment to the answer, of answers with such a status, sorted.
  double[] millis(IntPredicate code) {
    return sorted(IntStream.range(0, size).filter(i -> code.test(status[i])), intended, answered);
  }

  /// The same for what should have been sent in the given second of the run.
  double[] millisInSecond(int second) {
    return millisInSeconds(second, second + 1);
  }

  /// The same for what should have been sent from one second of the run to before another.
  double[] millisInSeconds(int from, int to) {
    return sorted(
        IntStream.range(0, capacity()).filter(i -> status[i] == 200 && isIn(from, to, i)),
        intended,
        answered);
  }

  private boolean isIn(int from, int to, int i) {
    long second = (intended[i] - intended[0]) / 1_000_000_000L;
    return second >= from && second < to;
  }

  /// Milliseconds by which requests were sent late: because all connections waited for answers, or
  /// because this process did not get the processor.
  double[] lateMillis() {
    return sorted(IntStream.range(0, size), intended, sent);
  }

  /// Milliseconds from sending to the answer.
  double[] serviceMillis(IntPredicate code) {
    return sorted(IntStream.range(0, size).filter(i -> code.test(status[i])), sent, answered);
  }

  /// The same of good answers, without those that should have been sent in the first seconds.
  double[] serviceMillisAfter(int seconds) {
    return sorted(
        IntStream.range(0, size)
            .filter(i -> status[i] == 200 && isIn(seconds, Integer.MAX_VALUE, i)),
        sent,
        answered);
  }

  private static double[] sorted(IntStream which, long[] from, long[] to) {
    double[] millis = which.mapToDouble(i -> (to[i] - from[i]) / 1e6).toArray();
    Arrays.sort(millis);
    return millis;
  }

  /// Seconds from the first intended moment to the last answer.
  double seconds() {
    long last = IntStream.range(0, size).mapToLong(i -> answered[i]).max().orElse(0);
    return size == 0 ? 0 : (last - intended[0]) / 1e9;
  }

  /// The smallest of sorted values that a share `q` of all does not exceed.
  static double quantile(double[] sorted, double q) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.clamp((int) Math.ceil(q * sorted.length) - 1, 0, sorted.length - 1)];
  }
}
