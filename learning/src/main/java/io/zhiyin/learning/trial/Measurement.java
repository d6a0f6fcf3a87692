package io.zhiyin.learning.trial;

import io.zhiyin.engine.evaluate.TargetRank;
import io.zhiyin.engine.evaluate.TopOfRanking;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.train.TrainingProgress;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Asks fitted methods the same cases. What is kept is bounded: two places a case, and the lists of
/// [TestCases#listed()].
final class Measurement {
  private final TestCases cases;
  private final String stage;
  private final TrainingProgress.Listener listener;

  Measurement(TestCases cases, TrainingProgress.Listener listener) {
    this(cases, "", listener);
  }

  /// @param stage what progress says beside the method's name
  Measurement(TestCases cases, String stage, TrainingProgress.Listener listener) {
    this.cases = cases;
    this.stage = stage;
    this.listener = listener;
  }

  MethodRanks of(Method method) {
    int[] masked = new int[cases.size()];
    int[] unmasked = new int[cases.size()];
    int[][] lists = new int[cases.lists()][];
    CaseProgress progress = new CaseProgress(method.name() + stage, cases.size(), listener);
    IntStream.range(0, cases.size())
        .parallel()
        .forEach(
            i -> {
              Case question = cases.all().get(i);
              Method.Scores scores = method.score(question);
              masked[i] = TargetRank.of(scores.withoutOwn(), question.target());
              unmasked[i] = TargetRank.of(scores.all(), question.target());
              int list = cases.listOf(i);
              if (list >= 0) {
                lists[list] = TopOfRanking.of(scores.withoutOwn(), TestCases.LIST_LENGTH);
              }
              progress.done();
            });
    return new MethodRanks(method.name(), masked, unmasked, Arrays.asList(lists));
  }
}
