package io.zhiyin.learning.trial;

import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.learning.dataset.Protocol;
import io.zhiyin.learning.train.SequenceSettings;
import io.zhiyin.learning.train.TrainingOptions;
import java.util.List;
import java.util.Set;

/// What a person may choose about a trial.
///
/// @param refit whether, once all choices are made, everything but the test item is fitted
/// @param cutoffs the k of recall@k and ndcg@k
/// @param methods names of those to run, of [#METHODS]
/// @param encoders read the items' texts, where the settings ask for it
/// @param coldStart whether to measure also where items and shoppers are new, which fits all once
///   more
public record TrialOptions(
    Protocol protocol,
    boolean refit,
    List<Integer> cutoffs,
    Set<String> methods,
    SequenceSettings settings,
    TrainingOptions training,
    TextEncoders encoders,
    boolean coldStart) {
  /// All methods, in the order of reports.
  public static final List<String> METHODS =
      List.of("random", "popular", "item-to-item", "content", "dnn", "sequence", "zhiyin");

  public TrialOptions {
    cutoffs = cutoffs.stream().sorted().distinct().toList();
    if (cutoffs.isEmpty() || cutoffs.getFirst() < 1) {
      throw new IllegalArgumentException("cut-offs must be 1 or more, not " + cutoffs);
    }
    for (String method : methods) {
      if (!METHODS.contains(method)) {
        throw new IllegalArgumentException(
            "no method is named '" + method + "'; known are " + String.join(", ", METHODS));
      }
    }
    methods = Set.copyOf(methods);
  }

  /// Leave-one-out, train-only, at 5, 10 and 20, all methods, the default recipe.
  public static TrialOptions defaults() {
    return new TrialOptions(
        Protocol.LEAVE_ONE_OUT,
        false,
        List.of(5, 10, 20),
        Set.copyOf(METHODS),
        SequenceSettings.defaults(),
        TrainingOptions.defaults(),
        TextEncoders.NONE,
        false);
  }

  public TrialOptions withProtocol(Protocol value) {
    return new TrialOptions(
        value, refit, cutoffs, methods, settings, training, encoders, coldStart);
  }

  public TrialOptions refitted() {
    return new TrialOptions(
        protocol, true, cutoffs, methods, settings, training, encoders, coldStart);
  }

  public TrialOptions withCutoffs(List<Integer> value) {
    return new TrialOptions(
        protocol, refit, value, methods, settings, training, encoders, coldStart);
  }

  public TrialOptions withMethods(Set<String> value) {
    return new TrialOptions(
        protocol, refit, cutoffs, value, settings, training, encoders, coldStart);
  }

  public TrialOptions withTraining(TrainingOptions value) {
    return new TrialOptions(
        protocol, refit, cutoffs, methods, settings, value, encoders, coldStart);
  }

  public TrialOptions withSettings(SequenceSettings value) {
    return new TrialOptions(
        protocol, refit, cutoffs, methods, value, training, encoders, coldStart);
  }

  public TrialOptions withEncoders(TextEncoders value) {
    return new TrialOptions(
        protocol, refit, cutoffs, methods, settings, training, value, coldStart);
  }

  public TrialOptions withColdStart() {
    return new TrialOptions(protocol, refit, cutoffs, methods, settings, training, encoders, true);
  }

  /// The cut-off that tables lead with: 10 where it was asked for, else the largest.
  int headline() {
    return cutoffs.contains(10) ? 10 : cutoffs.getLast();
  }

  boolean needsSequence() {
    return methods.contains("sequence") || methods.contains("zhiyin");
  }
}
