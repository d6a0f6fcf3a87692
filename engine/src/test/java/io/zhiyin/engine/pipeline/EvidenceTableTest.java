package io.zhiyin.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EvidenceTableTest {
  private static final float NONE = Float.NaN;

  private final EvidenceTable table = new EvidenceTable(2);
  private final List<Candidate> candidates = new ArrayList<>();

  private void putCandidates(int n) {
    for (int i = 0; i < n; i++) {
      candidates.add(new Candidate(10 + i, table));
    }
  }

  private static float[] row(List<Candidate> candidates, Evidence kind) {
    return Objects.requireNonNull(EvidenceTable.of(candidates)[kind.ordinal()]);
  }

  @Test
  void ofWhatWasFoundAndWhatWasMeasuredTheLargerIsKept() {
    putCandidates(4);
    candidates.get(0).add(Evidence.CONTENT, 0.5f);
    candidates.get(1).add(Evidence.CONTENT, 0.5f);
    candidates.get(2).add(Evidence.CONTENT, 0.5f);
    table.measured(Evidence.CONTENT, new float[] {0.7f, 0.3f, NONE, Float.POSITIVE_INFINITY});
    assertArrayEquals(new float[] {0.7f, 0.5f, 0.5f, NONE}, row(candidates, Evidence.CONTENT));
    assertEquals(0.7f, candidates.getFirst().evidence(Evidence.CONTENT));
  }

  @Test
  void moreCandidatesThanExpectedHaveTheirEvidence() {
    putCandidates(2);
    candidates.get(1).add(Evidence.POPULAR, 2);
    putCandidates(5);
    candidates.get(6).add(Evidence.POPULAR, 6);
    candidates.get(6).lift(Evidence.POPULAR, 1);
    assertArrayEquals(
        new float[] {NONE, 2, NONE, NONE, NONE, NONE, 6}, row(candidates, Evidence.POPULAR));
    assertEquals(1, candidates.get(6).lift(Evidence.POPULAR));
    assertEquals(0, candidates.get(5).lift(Evidence.POPULAR));
  }

  @Test
  void someOfThemAreReadAsTheyAreInTheWhole() {
    putCandidates(4);
    table.measured(Evidence.NEW, new float[] {1, NONE, 3, 4});
    assertArrayEquals(new float[] {NONE, 3}, row(candidates.subList(1, 3), Evidence.NEW));
    assertArrayEquals(new float[] {4, 3, NONE, 1}, row(candidates.reversed(), Evidence.NEW));
    assertNull(
        EvidenceTable.of(candidates.subList(1, 2))[Evidence.NEW.ordinal()], "speaks for none");
    assertNull(EvidenceTable.of(candidates)[Evidence.TRENDING.ordinal()], "was not asked");
  }

  @Test
  void candidatesThatStandAloneAreReadTogether() {
    Candidate one = new Candidate(1);
    Candidate other = new Candidate(2);
    other.add(Evidence.CONTENT, 0.5f);
    other.add(Evidence.CONTENT, 0.25f);
    assertArrayEquals(new float[] {NONE, 0.5f}, row(List.of(one, other), Evidence.CONTENT));
  }

  @Test
  void whoLeavesTheTableTakesItsEvidenceAlongWhereItIsAskedForLater() {
    putCandidates(2);
    for (Candidate candidate : candidates) {
      candidate.add(Evidence.CONTENT, 0.5f);
      candidate.lift(Evidence.CONTENT, 2);
    }
    candidates.get(0).leaveTable(true);
    candidates.get(1).leaveTable(false);
    candidates.get(0).leaveTable(false); // it has left already
    table.clear();
    new Candidate(7, table).add(Evidence.CONTENT, 9);
    assertEquals(0.5f, candidates.get(0).evidence(Evidence.CONTENT));
    assertEquals(2, candidates.get(0).lift(Evidence.CONTENT));
    assertTrue(Float.isNaN(candidates.get(1).evidence(Evidence.CONTENT)));
    assertEquals(0, candidates.get(1).lift(Evidence.CONTENT));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> candidates.get(1).add(Evidence.CONTENT, 1),
        "or others who have left would have it, too");
  }

  @Test
  void aTableThatIsUsedAgainSaysNothingOfBefore() {
    putCandidates(3);
    for (Evidence kind : Evidence.ALL) {
      table.measured(kind, new float[] {1, 2, 3});
      candidates.forEach(candidate -> candidate.lift(kind, 5));
    }
    table.clear();
    List<Candidate> next = List.of(new Candidate(1, table), new Candidate(2, table));
    next.getFirst().add(Evidence.CONTENT, 0.25f);
    next.getFirst().lift(Evidence.CONTENT, 0.5f);
    for (Evidence kind : Evidence.ALL) {
      assertTrue(Float.isNaN(next.get(1).evidence(kind)), kind.toString());
      assertEquals(0, next.get(1).lift(kind), kind.toString());
    }
    assertArrayEquals(new float[] {0.25f, NONE}, row(next, Evidence.CONTENT));
    assertNull(EvidenceTable.of(next)[Evidence.POPULAR.ordinal()]);
  }
}
