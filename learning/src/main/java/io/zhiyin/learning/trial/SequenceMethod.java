package io.zhiyin.learning.trial;

import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.profile.MetItems;
import io.zhiyin.learning.dataset.Case;
import java.util.Arrays;
import java.util.Optional;

/// The sequence model alone.
///
/// @param items how many items there are to rank
record SequenceMethod(SequenceModel model, int items) implements Method {
  @Override
  public String name() {
    return "sequence";
  }

  @Override
  public Scores score(Case question) {
    return Scores.of(logits(question), question.before());
  }

  /// Negative infinity throughout when the model can read nothing of the history.
  float[] logits(Case question) {
    float[] scores = new float[items];
    Optional<float[]> vector = model.encode(question.before());
    if (vector.isPresent()) {
      model.scoreAll(vector.get(), scores);
      model.repeats().add(MetItems.of(question.before()), scores);
    } else {
      Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    }
    return scores;
  }
}
