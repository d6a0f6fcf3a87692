package io.zhiyin.cluster.journal;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.event.Journal.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The calls that share one write: which of their events are new, and the offset of each.
final class Group {
  /// Where the journal knows an id already.
  @FunctionalInterface
  interface Index {
    /// The offset of each fingerprint, or -1.
    long[] find(List<byte[]> fingerprints) throws IOException;
  }

  private final List<Append> appends;
  private final List<List<Outcome>> outcomes = new ArrayList<>();
  private long end;
  private boolean empty = true;

  private Group(List<Append> appends, long end) {
    this.appends = appends;
    this.end = end;
  }

  /// @param end the offset of the first new event
  static Group of(List<Append> appends, Index index, long end) throws IOException {
    List<byte[]> fingerprints = new ArrayList<>();
    appends.forEach(append -> fingerprints.addAll(append.fingerprints()));
    long[] known = index.find(fingerprints);
    Group group = new Group(appends, end);
    Map<ByteBuffer, Long> here = HashMap.newHashMap(fingerprints.size());
    int next = 0;
    for (Append append : appends) {
      List<Outcome> each = new ArrayList<>(append.events().size());
      for (byte[] fingerprint : append.fingerprints()) {
        each.add(group.outcome(known[next++], ByteBuffer.wrap(fingerprint), here));
      }
      group.outcomes.add(List.copyOf(each));
    }
    return group;
  }

  private Outcome outcome(long known, ByteBuffer fingerprint, Map<ByteBuffer, Long> here) {
    if (known >= 0) {
      return new Outcome(known, true);
    }
    Long first = here.putIfAbsent(fingerprint, end);
    if (first != null) {
      return new Outcome(first, true);
    }
    empty = false;
    return new Outcome(end++, false);
  }

  /// The offset after the last new event.
  long end() {
    return end;
  }

  boolean isEmpty() {
    return empty;
  }

  void putInto(RocksFiles.Batch batch) throws IOException {
    for (int a = 0; a < appends.size(); a++) {
      Append append = appends.get(a);
      for (int i = 0; i < append.events().size(); i++) {
        Outcome outcome = outcomes.get(a).get(i);
        if (!outcome.duplicate()) {
          batch.put(outcome.offset(), append.fingerprints().get(i), append.records().get(i));
        }
      }
    }
  }

  void handTo(Journal.Reader follower) {
    for (int a = 0; a < appends.size(); a++) {
      List<Event> events = appends.get(a).events();
      for (int i = 0; i < events.size(); i++) {
        Outcome outcome = outcomes.get(a).get(i);
        if (!outcome.duplicate()) {
          follower.accept(outcome.offset(), events.get(i));
        }
      }
    }
  }

  void acknowledge() {
    for (int a = 0; a < appends.size(); a++) {
      appends.get(a).outcomes().complete(outcomes.get(a));
    }
  }
}
