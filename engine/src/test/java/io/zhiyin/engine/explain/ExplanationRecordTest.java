package io.zhiyin.engine.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.RecommendationId;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplanationRecordTest {
  private static final Instant TIME = Instant.parse("2026-11-26T12:00:00.123456789Z");

  private static Explanation readBack(Explanation written) {
    RecordWriter record = new RecordWriter();
    ExplanationRecord.write(record, written);
    return ExplanationRecord.read(record.toBytes());
  }

  private static FilteredItems filtered() {
    FilteredItems filtered = new FilteredItems();
    filtered.add(9, "availability");
    filtered.add(2, "rule:gifts");
    filtered.add(1, "availability");
    return filtered;
  }

  private static List<String> listed(FilteredItems filtered) {
    List<String> all = new ArrayList<>();
    filtered.forEach((item, filter) -> all.add(item + " " + filter));
    return all;
  }

  private static Explanation full(Shopper shopper) {
    Candidate candidate = new Candidate(70_000);
    candidate.add(Evidence.SEQUENCE, -1.5f);
    candidate.lift(Evidence.SEQUENCE, 0.25f);
    candidate.retrievedBy(Evidence.SEQUENCE);
    candidate.because(Evidence.ITEM_TO_ITEM, 0);
    candidate.score(Float.MIN_VALUE);
    candidate.propensity(0.1);
    candidate.foretold(0.5, new float[] {0.1f, Float.NaN, 0.3f});
    Slate slate =
        new Slate(
            new RecommendationId("r-1"),
            "home-feed",
            "m1",
            List.of(new Slate.Entry(70_000, new ItemId("好茶"), 2.5f, 1, candidate)),
            List.of("sequence: late"));
    return new Explanation(
        slate,
        shopper,
        TIME,
        List.of(
            List.of(
                new Reason(Reason.Kind.VIEWED, "绿茶", new ItemId("green")),
                Reason.of(Reason.Kind.NEW))),
        new Fates(
            new int[] {70_000, 3, 0}, new float[] {2.5f, Float.NEGATIVE_INFINITY, 0}, filtered()),
        Map.of("recall", 123_456_789L),
        List.of(new RuleEffect("gifts", "pin", 70_000, 0, 1)),
        List.of("gifts: 2 of 3"));
  }

  @Test
  void everythingIsReadAsItWasWritten() {
    Explanation written = full(new Shopper.User(new UserId("u1")));
    Explanation read = readBack(written);
    assertEquals(written.shopper(), read.shopper());
    assertEquals(written.time(), read.time());
    assertEquals(written.reasons(), read.reasons());
    assertArrayEquals(written.fates().ranked(), read.fates().ranked());
    assertArrayEquals(written.fates().scores(), read.fates().scores());
    assertEquals(listed(written.fates().filtered()), listed(read.fates().filtered()));
    assertEquals(written.stageNanos(), read.stageNanos());
    assertEquals(written.effects(), read.effects());
    assertEquals(written.shortfalls(), read.shortfalls());
    assertEquals(written.slate().recommendationId(), read.slate().recommendationId());
    assertEquals(written.slate().scenario(), read.slate().scenario());
    assertEquals(written.slate().model(), read.slate().model());
    assertEquals(written.slate().degraded(), read.slate().degraded());
  }

  @Test
  void anEntryKeepsAllItsEvidence() {
    Slate.Entry written = full(new Shopper.User(new UserId("u1"))).slate().items().getFirst();
    Slate.Entry read =
        readBack(full(new Shopper.User(new UserId("u1")))).slate().items().getFirst();
    assertEquals(written.item(), read.item());
    assertEquals(written.itemId(), read.itemId());
    assertEquals(written.score(), read.score());
    assertEquals(written.position(), read.position());
    Candidate before = written.candidate();
    Candidate after = read.candidate();
    assertEquals(before.item(), after.item());
    assertEquals(before.score(), after.score());
    assertEquals(before.propensity(), after.propensity());
    assertEquals(before.choice(), after.choice());
    for (Head head : Head.values()) {
      assertEquals(before.after(head), after.after(head));
    }
    for (Evidence kind : Evidence.values()) {
      assertEquals(before.evidence(kind), after.evidence(kind));
      assertEquals(before.lift(kind), after.lift(kind));
      assertEquals(before.because(kind), after.because(kind));
      assertEquals(before.wasRetrievedBy(kind), after.wasRetrievedBy(kind));
    }
  }

  @Test
  void aVisitorIsNotTakenForASignedInShopperOfTheSameName() {
    Shopper visitor = new Shopper.Visitor(new VisitorId("u1"));
    assertEquals(visitor, readBack(full(visitor)).shopper());
  }
}
