package io.zhiyin.engine.pipeline;

import io.zhiyin.engine.catalog.Vocabulary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An item on its way through one request, with all evidence gathered for it. Mutable, owned by one
/// request.
public final class Candidate {
  private final int item;

  /// The strengths of all evidence, then their lifts.
  private final float[] evidence = new float[2 * Evidence.COUNT];

  /// Of few candidates: those that are shown.
  private int @Nullable [] because;

  private int sources;
  private float score;
  private double propensity = 1;

  /// Of those that got a second look where it asks for it: the probability of being chosen, then by
  /// ordinal of [Head].
  private float @Nullable [] foretold;

  public Candidate(int item) {
    this.item = item;
    Arrays.fill(evidence, 0, Evidence.COUNT, Float.NaN);
  }

  /// The item's index in the vocabulary.
  public int item() {
    return item;
  }

  /// The strength of one kind of evidence, or NaN when there is none.
  public float evidence(Evidence kind) {
    return evidence[kind.ordinal()];
  }

  /// Keeps the larger of the strength known and the one given.
  public void add(Evidence kind, float strength) {
    int i = kind.ordinal();
    if (!(evidence[i] >= strength)) {
      evidence[i] = strength;
    }
  }

  /// The item of the shopper, page or cart that this evidence comes from most, or
  /// [Vocabulary#UNKNOWN].
  public int because(Evidence kind) {
    int[] known = because;
    return known == null ? Vocabulary.UNKNOWN : known[kind.ordinal()];
  }

  /// Notes the item that the evidence comes from most.
  public void because(Evidence kind, int seed) {
    int[] known = because;
    if (known == null) {
      known = new int[Evidence.COUNT];
      Arrays.fill(known, Vocabulary.UNKNOWN);
      because = known;
    }
    known[kind.ordinal()] = seed;
  }

  /// How far this evidence lifted the score above what it gave the request's candidates on average.
  public float lift(Evidence kind) {
    return evidence[Evidence.COUNT + kind.ordinal()];
  }

  public void lift(Evidence kind, float value) {
    evidence[Evidence.COUNT + kind.ordinal()] = value;
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
    return propensity;
  }

  public void propensity(double value) {
    propensity = value;
  }

  /// Notes what was foretold of it.
  ///
  /// @param chosen the probability that it is chosen next
  /// @param after by ordinal of [Head], NaN where nothing is known
  public void foretold(double chosen, float[] after) {
    float[] all = new float[1 + Head.COUNT];
    all[0] = (float) chosen;
    System.arraycopy(after, 0, all, 1, Head.COUNT);
    foretold = all;
  }

  /// The probability that it is chosen next; NaN where the list is not ordered by what follows on
  /// it.
  public float choice() {
    float[] known = foretold;
    return known == null ? Float.NaN : known[0];
  }

  /// The probability that this follows once it is chosen; NaN where nothing is known.
  public float after(Head head) {
    float[] known = foretold;
    return known == null ? Float.NaN : known[1 + head.ordinal()];
  }
}
