package io.zhiyin.learning.train;

import io.zhiyin.engine.model.EventTypes;
import io.zhiyin.engine.model.Repeats;
import io.zhiyin.engine.profile.MetItems;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.ItemRows;
import io.zhiyin.learning.dataset.SequenceBatch;
import io.zhiyin.learning.dataset.TypedSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// How well a network in training foretells held-out items: mean NDCG@10 over all items with a row.
/// The shopper's own items are left out where the target is a new one; where the shopper came back
/// to an own item, nothing is left out, since leaving out the others would give the answer away.
final class ValidationRanking {
  private static final int BATCH = 256;
  private static final int K = 10;

  /// More cases would cost time and tell little more.
  private static final int MAX_CASES = 6_000;

  private final SequenceSettings settings;
  private final ItemRows rows;
  private final List<Question> questions;
  private final int asked;

  private record Question(SequenceBatch.Window window, int target, Case asked) {}

  /// Cases whose target has no row count as missed; so do those without any known item before.
  ValidationRanking(List<Case> cases, ItemRows rows, EventTypes types, SequenceSettings settings) {
    this.settings = settings;
    this.rows = rows;
    int stride = (cases.size() + MAX_CASES - 1) / MAX_CASES;
    questions = new ArrayList<>();
    int count = 0;
    for (int i = 0; i < cases.size(); i += stride) {
      Case question = cases.get(i);
      count++;
      TypedSequence sequence = TypedSequence.of(question.before(), rows, types);
      int target = rows.row(question.target());
      if (sequence.size() > 0 && target >= 0) {
        int from = Math.max(0, sequence.size() - settings.maxLength());
        questions.add(
            new Question(
                new SequenceBatch.Window(sequence, from, sequence.size()), target, question));
      }
    }
    asked = count;
    questions.sort(Comparator.comparingInt(q -> q.window().to() - q.window().from()));
  }

  boolean isEmpty() {
    return questions.isEmpty();
  }

  double ndcg(SequenceNetwork network) {
    double sum = 0;
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      Tensor items = network.items();
      if (network.flat().isPresent()) {
        return ndcgOfRanks(ranks(network, items));
      }
      int n = (int) items.size(0);
      for (int from = 0; from < questions.size(); from += BATCH) {
        List<Question> some = questions.subList(from, Math.min(questions.size(), from + BATCH));
        sum += ndcg(network, items, n, some);
      }
    }
    return asked == 0 ? Double.NaN : sum / asked;
  }

  private double ndcg(SequenceNetwork network, Tensor items, int n, List<Question> some) {
    try (PointerScope _ = new PointerScope()) {
      float[] scores =
          Tensors.floats(torch.mm(network.forward(batch(some), items, Dropout.NONE), items.t()));
      double sum = 0;
      for (int q = 0; q < some.size(); q++) {
        int rank = rank(scores, q * n, n, some.get(q));
        sum += rank < K ? Math.log(2) / Math.log(rank + 2) : 0;
      }
      return sum;
    }
  }

  /// What having met an item changes, learned from the questions.
  ///
  /// @param network on the CPU
  Repeats repeats(SequenceNetwork network) {
    RepeatFit fit = new RepeatFit();
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      Tensor items = network.items();
      int n = (int) items.size(0);
      for (int from = 0; from < questions.size(); from += BATCH) {
        List<Question> some = questions.subList(from, Math.min(questions.size(), from + BATCH));
        try (PointerScope _ = new PointerScope()) {
          float[] scores =
              Tensors.floats(
                  torch.mm(network.forward(batch(some), items, Dropout.NONE), items.t()));
          for (int q = 0; q < some.size(); q++) {
            add(fit, some.get(q), Arrays.copyOfRange(scores, q * n, (q + 1) * n));
          }
        }
      }
    }
    return fit.fit(1);
  }

  /// @param logits by row; those of met items are lost
  private void add(RepeatFit fit, Question question, float[] logits) {
    MetItems met = MetItems.of(question.asked().before());
    double[] own = new double[met.size()];
    for (int number = 0; number < own.length; number++) {
      int row = rows.row(met.item(number));
      own[number] = row < 0 ? Double.NEGATIVE_INFINITY : logits[row];
      if (row >= 0) {
        logits[row] = Float.NEGATIVE_INFINITY;
      }
    }
    fit.add(met, own, LogSum.of(logits, 1), met.numberOf(question.asked().target()));
  }

  private double ndcgOfRanks(long[] ranks) {
    double sum = 0;
    for (long rank : ranks) {
      sum += rank < K ? Math.log(2) / Math.log((double) (rank + 2)) : 0;
    }
    return asked == 0 ? Double.NaN : sum / asked;
  }

  /// The rank of each target, found where the network is: no score leaves the device, and nobody
  /// waits before the last one.
  private long[] ranks(SequenceNetwork network, Tensor items) {
    Tensor ranks = Tensors.moved(items, torch.zeros(questions.size()).to(torch.ScalarType.Long));
    for (int from = 0; from < questions.size(); from += BATCH) {
      List<Question> some = questions.subList(from, Math.min(questions.size(), from + BATCH));
      try (PointerScope _ = new PointerScope()) {
        ranks.narrow(0, from, some.size()).copy_(ranksOf(network, items, some));
      }
    }
    return Tensors.longs(ranks);
  }

  private Tensor ranksOf(SequenceNetwork network, Tensor items, List<Question> some) {
    long[] targets = some.stream().mapToLong(Question::target).toArray();
    long[] own = own(some, Math.toIntExact(items.size(0)));
    BatchTensors batch = BatchTensors.of(batch(some), items, targets, own);
    Tensor scores = torch.mm(network.forward(batch, items, Dropout.NONE), items.t());
    Tensor score = scores.gather(1, batch.others().get(0).unsqueeze(1));
    scores.view(-1).index_fill_(0, batch.others().get(1), new Scalar(Float.NEGATIVE_INFINITY));
    return scores.gt(score).sum(1);
  }

  private SequenceBatch batch(List<Question> some) {
    return SequenceBatch.questions(
        some.stream().map(Question::window).toList(), settings.gapBuckets());
  }

  /// Places among the scores `[questions · n]` of own items that are left out.
  private static long[] own(List<Question> some, int n) {
    LongStream.Builder places = LongStream.builder();
    for (int q = 0; q < some.size(); q++) {
      int[] own = some.get(q).window().sequence().items();
      int target = some.get(q).target();
      if (Arrays.stream(own).noneMatch(item -> item == target)) {
        for (int item : own) {
          places.add((long) q * n + item);
        }
      }
    }
    return places.build().toArray();
  }

  /// How many other items stand above the target.
  private static int rank(float[] scores, int from, int n, Question question) {
    float score = scores[from + question.target()];
    int[] own = question.window().sequence().items();
    if (Arrays.stream(own).noneMatch(item -> item == question.target())) {
      for (int item : own) {
        scores[from + item] = Float.NEGATIVE_INFINITY;
      }
    }
    int above = 0;
    for (int i = from; i < from + n; i++) {
      if (scores[i] > score) {
        above++;
      }
    }
    return above;
  }
}
