package io.zhiyin.learning.trial;

import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.ItemRows;
import io.zhiyin.learning.dataset.Shuffle;
import io.zhiyin.learning.dataset.Split;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Items held out of everything that is fitted, as if each had been listed a moment ago: its
/// document is known, and nobody has touched it.
///
/// @param items catalogue indices
record ColdItems(BitSet items) {
  /// Holds a share of the items that occur in any history out, at least one when there are any.
  static ColdItems draw(List<History> histories, double share, long seed) {
    ItemRows known = ItemRows.of(histories);
    int[] order = IntStream.range(0, known.size()).map(known::item).toArray();
    Shuffle.of(order, new SplittableRandom(seed));
    BitSet items = new BitSet();
    int wanted = Math.min(order.length, Math.max(1, (int) Math.round(order.length * share)));
    for (int i = 0; i < wanted; i++) {
      items.set(order[i]);
    }
    return new ColdItems(items);
  }

  boolean holds(int item) {
    return item >= 0 && items.get(item);
  }

  int size() {
    return items.cardinality();
  }

  /// The history as if the items were not there.
  History without(History history) {
    return history.where(i -> !holds(history.item(i)));
  }

  /// The split with nothing of the items in what is fitted or chosen by, and with the cases as its
  /// test whose right answer is one of them and no own item. Unless everything but the test is
  /// fitted again, that includes cases of the validation: no choice has seen these.
  Split without(Split split, boolean refit) {
    List<Case> asked = new ArrayList<>(asked(split.test()));
    if (!refit) {
      asked.addAll(asked(split.validation()));
    }
    return new Split(
        split.protocol(),
        histories(split.fit()),
        split.validation().stream().filter(c -> !holds(c.target())).map(this::cut).toList(),
        histories(split.refit()),
        asked);
  }

  private List<Case> asked(List<Case> cases) {
    return cases.stream()
        .filter(c -> holds(c.target()) && !c.before().contains(c.target()))
        .map(this::cut)
        .toList();
  }

  private Case cut(Case question) {
    return new Case(
        question.user(), without(question.before()), question.target(), question.timeMillis());
  }

  private List<History> histories(List<History> histories) {
    return histories.stream().map(this::without).filter(history -> history.size() > 0).toList();
  }
}
