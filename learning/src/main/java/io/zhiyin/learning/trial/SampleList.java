package io.zhiyin.learning.trial;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// One shopper as an example: what was known, what would have been shown, what came. Drawn by the
/// seed, not chosen, and without the shopper's id.
///
/// @param method whose list it is
/// @param history the newest titles that were known, oldest first
/// @param earlier how many events came before these
/// @param list titles, best first, own items left out
/// @param target the title of what the shopper then chose
/// @param place of the target in the list from 0, or -1 when it is not on it
public record SampleList(
    String method, List<String> history, int earlier, List<String> list, String target, int place) {
  private static final int SHOPPERS = 5;
  private static final int HISTORY = 6;

  /// Some shoppers' lists by a method.
  static List<SampleList> draw(Catalog catalog, List<Case> listed, MethodRanks method, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> drawn = new ArrayList<>();
    while (drawn.size() < Math.min(SHOPPERS, listed.size())) {
      int place = random.nextInt(listed.size());
      if (!drawn.contains(place)) {
        drawn.add(place);
      }
    }
    Collections.sort(drawn);
    return drawn.stream()
        .map(place -> of(catalog, listed.get(place), method.name(), method.lists().get(place)))
        .toList();
  }

  private static SampleList of(Catalog catalog, Case question, String method, int[] list) {
    History newest = question.before().newest(HISTORY);
    List<String> history = new ArrayList<>();
    for (int i = 0; i < newest.size(); i++) {
      history.add(title(catalog, newest.item(i)));
    }
    int place = -1;
    for (int i = 0; i < list.length; i++) {
      place = list[i] == question.target() ? i : place;
    }
    return new SampleList(
        method,
        history,
        question.before().size() - newest.size(),
        Arrays.stream(list).mapToObj(item -> title(catalog, item)).toList(),
        title(catalog, question.target()),
        place);
  }

  private static String title(Catalog catalog, int item) {
    Item document = catalog.at(item);
    return document == null ? catalog.vocabulary().idOf(item).value() : document.title();
  }
}
