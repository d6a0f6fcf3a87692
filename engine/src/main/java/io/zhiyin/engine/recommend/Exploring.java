package io.zhiyin.engine.recommend;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.profile.Responses;
import io.zhiyin.engine.rerank.Exploration;
import io.zhiyin.engine.rerank.Exploration.Arm;
import io.zhiyin.engine.rerank.Exploration.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Gives the last places of a list to items drawn by how likely each has the best click rate, among
/// the [#POOL] that come next.
///
/// What is known of an item starts from [#PRIOR] impressions at the shop's mean click rate.
final class Exploring {
  static final int POOL = 50;
  private static final double PRIOR = 20;
  private static final double MEAN_OF_NO_DATA = 0.05;

  private Exploring() {}

  /// @param places how many, at most all but the first
  static List<Candidate> apply(
      List<Candidate> order, int n, int places, Responses responses, RandomGenerator random) {
    int from = Math.max(1, Math.min(n, order.size()) - places);
    int to = Math.min(order.size(), from + POOL);
    int drawn = Math.min(n, order.size()) - from;
    if (places == 0 || drawn <= 0) {
      return order;
    }
    double mean = mean(responses.total());
    List<Candidate> pool = order.subList(from, to);
    List<Arm> arms = pool.stream().map(c -> arm(responses.of(c.item()), mean)).toList();
    List<Candidate> result = new ArrayList<>(order.subList(0, from));
    List<Candidate> rest = new ArrayList<>(pool);
    for (Draw draw : Exploration.draw(arms, drawn, random)) {
      Candidate candidate = pool.get(draw.arm());
      candidate.propensity(draw.propensity());
      result.add(candidate);
      rest.remove(candidate);
    }
    result.addAll(rest);
    result.addAll(order.subList(to, order.size()));
    return result;
  }

  private static double mean(Responses.Count total) {
    return (total.clicks() + PRIOR * MEAN_OF_NO_DATA)
        / (Math.max(total.impressions(), total.clicks()) + PRIOR);
  }

  private static Arm arm(Responses.Count count, double mean) {
    double misses = Math.max(0, count.impressions() - count.clicks());
    return new Arm(PRIOR * mean + count.clicks(), PRIOR * (1 - mean) + misses);
  }
}
