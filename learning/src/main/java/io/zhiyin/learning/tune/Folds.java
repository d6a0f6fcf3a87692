package io.zhiyin.learning.tune;

import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import io.zhiyin.learning.dataset.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// The shop's past, cut at moments: before each something is fitted, and the choices between it and
/// the next moment are asked. Nothing that `evaluate` tests is in any fold: neither the newest
/// tenth of all choices (time split) nor the last choice of any shopper (leave-one-out).
record Folds(List<Split> splits) {
  private static final double TEST_SHARE = 0.1;
  private static final double FOLD_SHARE = 0.1;
  private static final int PER_SHOPPER = 3;

  /// More cases would cost time and tell little more.
  private static final int MAX_CASES = 4_000;

  static Folds of(ShopData data, int count) {
    long testMoment = Splits.moment(data.histories(), 1 - TEST_SHARE);
    List<History> known = new ArrayList<>();
    for (History history : Splits.fold(data.histories(), testMoment, testMoment, 1).fit()) {
      known.add(withoutLast(history));
    }
    List<Split> splits = new ArrayList<>();
    for (int fold = 1; fold <= count; fold++) {
      long from = Splits.moment(known, 1 - FOLD_SHARE * fold);
      long to = fold == 1 ? Long.MAX_VALUE : Splits.moment(known, 1 - FOLD_SHARE * (fold - 1));
      Split split = Splits.fold(known, from, to, PER_SHOPPER);
      splits.add(
          new Split(
              split.protocol(), split.fit(), some(split.validation()), split.fit(), List.of()));
    }
    return new Folds(List.copyOf(splits));
  }

  /// A shopper whose last choice was before the test's moment is tested on it by leave-one-out.
  private static History withoutLast(History history) {
    Targets targets = Targets.of(history);
    return targets.size() < 3 ? history : history.slice(0, targets.position(targets.size() - 1));
  }

  private static List<Case> some(List<Case> cases) {
    int stride = (cases.size() + MAX_CASES - 1) / MAX_CASES;
    return stride <= 1
        ? cases
        : java.util.stream.IntStream.range(0, cases.size() / stride)
            .mapToObj(i -> cases.get(i * stride))
            .toList();
  }

  /// Choices that are asked in all folds.
  int cases() {
    return splits.stream().mapToInt(split -> split.validation().size()).sum();
  }

  /// A checksum of what is fitted and asked, so that measurements of other data are not taken for
  /// those of this.
  String fingerprint() {
    CRC32C crc = new CRC32C();
    for (Split split : splits) {
      split.fit().forEach(history -> add(crc, history));
      for (Case question : split.validation()) {
        add(crc, question.target());
        add(crc, question.before().size());
      }
    }
    return "%08x".formatted(crc.getValue());
  }

  private static void add(CRC32C crc, History history) {
    for (int i = 0; i < history.size(); i++) {
      add(crc, history.item(i));
      add(crc, (int) history.timeMillis(i));
    }
  }

  private static void add(CRC32C crc, int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      crc.update(value >>> shift);
    }
  }
}
