package io.zhiyin.learning.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/// What of a recipe may be chosen by measuring, and the values that are tried.
@SuppressWarnings("ImmutableEnumChecker") // functions without state, and a list that is a copy
public enum Knob {
  EMBEDDING_SIZE(
      "embeddingSize",
      SequenceSettings::embeddingSize,
      (settings, value) -> settings.withEmbeddingSize((int) value.doubleValue()),
      32,
      64,
      96,
      128),
  LAYERS(
      "layers",
      SequenceSettings::layers,
      (settings, value) -> settings.withLayers((int) value.doubleValue()),
      1,
      2,
      3),
  HIDDEN_SIZE(
      "hiddenSize",
      SequenceSettings::hiddenSize,
      (settings, value) -> settings.withHiddenSize((int) value.doubleValue()),
      128,
      256,
      512),
  MAX_LENGTH(
      "maxLength",
      SequenceSettings::maxLength,
      (settings, value) -> settings.withMaxLength((int) value.doubleValue()),
      20,
      50,
      100,
      200),
  CONTENT_SIZE(
      "contentSize",
      SequenceSettings::contentSize,
      (settings, value) -> settings.withContentSize((int) value.doubleValue()),
      64,
      128,
      256),
  BATCH_SIZE(
      "batchSize",
      SequenceSettings::batchSize,
      (settings, value) -> settings.withBatchSize((int) value.doubleValue()),
      64,
      128,
      256),
  LEARNING_RATE(
      "learningRate",
      SequenceSettings::learningRate,
      SequenceSettings::withLearningRate,
      3e-4,
      5e-4,
      1e-3,
      2e-3,
      3e-3),
  REGULARIZATION(
      "regularization",
      SequenceSettings::regularization,
      SequenceSettings::withRegularization,
      0,
      0.01,
      0.1),
  DROPOUT(
      "dropout", SequenceSettings::dropout, SequenceSettings::withDropout, 0.1, 0.2, 0.3, 0.5, 0.6),
  ID_DROPOUT(
      "idDropout", SequenceSettings::idDropout, SequenceSettings::withIdDropout, 0, 0.1, 0.2, 0.4);

  private final String wireName;
  private final ToDoubleFunction<SequenceSettings> value;
  private final BiFunction<SequenceSettings, Double, SequenceSettings> change;
  private final List<Double> choices;

  Knob(
      String wireName,
      ToDoubleFunction<SequenceSettings> value,
      BiFunction<SequenceSettings, Double, SequenceSettings> change,
      double... choices) {
    this.wireName = wireName;
    this.value = value;
    this.change = change;
    this.choices = Arrays.stream(choices).boxed().toList();
  }

  /// As in `embeddingSize`.
  public String wireName() {
    return wireName;
  }

  public static Optional<Knob> of(String wireName) {
    return Arrays.stream(values()).filter(knob -> knob.wireName.equals(wireName)).findFirst();
  }

  public double of(SequenceSettings settings) {
    return value.applyAsDouble(settings);
  }

  public SequenceSettings with(SequenceSettings settings, double chosen) {
    return change.apply(settings, chosen);
  }

  /// The values that are worth trying, smallest first.
  public List<Double> choices() {
    return choices;
  }
}
