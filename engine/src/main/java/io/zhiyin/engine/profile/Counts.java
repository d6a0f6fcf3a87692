package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How many events of each kind a shopper had, and when the newest was. Not safe for threads.
final class Counts {
  private int[] byKind;
  private long last;

  Counts() {
    this(new int[EventKind.LOGIN.code() + 1], 0);
  }

  private Counts(int[] byKind, long last) {
    this.byKind = byKind;
    this.last = last;
  }

  Counts copy() {
    return new Counts(byKind.clone(), last);
  }

  void add(byte kind, long time) {
    if (kind >= byKind.length) {
      byKind = Arrays.copyOf(byKind, kind + 1);
    }
    byKind[kind]++;
    last = Math.max(last, time);
  }

  void addEvents(EventLog log, java.util.function.IntPredicate wanted) {
    for (int i = 0; i < log.size(); i++) {
      if (log.startsEvent(i) && wanted.test(i)) {
        add(log.kind(i), log.time(i));
      }
    }
  }

  void subtract(Counts others) {
    for (int kind = 0; kind < others.byKind.length; kind++) {
      byKind[kind] -= others.byKind[kind];
    }
  }

  /// The newest event is known to be at that time, after others were subtracted.
  void newestIs(long time) {
    last = Math.max(0, time);
  }

  void put(RecordWriter out) {
    LogCodec.putTime(out.number(byKind.length), last);
    for (int count : byKind) {
      out.number(count);
    }
  }

  static Counts take(RecordReader in) {
    int[] byKind = new int[in.count()];
    long last = LogCodec.takeTime(in);
    for (int i = 0; i < byKind.length; i++) {
      byKind[i] = in.whole();
    }
    return new Counts(byKind, last);
  }

  /// Goes past what [#put] wrote.
  ///
  /// @throws RuntimeException when [#take] could not read it
  static void skip(RecordReader in) {
    int kinds = in.count();
    LogCodec.takeTime(in);
    for (int i = 0; i < kinds; i++) {
      in.whole();
    }
  }

  boolean isZero() {
    return Arrays.stream(byKind).allMatch(n -> n == 0);
  }

  Profile profile(Shopper shopper, EventLog lines, EventLog pages, List<String> visitors) {
    long[] counts = new long[64];
    for (int kind = 0; kind < byKind.length; kind++) {
      counts[kind] = byKind[kind];
    }
    List<Profile.PageView> views = new ArrayList<>(pages.size());
    for (int i = 0; i < pages.size(); i++) {
      boolean search = pages.kind(i) == EventKind.SEARCH.code();
      String text = pages.text(i);
      views.add(new Profile.PageView(pages.time(i), search ? "" : text, search ? text : ""));
    }
    return new Profile(
        shopper,
        lines.toHistory(false),
        lines.toHistory(true),
        lines.olderMarks(),
        List.copyOf(views),
        counts,
        List.copyOf(visitors),
        last);
  }
}
