package io.zhiyin.learning.train;

import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.ShopData;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// Small settings, and a shop's past as it was at some moment.
final class Tiny {
  static final SequenceSettings SETTINGS =
      SequenceSettings.defaults()
          .withEmbeddingSize(8)
          .withLayers(1)
          .withHiddenSize(16)
          .withMaxLength(8)
          .withContentRows(1 << 8)
          .withContentSize(4)
          .withBatchSize(16)
          .withNegatives(1_000)
          .withLearningRate(3e-3)
          .withDropout(0.1)
          .withPatience(2);
  static final TrainingOptions OPTIONS = new TrainingOptions(2, 1, Duration.ofMinutes(1), 1);
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T12:13:14Z"), ZoneOffset.UTC);

  private Tiny() {}

  static Training training() {
    return new Training(SETTINGS, OPTIONS, CLOCK, TrainingProgress.Listener.NONE);
  }

  static ContinuedTraining continued() {
    return new ContinuedTraining(
        SETTINGS, OPTIONS, CLOCK, TrainingProgress.Listener.NONE, TextEncoders.NONE);
  }

  static Candidacy candidacy(SequenceSettings settings) {
    return new Candidacy(
        settings, OPTIONS, CLOCK, TrainingProgress.Listener.NONE, TextEncoders.NONE);
  }

  /// The first `n` entries of each history.
  static ShopData first(ShopData shop, int n) {
    List<History> histories =
        shop.histories().stream()
            .map(history -> history.slice(0, Math.min(n, history.size())))
            .toList();
    return shop.with(histories);
  }
}
