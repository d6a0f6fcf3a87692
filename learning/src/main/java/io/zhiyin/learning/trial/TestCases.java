package io.zhiyin.learning.trial;

import io.zhiyin.learning.dataset.Case;
import java.util.List;

/// The cases that every method is asked, and which of them have their lists kept: keeping the lists
/// of a million shoppers for each method would not fit, and some thousands tell the same.
final class TestCases {
  /// Items of a kept list.
  static final int LIST_LENGTH = 10;

  static final int MAX_LISTS = 20_000;

  private final List<Case> all;
  private final int stride;

  TestCases(List<Case> all) {
    this(all, MAX_LISTS);
  }

  /// @param lists how many lists are kept at most
  TestCases(List<Case> all, int lists) {
    this.all = List.copyOf(all);
    stride = Math.max(1, Math.ceilDiv(all.size(), lists));
  }

  List<Case> all() {
    return all;
  }

  int size() {
    return all.size();
  }

  /// How many cases have their lists kept.
  int lists() {
    return Math.ceilDiv(all.size(), stride);
  }

  /// The place of a case among the kept lists, or -1.
  int listOf(int position) {
    return position % stride == 0 ? position / stride : -1;
  }

  /// The cases whose lists are kept, in order.
  List<Case> listed() {
    return java.util.stream.IntStream.range(0, lists())
        .mapToObj(list -> all.get(list * stride))
        .toList();
  }
}
