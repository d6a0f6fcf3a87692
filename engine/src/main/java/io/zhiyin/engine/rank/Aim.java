package io.zhiyin.engine.rank;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.pipeline.Head;
import io.zhiyin.engine.pipeline.Objective;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the second look orders by: the chance of being chosen, or what it leads to.
///
/// As in [ESMM](https://arxiv.org/abs/1804.07931) the chance of a sale is a product: P(chosen next)
/// · P(bought | chosen). `revenue` multiplies it by the price, of which only the distance from the
/// median of the candidates matters: an item without a price, with a price of 0, or with one in
/// another currency than most candidates counts as if it cost the median.
///
/// @param heads what may follow on a choice; where none of them is of selling, every objective is
///   [Objective#ENGAGEMENT]
public record Aim(Objective objective, Heads heads) {
  /// The next choice alone, at no cost.
  public static final Aim ENGAGEMENT = new Aim(Objective.ENGAGEMENT, Heads.NONE);

  /// Hears what is foretold of candidates.
  public interface Listener {
    /// Whoever does not want to know.
    Listener NOBODY = (_, _, _) -> {};

    /// @param position among the candidates
    /// @param choice the probability of being chosen next
    /// @param after by ordinal of [Head], the probability that it follows on the choice; NaN where
    ///   it was not learned. Not to be kept: the next call writes over it
    void foretold(int position, double choice, float[] after);
  }

  /// Whether lists are ordered by anything but the next choice.
  public boolean isOther() {
    return objective != Objective.ENGAGEMENT && heads.selling().isPresent();
  }

  /// Turns log-odds of being chosen into the logarithm of what is wanted.
  ///
  /// @param looked positions of the rows' items in `items`
  /// @param rows `[looked, RankFeature.COUNT]`
  /// @param odds `[looked]`, in and out
  void turn(
      Catalog catalog, int[] items, int[] looked, float[] rows, double[] odds, Listener listener) {
    if (!isOther()) {
      return;
    }
    double[] @Nullable [] sums = new double[Head.COUNT][];
    for (Head head : Head.values()) {
      TreeEnsemble trees = heads.trees(head);
      if (trees != null) {
        double[] sum = new double[looked.length];
        trees.add(rows, looked.length, RankFeature.COUNT, sum);
        sums[head.ordinal()] = sum;
      }
    }
    double[] selling = Objects.requireNonNull(sums[heads.selling().orElseThrow().ordinal()]);
    float[] after = new float[Head.COUNT];
    for (int i = 0; i < looked.length; i++) {
      for (int head = 0; head < after.length; head++) {
        double[] sum = sums[head];
        after[head] = sum == null ? Float.NaN : (float) Math.exp(logLogistic(sum[i]));
      }
      double choice = logLogistic(odds[i]);
      listener.foretold(looked[i], Math.exp(choice), after);
      odds[i] = choice + logLogistic(selling[i]);
    }
    if (objective == Objective.REVENUE) {
      price(catalog, items, looked, odds);
    }
  }

  /// log(1 / (1 + e^−x)).
  private static double logLogistic(double x) {
    return x < 0 ? x - Math.log1p(Math.exp(x)) : -Math.log1p(Math.exp(-x));
  }

  /// Adds the logarithm of each price over the median.
  private static void price(Catalog catalog, int[] items, int[] looked, double[] odds) {
    String currency = currency(catalog, items, looked);
    double[] logs = new double[looked.length];
    double[] known = new double[looked.length];
    int n = 0;
    for (int i = 0; i < looked.length; i++) {
      Item item = priced(catalog, items[looked[i]]);
      logs[i] = Double.NaN;
      if (item != null && Objects.equals(item.fields().currency(), currency)) {
        logs[i] = Math.log(item.price());
        known[n++] = logs[i];
      }
    }
    Arrays.sort(known, 0, n);
    for (int i = 0; i < looked.length; i++) {
      odds[i] += Double.isNaN(logs[i]) ? 0 : logs[i] - known[n / 2];
    }
  }

  /// The currency of most priced candidates, by [majority
  /// vote](https://doi.org/10.1007/978-94-011-3488-0_5); where none has the majority, one of them.
  private static @Nullable String currency(Catalog catalog, int[] items, int[] looked) {
    String leading = null;
    int lead = 0;
    for (int position : looked) {
      Item item = priced(catalog, items[position]);
      if (item != null) {
        String currency = item.fields().currency();
        leading = lead == 0 ? currency : leading;
        lead += Objects.equals(leading, currency) ? 1 : -1;
      }
    }
    return leading;
  }

  private static @Nullable Item priced(Catalog catalog, int index) {
    Item item = catalog.at(index);
    return item != null && item.price() > 0 ? item : null;
  }
}
