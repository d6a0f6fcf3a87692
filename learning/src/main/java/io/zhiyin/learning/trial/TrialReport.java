package io.zhiyin.learning.trial;

import io.zhiyin.learning.train.EvidenceFit;
import java.util.List;
import java.util.Optional;

/// The outcome of a trial, as plain figures.
///
/// @param methods in the order of [TrialOptions#METHODS]
/// @param slices by dimension, each in the order of its ranges
/// @param curves how models learned, in the order of their training
/// @param samples some shoppers' lists by the best-informed method
/// @param evidence how all evidence was made one order, where `zhiyin` was asked for
/// @param objectives what lists of `zhiyin` for each objective are worth; empty where nothing was
///   learned of what follows on a choice, or nothing was bought
public record TrialReport(
    TrialSetup setup,
    List<MethodFigures> methods,
    List<Comparison> comparisons,
    List<BeyondAccuracy> beyondAccuracy,
    List<Slice> slices,
    List<TrainingCurve> curves,
    List<SampleList> samples,
    Optional<ColdStartReport> coldStart,
    Optional<EvidenceFit.Fitted> evidence,
    List<ObjectiveFigures> objectives) {
  private static final List<String> LEADING = List.of(Comparison.PLAIN, "sequence", "zhiyin");

  public TrialReport {
    methods = List.copyOf(methods);
    comparisons = List.copyOf(comparisons);
    beyondAccuracy = List.copyOf(beyondAccuracy);
    slices = List.copyOf(slices);
    curves = List.copyOf(curves);
    samples = List.copyOf(samples);
    objectives = List.copyOf(objectives);
  }

  /// The document that `evaluate --json` writes.
  public String json() {
    return TrialJson.of(this);
  }

  /// Tables for people, best method last.
  public String table() {
    return TrialTables.of(this);
  }

  public Optional<MethodFigures> method(String name) {
    return methods.stream().filter(figures -> figures.name().equals(name)).findFirst();
  }

  /// The few methods that a narrow table or chart shows: the plain baseline, the model alone, the
  /// whole; the last ones where none of these ran.
  public List<String> leading() {
    List<String> names = methods.stream().map(MethodFigures::name).toList();
    List<String> leading = names.stream().filter(LEADING::contains).toList();
    return leading.isEmpty() ? names.subList(Math.max(0, names.size() - 3), names.size()) : leading;
  }

  public List<Slice> slices(Slice.Dimension dimension) {
    return slices.stream().filter(slice -> slice.dimension() == dimension).toList();
  }

  /// The mean NDCG of a method at the leading cut-off, own items left out; NaN for one that did not
  /// run.
  public double ndcg(String method) {
    return method(method).map(figures -> figures.masked().ndcg().mean()).orElse(Double.NaN);
  }
}
