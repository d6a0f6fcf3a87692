package io.zhiyin.learning.trial;

import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.learning.dataset.Case;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/// The methods that learn nothing: chance and counting.
final class PlainMethods {
  private final RecallIndexes counted;
  private final int items;
  private final long seed;

  /// @param items how many items there are to rank
  PlainMethods(RecallIndexes counted, int items, long seed) {
    this.counted = counted;
    this.items = items;
    this.seed = seed;
  }

  List<Method> all() {
    return List.of(
        new Filling("random", this::random),
        new Filling("popular", this::popular),
        new Filling("item-to-item", (c, scores) -> counted.itemToItem().addAll(c.before(), scores)),
        new Filling("content", (c, scores) -> counted.itemToItem().addContent(c.before(), scores)));
  }

  private void random(Case question, float[] scores) {
    SplittableRandom random = new SplittableRandom(seed * 31 + question.user());
    for (int item = 0; item < scores.length; item++) {
      scores[item] = random.nextFloat();
    }
  }

  private void popular(Case question, float[] scores) {
    for (int item = 0; item < scores.length; item++) {
      scores[item] = counted.popularity().strength(item);
    }
  }

  /// A method that fills an array of zeros.
  private final class Filling implements Method {
    private final String name;
    private final BiConsumer<Case, float[]> fill;

    Filling(String name, BiConsumer<Case, float[]> fill) {
      this.name = name;
      this.fill = fill;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Scores score(Case question) {
      float[] scores = new float[items];
      fill.accept(question, scores);
      return Scores.of(scores, question.before());
    }
  }
}
