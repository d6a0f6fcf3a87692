package io.zhiyin.learning.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.evaluate.Interval;
import io.zhiyin.engine.evaluate.Ndcg;
import io.zhiyin.engine.evaluate.RecallAt;
import java.util.List;
import java.util.Locale;

/// The outcome of a trial: where every method put the right item of every test case.
///
/// @param fit `train-only` or `refit`
/// @param users test cases, one per shopper
/// @param items ranked for each
public record TrialReport(
    String dataset,
    String protocol,
    String fit,
    int users,
    int items,
    long seed,
    double trainSeconds,
    List<Integer> cutoffs,
    List<MethodRanks> methods) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public TrialReport {
    methods = List.copyOf(methods);
  }

  /// The document that `evaluate --json` writes.
  public String json() {
    ObjectNode root =
        JSON.createObjectNode()
            .put("dataset", dataset)
            .put("protocol", protocol)
            .put("fit", fit)
            .put("users", users)
            .put("items", items)
            .put("seed", seed)
            .put("trainSeconds", Math.round(trainSeconds * 10) / 10.0);
    ObjectNode byName = root.putObject("methods");
    for (MethodRanks method : methods) {
      ObjectNode views = byName.putObject(method.name());
      ObjectNode masked = metrics(views.putObject("masked"), method.masked());
      Ndcg ndcg = new Ndcg(headline());
      Interval interval = MethodRanks.interval(method.masked(), ndcg, seed);
      ArrayNode ends = masked.putArray(ndcg.name() + ".ci95");
      ends.add(rounded(interval.low())).add(rounded(interval.high()));
      metrics(views.putObject("unmasked"), method.unmasked());
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers can always be written", e);
    }
  }

  private ObjectNode metrics(ObjectNode node, int[] ranks) {
    for (int k : cutoffs) {
      node.put("recall@" + k, rounded(MethodRanks.mean(ranks, new RecallAt(k))));
    }
    for (int k : cutoffs) {
      node.put("ndcg@" + k, rounded(MethodRanks.mean(ranks, new Ndcg(k))));
    }
    return node;
  }

  private static double rounded(double value) {
    return Math.round(value * 1e5) / 1e5;
  }

  /// The cut-off that tables lead with: 10 where it was asked for, else the largest.
  private int headline() {
    return cutoffs.contains(10) ? 10 : cutoffs.getLast();
  }

  /// The mean of NDCG or recall of a method at the leading cut-off, own items left out.
  public double ndcg(String method) {
    Ndcg ndcg = new Ndcg(headline());
    return methods.stream()
        .filter(ranks -> ranks.name().equals(method))
        .mapToDouble(ranks -> MethodRanks.mean(ranks.masked(), ndcg))
        .findFirst()
        .orElse(Double.NaN);
  }

  /// A table for people, best method last.
  public String table() {
    int k = headline();
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, %s, %s: %,d users, %,d items, all ranked%n"
            .formatted(dataset, protocol, fit, users, items));
    text.append("%-14s %26s %28s%n".formatted("", "own items left out", "all items"));
    text.append(
        "%-14s %9s %9s %17s %9s %9s%n"
            .formatted(
                "method", "recall@" + k, "ndcg@" + k, "95 % of ndcg", "recall@" + k, "ndcg@" + k));
    for (MethodRanks method : methods) {
      Ndcg ndcg = new Ndcg(k);
      RecallAt recall = new RecallAt(k);
      Interval interval = MethodRanks.interval(method.masked(), ndcg, seed);
      text.append(
          String.format(
              Locale.ROOT,
              "%-14s %9.4f %9.4f  %.4f to %.4f %9.4f %9.4f%n",
              method.name(),
              MethodRanks.mean(method.masked(), recall),
              MethodRanks.mean(method.masked(), ndcg),
              interval.low(),
              interval.high(),
              MethodRanks.mean(method.unmasked(), recall),
              MethodRanks.mean(method.unmasked(), ndcg)));
    }
    return text.toString();
  }
}
