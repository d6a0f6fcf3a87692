package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.zhiyin.engine.model.EventTypes;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.SequenceBatch;
import io.zhiyin.learning.dataset.TypedSequence;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/// What was trained beside what is served of it.
final class EncodesAlike {
  private EncodesAlike() {}

  static void assertSame(
      TrainedSequence trained,
      SequenceModel model,
      List<Case> questions,
      SequenceSettings settings) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      for (Case question : questions) {
        TypedSequence sequence =
            TypedSequence.of(question.before(), trained.rows(), EventTypes.engagements());
        int from = Math.max(0, sequence.size() - settings.maxLength());
        SequenceBatch batch =
            SequenceBatch.questions(
                List.of(new SequenceBatch.Window(sequence, from, sequence.size())),
                settings.gapBuckets());
        float[] expected =
            Tensors.floats(
                trained.network().forward(batch, trained.network().items(), Dropout.NONE));
        assertArrayEquals(expected, model.encode(question.before()).orElseThrow(), 1e-4f);
      }
    }
  }
}
