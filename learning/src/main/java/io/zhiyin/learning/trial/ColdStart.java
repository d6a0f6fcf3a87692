package io.zhiyin.learning.trial;

import io.zhiyin.engine.evaluate.Bootstrap;
import io.zhiyin.engine.evaluate.TargetRank;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.train.TrainingProgress;
import io.zhiyin.learning.trial.ColdStartReport.NewItems;
import io.zhiyin.learning.trial.ColdStartReport.NewShoppers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Measures methods where something is new.
final class ColdStart {
  /// Share of the items that is held out of every fit.
  static final double HELD_OUT = 0.05;

  /// How many events of a shopper are known, most of them last.
  private static final int[] EVENTS = {0, 1, 2, 5, NewShoppers.ALL};

  private static final int MAX_CASES = 4_000;

  private final int k;
  private final long seed;
  private final TrainingProgress.Listener listener;

  ColdStart(int k, long seed, TrainingProgress.Listener listener) {
    this.k = k;
    this.seed = seed;
    this.listener = listener;
  }

  /// New items.
  ///
  /// @param methods fitted without them
  /// @param cases whose right answer is one of them
  NewItems newItems(List<Method> methods, ColdItems cold, long removedEvents, List<Case> cases) {
    Map<String, ColdStartReport.ItemFigures> figures = new LinkedHashMap<>();
    for (Method method : methods) {
      int[] all = new int[cases.size()];
      int[] amongNew = new int[cases.size()];
      CaseProgress progress =
          new CaseProgress(method.name() + " new items", cases.size(), listener);
      IntStream.range(0, cases.size())
          .parallel()
          .forEach(
              i -> {
                Case question = cases.get(i);
                float[] scores = method.score(question).withoutOwn();
                all[i] = TargetRank.of(scores, question.target());
                for (int item = 0; item < scores.length; item++) {
                  if (!cold.holds(item)) {
                    scores[item] = Float.NEGATIVE_INFINITY;
                  }
                }
                amongNew[i] = TargetRank.of(scores, question.target());
                progress.done();
              });
      figures.put(
          method.name(), new ColdStartReport.ItemFigures(accuracy(all), accuracy(amongNew)));
    }
    return new NewItems(cold.size(), removedEvents, cases.size(), figures);
  }

  /// New shoppers: the same questions with ever more of the history known. Only shoppers with as
  /// many events as the longest cut are asked, and only for an item that they did not have.
  List<NewShoppers> newShoppers(List<Method> methods, List<Case> test) {
    int longest = EVENTS[EVENTS.length - 2];
    List<Case> able =
        test.stream()
            .filter(c -> c.before().size() >= longest && !c.before().contains(c.target()))
            .toList();
    int stride = Math.max(1, Math.ceilDiv(able.size(), MAX_CASES));
    List<Case> cases =
        IntStream.range(0, Math.ceilDiv(able.size(), stride))
            .mapToObj(i -> able.get(i * stride))
            .toList();
    List<NewShoppers> rows = new ArrayList<>();
    for (int events : EVENTS) {
      List<Case> cut = cases.stream().map(c -> newest(c, events)).toList();
      Measurement measurement =
          new Measurement(
              new TestCases(cut, 1),
              events == NewShoppers.ALL ? " all known" : " " + events + " known",
              listener);
      Map<String, Slice.Accuracy> figures = new LinkedHashMap<>();
      for (Method method : methods) {
        figures.put(method.name(), accuracy(measurement.of(method).masked()));
      }
      rows.add(new NewShoppers(events, cases.size(), figures));
    }
    return rows;
  }

  private static Case newest(Case question, int events) {
    History history = question.before();
    return new Case(
        question.user(),
        events == 0 ? History.EMPTY : history.newest(events),
        question.target(),
        question.timeMillis());
  }

  private Slice.Accuracy accuracy(int[] ranks) {
    return Slice.Accuracy.of(ranks, k, new Bootstrap(seed));
  }
}
