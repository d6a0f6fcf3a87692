package io.zhiyin.learning.trial;

import io.zhiyin.engine.evaluate.Bootstrap;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.trial.Slice.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// Cuts the test cases into slices.
public final class Slices {
  /// Items without an event in what was fitted.
  public static final String NOT_FITTED = "not in the fit";

  /// Categories with fewer cases than the largest, together.
  public static final String OTHER = "other";

  /// Items without a category.
  public static final String NONE = "none";

  /// Intervals of slices need not be as fine as those of the headline.
  private static final int ROUNDS = 200;

  private static final int CATEGORIES = 8;
  private static final Buckets ACTIVITY = Buckets.upTo(0, 1, 2, 5, 10, 20, 50);
  private static final Buckets EVENTS = Buckets.upTo(0, 2, 5, 10, 20);
  private static final Buckets DAYS = Buckets.upTo(6, 29, 89, 364);

  private final List<Case> cases;
  private final ItemFigures items;
  private final List<MethodRanks> methods;
  private final int k;
  private final Bootstrap bootstrap;

  private Slices(List<Case> cases, ItemFigures items, List<MethodRanks> methods, int k, long seed) {
    this.cases = cases;
    this.items = items;
    this.methods = methods;
    this.k = k;
    bootstrap = new Bootstrap(ROUNDS, seed);
  }

  /// All slices that have a case.
  static List<Slice> of(
      List<Case> cases, ItemFigures items, List<MethodRanks> methods, int k, long seed) {
    Slices slices = new Slices(cases, items, methods, k, seed);
    List<Slice> all = new ArrayList<>();
    all.addAll(
        slices.cut(Dimension.ACTIVITY, ACTIVITY.labels(), c -> ACTIVITY.of(c.before().size())));
    all.addAll(
        slices.cut(
            Dimension.ITEM_EVENTS, EVENTS.labels(), c -> EVENTS.of(items.count(c.target()))));
    List<String> ages = new ArrayList<>(List.of(NOT_FITTED));
    ages.addAll(DAYS.labels());
    all.addAll(slices.cut(Dimension.ITEM_AGE, ages, slices::age));
    all.addAll(slices.categories());
    return all;
  }

  private int age(Case question) {
    long days = items.ageDays(question.target(), question.timeMillis());
    return days < 0 ? 0 : 1 + DAYS.of(days);
  }

  private List<Slice> categories() {
    Map<Integer, Integer> sizes = new HashMap<>();
    for (Case question : cases) {
      int category = items.category(question.target());
      if (category >= 0) {
        sizes.merge(category, 1, Integer::sum);
      }
    }
    if (sizes.isEmpty()) {
      return List.of();
    }
    List<Integer> largest =
        sizes.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(CATEGORIES)
            .map(Map.Entry::getKey)
            .toList();
    List<String> labels = new ArrayList<>(largest.stream().map(items::categoryName).toList());
    labels.add(OTHER);
    labels.add(NONE);
    return cut(
        Dimension.CATEGORY,
        labels,
        question -> {
          int category = items.category(question.target());
          int place = largest.indexOf(category);
          return category < 0 ? labels.size() - 1 : place < 0 ? largest.size() : place;
        });
  }

  private List<Slice> cut(Dimension dimension, List<String> labels, ToIntFunction<Case> bucketOf) {
    int[] buckets = cases.stream().mapToInt(bucketOf).toArray();
    List<Slice> slices = new ArrayList<>();
    for (int bucket = 0; bucket < labels.size(); bucket++) {
      int wanted = bucket;
      int[] members =
          IntStream.range(0, buckets.length).filter(i -> buckets[i] == wanted).toArray();
      if (members.length > 0) {
        Map<String, Slice.Figures> figures = new LinkedHashMap<>();
        for (MethodRanks method : methods) {
          figures.put(
              method.name(),
              new Slice.Figures(
                  accuracy(method.masked(), members), accuracy(method.unmasked(), members)));
        }
        slices.add(new Slice(dimension, labels.get(bucket), members.length, figures));
      }
    }
    return slices;
  }

  private Slice.Accuracy accuracy(int[] ranks, int[] members) {
    return Slice.Accuracy.of(Arrays.stream(members).map(i -> ranks[i]).toArray(), k, bootstrap);
  }
}
