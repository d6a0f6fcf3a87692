package io.zhiyin.engine.rank;

import io.zhiyin.engine.model.Repeats;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.MetItems;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much each kind of evidence counts: the score of an item is the sum of weight × transformed
/// strength over all evidence, and what an item gains or loses because the shopper has met it.
/// Fitted on a shop's own data, or [#DEFAULT].
///
/// @param terms the kinds that count; the others do not
/// @param repeats in the measure of the sum
public record BlendWeights(Map<Evidence, Term> terms, Repeats repeats) {
  /// Without a fit: the model's logit as it is, and beside it counting and content in the
  /// proportion that did best without a model on the validation items of a public data set; a
  /// little of what everybody likes for ties.
  public static final BlendWeights DEFAULT =
      of(Evidence.SEQUENCE, Transform.LOGIT, 1)
          .with(Evidence.ITEM_TO_ITEM, Transform.SHARE_OF_MAX, 4)
          .with(Evidence.BOUGHT_TOGETHER, Transform.SHARE_OF_MAX, 0.5)
          .with(Evidence.CONTENT, Transform.RAW, 8)
          .with(Evidence.POPULAR, Transform.SHARE_OF_MAX, 0.3)
          .with(Evidence.TRENDING, Transform.SHARE_OF_MAX, 0.2)
          .with(Evidence.NEW, Transform.RAW, 0.2);

  /// For a shopper of whom nothing is known.
  public static final BlendWeights COLD =
      of(Evidence.POPULAR, Transform.SHARE_OF_MAX, 1)
          .with(Evidence.TRENDING, Transform.SHARE_OF_MAX, 0.8)
          .with(Evidence.NEW, Transform.RAW, 0.4);

  /// No evidence counts.
  public static final BlendWeights NONE = new BlendWeights(Map.of());

  public BlendWeights {
    terms = Map.copyOf(terms);
  }

  /// Items that were met count as others do.
  public BlendWeights(Map<Evidence, Term> terms) {
    this(terms, Repeats.NONE);
  }

  /// @param weight finite; may be negative
  public record Term(Transform transform, double weight) {
    public Term {
      if (!Double.isFinite(weight)) {
        throw new IllegalArgumentException("a weight must be finite, not " + weight);
      }
    }
  }

  public static BlendWeights of(Evidence evidence, Transform transform, double weight) {
    return new BlendWeights(Map.of(evidence, new Term(transform, weight)));
  }

  /// These weights with one more, or another, term.
  public BlendWeights with(Evidence evidence, Transform transform, double weight) {
    Map<Evidence, Term> more = new EnumMap<>(Evidence.class);
    more.putAll(terms);
    more.put(evidence, new Term(transform, weight));
    return new BlendWeights(more, repeats);
  }

  /// These weights with another change for items that were met.
  public BlendWeights with(Repeats value) {
    return new BlendWeights(terms, value);
  }

  /// Whether the kind counts at all.
  public boolean counts(Evidence evidence) {
    Term term = terms.get(evidence);
    return term != null && term.weight() != 0;
  }

  /// The scores of candidates as far as evidence speaks for them, met or not.
  ///
  /// @param strengths by ordinal of [Evidence], one strength a candidate, NaN where absent; null
  ///   for a kind that nobody measured
  /// @param candidates how many there are
  public double[] score(float[] @Nullable [] strengths, int candidates) {
    double[] sums = new double[candidates];
    add(strengths, candidates, sums, new double[candidates], (_, _) -> {});
    return sums;
  }

  /// The scores of candidates for a shopper.
  ///
  /// @param strengths by ordinal of [Evidence], one strength a candidate, NaN where absent; null
  ///   for a kind that nobody measured
  /// @param items the candidates' catalogue indices
  /// @param history of the shopper
  public double[] score(float[] @Nullable [] strengths, int[] items, History history) {
    double[] sums = new double[items.length];
    add(strengths, items, history, sums, new double[items.length], (_, _) -> {});
    return sums;
  }

  /// Adds the scores of candidates for a shopper to sums.
  ///
  /// @param sums one a candidate, or longer
  /// @param part room of the same length
  void add(
      float[] @Nullable [] strengths,
      int[] items,
      History history,
      double[] sums,
      double[] part,
      Parts parts) {
    add(strengths, items.length, sums, part, parts);
    if (repeats.isNone()) {
      return;
    }
    MetItems met = MetItems.of(history);
    for (int i = 0; i < items.length; i++) {
      int number = met.numberOf(items[i]);
      part[i] = number >= 0 ? repeats.of(met, number) : 0;
      sums[i] += part[i];
    }
    parts.see(Evidence.RECENTLY_VIEWED, part);
  }

  /// Receives what one kind of evidence gave each candidate, in an array that is used again and may
  /// be longer.
  @FunctionalInterface
  interface Parts {
    void see(Evidence evidence, double[] parts);
  }

  private void add(
      float[] @Nullable [] strengths, int candidates, double[] sums, double[] part, Parts parts) {
    for (Evidence evidence : Evidence.ALL) { // in fixed order: sums are the same everywhere
      Term term = terms.get(evidence);
      float[] measured = strengths[evidence.ordinal()];
      if (term != null && measured != null) {
        Arrays.fill(part, 0, candidates, 0);
        term.transform().add(measured, term.weight(), part);
        parts.see(evidence, part);
        for (int i = 0; i < candidates; i++) {
          sums[i] += part[i];
        }
      }
    }
  }
}
