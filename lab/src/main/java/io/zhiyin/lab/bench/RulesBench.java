package io.zhiyin.lab.bench;

import io.zhiyin.engine.rerank.Diversity;
import io.zhiyin.engine.rule.Action;
import io.zhiyin.engine.rule.Grouping;
import io.zhiyin.engine.rule.Rule;
import io.zhiyin.engine.rule.RuleExpressions;
import io.zhiyin.engine.rule.RuleSet;
import io.zhiyin.engine.rule.Tuning;
import io.zhiyin.learning.train.FileTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What rules cost a request, beside the same request without any, and what the dial of diversity
/// buys and costs, by what simulated shoppers truly want.
final class RulesBench {
  private static final int WARM_UP = 30;
  private static final int ROUNDS = 30;
  private static final double[] DIALS = {0, 0.1, 0.2, 0.3, 0.5, 0.7, 1};

  private final PrintWriter out;

  RulesBench(PrintWriter out) {
    this.out = out;
  }

  List<Result> run() throws IOException {
    Path folder = Files.createTempDirectory("zhiyin-rules-");
    try (VariedLists lists = VariedLists.open(folder)) {
      List<Result> results = new ArrayList<>(dial(lists));
      results.addAll(rules(lists));
      return results;
    } finally {
      FileTree.delete(folder);
    }
  }

  private List<Result> dial(VariedLists lists) {
    List<Result> results = new ArrayList<>();
    for (Diversity way : Diversity.values()) {
      say("The dial of " + way.wireName());
      for (double dial : DIALS) {
        VariedLists.Point point = lists.with(new Tuning(dial, way, null));
        String name = "dial." + way.wireName() + "." + dial;
        results.add(Result.derived(name + ".purchases", "share", point.purchases()));
        results.add(Result.derived(name + ".diversity", "", point.diversity()));
      }
    }
    return results;
  }

  private List<Result> rules(VariedLists lists) {
    say("Rules, %d lists a pass".formatted(lists.lists()));
    RuleExpressions expressions = new RuleExpressions();
    // conditions that hold for an item in twenty or so, and for each tenth item
    String few = "itemId.endsWith('%d') && price > 150.5";
    String most = "itemId.endsWith('%d')";
    Turns turns =
        Turns.take(
            "rules",
            WARM_UP,
            ROUNDS,
            List.of(
                new Contender("none", 1, lists.under(made(0, few), expressions)),
                new Contender("3", 1, lists.under(made(3, few), expressions)),
                new Contender("100", 1, lists.under(made(100, few), expressions)),
                new Contender("100-strict", 1, lists.under(made(100, most), expressions))));
    List<Result> results = new ArrayList<>(turns.results());
    for (String rules : List.of("3", "100", "100-strict")) {
      results.add(turns.ratio(rules, "none"));
    }
    return results;
  }

  /// A fifth each of exclusions, boosts, caps per brand of all items, buries and quotas.
  private static RuleSet made(int size, String when) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Action action =
          switch (i % 5) {
            case 0 -> new Action.Exclude();
            case 1 -> new Action.Boost(1.5);
            case 2 -> new Action.Cap(9, null, new Grouping.ByBrand());
            case 3 -> new Action.Bury(0.8);
            default -> new Action.Quota(1);
          };
      String condition = action instanceof Action.Cap ? "" : when.formatted(i % 10);
      rules.add(
          new Rule("r" + i, "", condition, List.of(), "", Set.of(), null, null, true, action));
    }
    return new RuleSet(rules);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
