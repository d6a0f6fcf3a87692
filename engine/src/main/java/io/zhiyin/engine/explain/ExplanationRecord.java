package io.zhiyin.engine.explain;

import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.RecommendationId;
import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.FilteredItems;
import io.zhiyin.engine.pipeline.Head;
import io.zhiyin.engine.pipeline.RuleEffect;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.Shopper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An [Explanation] as bytes, some eight thousand for a list of 20 out of 500. Read by the process
/// that wrote it only: items go by their index.
final class ExplanationRecord {
  private static final Evidence[] KINDS = Evidence.values();
  private static final Reason.Kind[] REASONS = Reason.Kind.values();

  private ExplanationRecord() {}

  static void write(RecordWriter to, Explanation of) {
    to.oneByte(of.shopper() instanceof Shopper.User ? 1 : 0).text(of.shopper().value());
    to.time(of.time());
    Slate slate = of.slate();
    to.text(slate.recommendationId().value()).text(slate.scenario()).text(slate.model());
    to.texts(slate.degraded()).texts(of.shortfalls());
    to.number(slate.items().size());
    for (int i = 0; i < slate.items().size(); i++) {
      write(to, slate.items().get(i));
      write(to, of.reasons().get(i));
    }
    write(to, of.fates());
    to.number(of.stageNanos().size());
    of.stageNanos().forEach((stage, nanos) -> to.text(stage).number(nanos));
    to.number(of.effects().size());
    for (RuleEffect effect : of.effects()) {
      to.text(effect.rule()).text(effect.action());
      to.number(effect.item()).number(effect.from()).number(effect.to());
    }
  }

  static Explanation read(byte[] record) {
    RecordReader from = new RecordReader(record);
    Shopper shopper = shopper(from);
    Instant time = from.time();
    RecommendationId id = new RecommendationId(from.text());
    String scenario = from.text();
    String model = from.text();
    List<String> degraded = from.texts();
    List<String> shortfalls = from.texts();
    int shown = from.count();
    List<Slate.Entry> items = new ArrayList<>(shown);
    List<List<Reason>> reasons = new ArrayList<>(shown);
    for (int i = 0; i < shown; i++) {
      items.add(entry(from));
      reasons.add(reasons(from));
    }
    return new Explanation(
        new Slate(id, scenario, model, items, degraded),
        shopper,
        time,
        reasons,
        fates(from),
        stages(from),
        effects(from),
        shortfalls);
  }

  /// Whose list a record is of; it comes first.
  static Shopper shopper(RecordReader from) {
    boolean signedIn = from.oneByte() == 1;
    String id = from.text();
    return signedIn ? new Shopper.User(new UserId(id)) : new Shopper.Visitor(new VisitorId(id));
  }

  private static void write(RecordWriter to, Slate.Entry entry) {
    to.number(entry.item()).text(entry.itemId().value());
    to.single(entry.score()).number(entry.position());
    Candidate candidate = entry.candidate();
    to.single(candidate.score()).real(candidate.propensity()).single(candidate.choice());
    for (Head head : Head.values()) {
      to.single(candidate.after(head));
    }
    for (Evidence kind : KINDS) {
      to.oneByte(candidate.wasRetrievedBy(kind) ? 1 : 0);
      to.number(candidate.because(kind) + 1L);
      to.single(candidate.evidence(kind)).single(candidate.lift(kind));
    }
  }

  private static Slate.Entry entry(RecordReader from) {
    int item = from.whole();
    ItemId id = new ItemId(from.text());
    float score = from.single();
    int position = from.whole();
    Candidate candidate = new Candidate(item);
    candidate.score(from.single());
    candidate.propensity(from.real());
    float choice = from.single();
    float[] after = new float[Head.values().length];
    for (int i = 0; i < after.length; i++) {
      after[i] = from.single();
    }
    candidate.foretold(choice, after);
    for (Evidence kind : KINDS) {
      if (from.oneByte() == 1) {
        candidate.retrievedBy(kind);
      }
      candidate.because(kind, (int) (from.number() - 1));
      candidate.add(kind, from.single());
      candidate.lift(kind, from.single());
    }
    return new Slate.Entry(item, id, score, position, candidate);
  }

  private static void write(RecordWriter to, List<Reason> reasons) {
    to.number(reasons.size());
    for (Reason reason : reasons) {
      ItemId related = reason.related();
      to.oneByte(reason.kind().ordinal() << 1 | (related == null ? 0 : 1)).text(reason.subject());
      if (related != null) {
        to.text(related.value());
      }
    }
  }

  private static List<Reason> reasons(RecordReader from) {
    int count = from.count();
    List<Reason> reasons = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int head = from.oneByte();
      String subject = from.text();
      reasons.add(
          new Reason(
              REASONS[head >> 1], subject, (head & 1) == 0 ? null : new ItemId(from.text())));
    }
    return reasons;
  }

  private static void write(RecordWriter to, Fates fates) {
    to.number(fates.ranked().length);
    for (int i = 0; i < fates.ranked().length; i++) {
      to.number(fates.ranked()[i]).single(fates.scores()[i]);
    }
    // the name of a filter stands where it comes first
    List<String> names = new ArrayList<>();
    to.number(fates.filtered().size());
    fates
        .filtered()
        .forEach(
            (item, filter) -> {
              int name = names.indexOf(filter);
              to.number(item).number(name < 0 ? names.size() : name);
              if (name < 0) {
                names.add(filter);
                to.text(filter);
              }
            });
  }

  private static Fates fates(RecordReader from) {
    int[] ranked = new int[from.count()];
    float[] scores = new float[ranked.length];
    for (int i = 0; i < ranked.length; i++) {
      ranked[i] = from.whole();
      scores[i] = from.single();
    }
    List<String> names = new ArrayList<>();
    int count = from.count();
    FilteredItems filtered = new FilteredItems();
    for (int i = 0; i < count; i++) {
      int item = from.whole();
      int name = from.whole();
      if (name == names.size()) {
        names.add(from.text());
      }
      filtered.add(item, names.get(name));
    }
    return new Fates(ranked, scores, filtered);
  }

  private static Map<String, Long> stages(RecordReader from) {
    int count = from.count();
    Map<String, Long> stages = LinkedHashMap.newLinkedHashMap(count);
    for (int i = 0; i < count; i++) {
      stages.put(from.text(), from.number());
    }
    return stages;
  }

  private static List<RuleEffect> effects(RecordReader from) {
    int count = from.count();
    List<RuleEffect> effects = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      effects.add(
          new RuleEffect(from.text(), from.text(), from.whole(), from.whole(), from.whole()));
    }
    return effects;
  }
}
