package io.zhiyin.learning.train;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.feature.Feature;
import io.zhiyin.engine.feature.ItemFacts;
import io.zhiyin.engine.feature.ShopperFeatures;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.Shuffle;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What the plain network learns from: for an event of a shopper the features of its item as of the
/// moment before (answer 1), and of a few items drawn at random (answer 0).
///
/// Half of the drawn items come from the catalogue evenly, half as often as they are engaged with,
/// so that neither popularity nor its lack is the whole answer.
///
/// @param features `[rows, F]`
/// @param answers `[rows]`
/// @param weights how much each row counts, `[rows]`
record InterestExamples(float[] features, float[] answers, float[] weights) {
  private static final int NEGATIVES = 4;
  private static final int PER_SHOPPER = 8;
  private static final int MAX_ROWS = 400_000;

  int rows() {
    return answers.length;
  }

  static InterestExamples of(ItemFacts facts, List<History> histories, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Rows rows = new Rows();
    int[] engaged =
        histories.stream()
            .flatMapToInt(h -> IntStream.range(0, h.size()).map(h::item))
            .filter(item -> item >= 0)
            .toArray();
    int[] order = IntStream.range(0, histories.size()).toArray();
    Shuffle.of(order, random);
    for (int user : order) {
      History history = histories.get(user);
      for (int i = Math.max(0, history.size() - PER_SHOPPER); i < history.size(); i++) {
        if (rows.size > MAX_ROWS) {
          break;
        }
        if (history.item(i) < 0 || history.kind(i) == EventKind.REMOVE_FROM_CART) {
          continue;
        }
        ShopperFeatures shopper = new ShopperFeatures(facts, history.slice(0, i), history);
        float weight = weight(history.kind(i));
        rows.add(shopper, history.item(i), 1, weight);
        for (int n = 0; n < NEGATIVES; n++) {
          int drawn =
              n % 2 == 0 ? random.nextInt(facts.size()) : engaged[random.nextInt(engaged.length)];
          if (drawn != history.item(i)) {
            rows.add(shopper, drawn, 0, weight / NEGATIVES);
          }
        }
      }
    }
    return rows.examples();
  }

  private static float weight(EventKind kind) {
    return switch (kind) {
      case PURCHASE_COMPLETE -> 3;
      case ADD_TO_CART, ADD_TO_FAVORITES -> 2;
      default -> 1;
    };
  }

  /// Growing columns.
  private static final class Rows {
    private float[] features = new float[1024 * Feature.COUNT];
    private float[] answers = new float[1024];
    private float[] weights = new float[1024];
    private int size;

    void add(ShopperFeatures shopper, int item, float answer, float weight) {
      if (size == answers.length) {
        features = Arrays.copyOf(features, features.length * 2);
        answers = Arrays.copyOf(answers, size * 2);
        weights = Arrays.copyOf(weights, size * 2);
      }
      shopper.read(item, features, size * Feature.COUNT);
      answers[size] = answer;
      weights[size++] = weight;
    }

    InterestExamples examples() {
      return new InterestExamples(
          Arrays.copyOf(features, size * Feature.COUNT),
          Arrays.copyOf(answers, size),
          Arrays.copyOf(weights, size));
    }
  }
}
