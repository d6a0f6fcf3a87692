package io.zhiyin.engine.pipeline;

import io.zhiyin.engine.catalog.Vocabulary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An item on its way through one request, with all evidence gathered for it. Mutable, owned by one
/// request. Most are never shown, so what few have lies apart.
public final class Candidate {
  private final int item;
  private final int number;
  private EvidenceTable table;
  private int sources;
  private float score;
  private @Nullable Rest rest;

  /// What only some have.
  private static final class Rest {
    /// The strengths of all evidence, then their lifts, of one that is in no table.
    float @Nullable [] evidence;

    /// Of those that are shown.
    int @Nullable [] because;

    /// Of those that got a second look where it asks for it: the probability of being chosen, then
    /// by ordinal of [Head].
    float @Nullable [] foretold;

    double propensity = 1;
  }

  /// One alone, in no table.
  public Candidate(int item) {
    this(item, EvidenceTable.NONE, 0);
    float[] none = new float[2 * Evidence.COUNT];
    Arrays.fill(none, 0, Evidence.COUNT, Float.NaN);
    rest().evidence = none;
  }

  /// One more of a request.
  ///
  /// @param table of all its candidates
  public Candidate(int item, EvidenceTable table) {
    this(item, table, table.add());
  }

  private Candidate(int item, EvidenceTable table, int number) {
    this.item = item;
    this.table = table;
    this.number = number;
  }

  private Rest rest() {
    Rest known = rest;
    if (known == null) {
      known = new Rest();
      rest = known;
    }
    return known;
  }

  /// The item's index in the vocabulary.
  public int item() {
    return item;
  }

  /// Where its evidence is.
  EvidenceTable table() {
    return table;
  }

  /// Whether it is the one with that number in the table.
  boolean is(int number, EvidenceTable table) {
    return this.table == table && this.number == number;
  }

  private float @Nullable [] own() {
    Rest known = rest;
    return known == null ? null : known.evidence;
  }

  /// The strength of one kind of evidence, or NaN when there is none.
  public float evidence(Evidence kind) {
    float[] own = own();
    return own == null ? table.strength(kind, number) : own[kind.ordinal()];
  }

  /// Keeps the larger of the strength known and the one given.
  public void add(Evidence kind, float strength) {
    float[] own = own();
    if (own == null) {
      table.strengthen(kind, number, strength);
    } else if (!(own[kind.ordinal()] >= strength)) {
      own[kind.ordinal()] = strength;
    }
  }

  /// How far this evidence lifted the score above what it gave the request's candidates on average.
  public float lift(Evidence kind) {
    float[] own = own();
    return own == null ? table.lift(kind, number) : own[Evidence.COUNT + kind.ordinal()];
  }

  public void lift(Evidence kind, float value) {
    float[] own = own();
    if (own == null) {
      table.lift(kind, number, value);
    } else {
      own[Evidence.COUNT + kind.ordinal()] = value;
    }
  }

  /// Takes its evidence out of the table, which is to be used for others.
  ///
  /// @param keeps whether it is asked for its evidence later; otherwise it has none any more
  public void leaveTable(boolean keeps) {
    if (keeps && own() == null) {
      float[] own = new float[2 * Evidence.COUNT];
      for (Evidence kind : Evidence.ALL) {
        own[kind.ordinal()] = table.strength(kind, number);
        own[Evidence.COUNT + kind.ordinal()] = table.lift(kind, number);
      }
      rest().evidence = own;
    }
    table = EvidenceTable.NONE;
  }

  /// The item of the shopper, page or cart that this evidence comes from most, or
  /// [Vocabulary#UNKNOWN].
  public int because(Evidence kind) {
    int[] known = rest == null ? null : rest.because;
    return known == null ? Vocabulary.UNKNOWN : known[kind.ordinal()];
  }

  /// Notes the item that the evidence comes from most.
  public void because(Evidence kind, int seed) {
    Rest more = rest();
    int[] known = more.because;
    if (known == null) {
      known = new int[Evidence.COUNT];
      Arrays.fill(known, Vocabulary.UNKNOWN);
      more.because = known;
    }
    known[kind.ordinal()] = seed;
  }

  /// Notes that the source retrieved it.
  public void retrievedBy(Evidence source) {
    sources |= 1 << source.ordinal();
  }

  public boolean wasRetrievedBy(Evidence source) {
    return (sources & 1 << source.ordinal()) != 0;
  }

  /// What the scorer made of the evidence; items are ordered by it, largest first.
  public float score() {
    return score;
  }

  public void score(float value) {
    score = value;
  }

  /// With what probability it was given its place, by those before it; 1 where nothing was drawn.
  public double propensity() {
    return rest == null ? 1 : rest.propensity;
  }

  public void propensity(double value) {
    rest().propensity = value;
  }

  /// Notes what was foretold of it.
  ///
  /// @param chosen the probability that it is chosen next
  /// @param after by ordinal of [Head], NaN where nothing is known
  public void foretold(double chosen, float[] after) {
    float[] all = new float[1 + Head.COUNT];
    all[0] = (float) chosen;
    System.arraycopy(after, 0, all, 1, Head.COUNT);
    rest().foretold = all;
  }

  /// The probability that it is chosen next; NaN where the list is not ordered by what follows on
  /// it.
  public float choice() {
    return foretold(0);
  }

  /// The probability that this follows once it is chosen; NaN where nothing is known.
  public float after(Head head) {
    return foretold(1 + head.ordinal());
  }

  private float foretold(int place) {
    float[] known = rest == null ? null : rest.foretold;
    return known == null ? Float.NaN : known[place];
  }
}
