package io.zhiyin.engine.pipeline;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The evidence for all candidates of one request, kind by kind, as scorers read it: what a source
/// measured becomes a row as it is. May be used again by the next request. Not for several threads.
public final class EvidenceTable {
  /// Of candidates that are in none: nothing speaks for them.
  static final EvidenceTable NONE = new EvidenceTable(0);

  private static final float ABSENT = Float.NaN;

  /// What very many candidates need is not kept.
  private static final int MOST_KEPT = 1 << 12;

  /// By ordinal of [Evidence], then by number of the candidate; what lies beyond a row is absent.
  private final float[] @Nullable [] strengths = new float[Evidence.COUNT][];

  private final float[] @Nullable [] lifts = new float[Evidence.COUNT][];

  /// Rows for both that are used again, where they are not in use now.
  private final ArrayDeque<float[]> spare = new ArrayDeque<>(2 * Evidence.COUNT);

  private final int expected;
  private int size;

  /// @param expected how many candidates there will be, about
  public EvidenceTable(int expected) {
    this.expected = expected;
  }

  /// One more candidate, without evidence.
  ///
  /// @return its number, 0 for the first
  int add() {
    return size++;
  }

  /// The strength of one kind of evidence, or NaN where there is none.
  float strength(Evidence kind, int number) {
    return at(strengths[kind.ordinal()], number, ABSENT);
  }

  /// How far the evidence lifted the candidate; 0 where nobody said.
  float lift(Evidence kind, int number) {
    return at(lifts[kind.ordinal()], number, 0);
  }

  private static float at(float @Nullable [] row, int number, float otherwise) {
    return row == null || number >= row.length ? otherwise : row[number];
  }

  /// Keeps the larger of the strength known and the one given.
  void strengthen(Evidence kind, int number, float strength) {
    float[] row = row(strengths, kind, number, ABSENT);
    if (!(row[number] >= strength)) {
      row[number] = strength;
    }
  }

  void lift(Evidence kind, int number, float value) {
    row(lifts, kind, number, 0)[number] = value;
  }

  /// The kind's row, which has a place for the number.
  private float[] row(float[] @Nullable [] rows, Evidence kind, int number, float otherwise) {
    Objects.checkIndex(number, size); // who has left a table writes to none
    float[] row = rows[kind.ordinal()];
    if (row == null) {
      row = spare();
      Arrays.fill(row, otherwise);
      rows[kind.ordinal()] = row;
    }
    if (number >= row.length) {
      int known = row.length;
      row = Arrays.copyOf(row, Math.max(size, 2 * known));
      Arrays.fill(row, known, row.length, otherwise);
      rows[kind.ordinal()] = row;
    }
    return row;
  }

  private float[] spare() {
    float[] row = spare.pollLast();
    return row == null ? new float[Math.max(expected, size)] : row;
  }

  /// Takes over what one kind of evidence says of all candidates; of each the larger of the
  /// strength known and the one measured is kept, if it is finite.
  ///
  /// @param measured by number, one for each candidate; it belongs to the table from now on
  public void measured(Evidence kind, float[] measured) {
    for (int i = 0; i < size; i++) {
      float known = strength(kind, i);
      if (!Float.isFinite(measured[i]) || known >= measured[i]) {
        measured[i] = known;
      }
    }
    putAside(strengths, kind);
    strengths[kind.ordinal()] = measured;
  }

  /// Forgets all; who was in it is in it no more.
  public void clear() {
    for (Evidence kind : Evidence.ALL) {
      putAside(strengths, kind);
      putAside(lifts, kind);
    }
    spare.forEach(row -> Arrays.fill(row, 0));
    size = 0;
  }

  private void putAside(float[] @Nullable [] rows, Evidence kind) {
    float[] row = rows[kind.ordinal()];
    rows[kind.ordinal()] = null;
    if (row != null
        && row.length >= expected
        && row.length <= MOST_KEPT
        && spare.size() < 2 * Evidence.COUNT) {
      spare.add(row);
    }
  }

  /// The strengths of all evidence for some candidates, `[Evidence.COUNT][candidates]`, NaN where
  /// absent; null for a kind that speaks for none. Not to be written to, and of use only until more
  /// is known.
  public static float[] @Nullable [] of(List<Candidate> candidates) {
    EvidenceTable table = candidates.isEmpty() ? NONE : candidates.getFirst().table();
    boolean whole = table.isWhole(candidates);
    float[] @Nullable [] all = new float[Evidence.COUNT][];
    for (Evidence kind : Evidence.ALL) {
      all[kind.ordinal()] = whole ? table.whole(kind) : some(candidates, kind);
    }
    return all;
  }

  /// Whether these are all its candidates, in their order.
  private boolean isWhole(List<Candidate> candidates) {
    boolean whole = candidates.size() == size;
    for (int i = 0; i < size && whole; i++) {
      whole = candidates.get(i).is(i, this);
    }
    return whole;
  }

  /// The kind's row at its exact length.
  private float @Nullable [] whole(Evidence kind) {
    float[] row = strengths[kind.ordinal()];
    if (row == null || row.length == size) {
      return row;
    }
    float[] exact = Arrays.copyOf(row, size);
    Arrays.fill(exact, Math.min(row.length, size), size, ABSENT);
    return exact;
  }

  private static float @Nullable [] some(List<Candidate> candidates, Evidence kind) {
    float[] row = new float[candidates.size()];
    boolean any = false;
    for (int i = 0; i < row.length; i++) {
      row[i] = candidates.get(i).evidence(kind);
      any |= !Float.isNaN(row[i]);
    }
    return any ? row : null;
  }
}
