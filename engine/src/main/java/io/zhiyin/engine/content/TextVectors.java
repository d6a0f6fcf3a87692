package io.zhiyin.engine.content;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.kernel.vector.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// What the items of a catalogue say, as vectors of pretrained encoders: item → unit vector, or
/// nothing for an item without a text that somebody reads.
///
/// Each encoder has a space of its own; items of different spaces are not comparable, their
/// likeness is 0. Float rows without gaps: 4·m bytes an item that has one. Immutable; as of its
/// making.
public final class TextVectors {
  /// No item has a vector.
  public static final TextVectors NONE = new TextVectors(List.of());

  private static final int ABSENT = -1;

  private final List<TextSpace> spaces;
  private final byte[] spaceOf;
  private final int[] rowOf;

  /// Hears how far the reading is.
  @FunctionalInterface
  public interface Progress {
    Progress SILENT = (_, _) -> {};

    /// Called from any thread, some hundred times at most.
    void heard(int done, int total);
  }

  /// @throws IllegalArgumentException when an item is in two spaces
  public TextVectors(List<TextSpace> spaces) {
    this.spaces = List.copyOf(spaces);
    int bound = spaces.stream().flatMapToInt(s -> Arrays.stream(s.items())).max().orElse(-1) + 1;
    spaceOf = new byte[bound];
    Arrays.fill(spaceOf, (byte) ABSENT);
    rowOf = new int[bound];
    for (int space = 0; space < spaces.size(); space++) {
      int[] items = spaces.get(space).items();
      for (int row = 0; row < items.length; row++) {
        if (spaceOf[items[row]] != ABSENT) {
          throw new IllegalArgumentException("item " + items[row] + " is in two spaces");
        }
        spaceOf[items[row]] = (byte) space;
        rowOf[items[row]] = row;
      }
    }
  }

  /// Reads every item that somebody can read, on all cores.
  public static TextVectors encode(Catalog catalog, TextEncoders encoders, Progress progress) {
    return read(catalog, encoders, _ -> true, progress);
  }

  /// Takes the items whose vectors are at hand, without reading any.
  public static TextVectors known(Catalog catalog, TextEncoders encoders) {
    Predicate<Reading> known = reading -> reading.encoder.known(reading.text).isPresent();
    return read(catalog, encoders, known, Progress.SILENT);
  }

  private record Reading(int item, String text, TextEncoder encoder) {
    float[] vector() {
      return encoder.known(text).orElseGet(() -> encoder.encode(text));
    }
  }

  private static TextVectors read(
      Catalog catalog, TextEncoders encoders, Predicate<Reading> taken, Progress progress) {
    Map<TextEncoder, List<Reading>> readings = new LinkedHashMap<>();
    int total = 0;
    for (int index = 0; index < catalog.indexBound(); index++) {
      Item item = catalog.at(index);
      String text = item == null ? "" : TextEncoders.textOf(item);
      TextEncoder encoder = encoders.forText(text).orElse(null);
      if (encoder != null) {
        Reading reading = new Reading(index, text, encoder);
        if (taken.test(reading)) {
          readings.computeIfAbsent(encoder, _ -> new ArrayList<>()).add(reading);
          total++;
        }
      }
    }
    Counter counter = new Counter(total, progress);
    List<TextSpace> spaces = new ArrayList<>();
    readings.forEach((encoder, list) -> spaces.add(space(encoder, list, counter)));
    return new TextVectors(spaces);
  }

  private static TextSpace space(TextEncoder encoder, List<Reading> readings, Counter counter) {
    int m = encoder.size();
    float[] matrix = new float[Math.multiplyExact(readings.size(), m)];
    IntStream.range(0, readings.size())
        .parallel()
        .forEach(
            row -> {
              System.arraycopy(readings.get(row).vector(), 0, matrix, row * m, m);
              counter.count();
            });
    int[] items = readings.stream().mapToInt(Reading::item).toArray();
    return new TextSpace(encoder.id(), m, items, matrix);
  }

  private static final class Counter {
    private final AtomicInteger done = new AtomicInteger();
    private final int total;
    private final int step;
    private final Progress progress;

    Counter(int total, Progress progress) {
      this.total = total;
      this.step = Math.max(1, total / 200);
      this.progress = progress;
    }

    void count() {
      int now = done.incrementAndGet();
      if (now % step == 0 || now == total) {
        progress.heard(now, total);
      }
    }
  }

  /// The spaces, one for each encoder that read something.
  public List<TextSpace> spaces() {
    return spaces;
  }

  /// How many items have a vector.
  public int count() {
    return spaces.stream().mapToInt(TextSpace::rows).sum();
  }

  public boolean has(int item) {
    return item >= 0 && item < spaceOf.length && spaceOf[item] != ABSENT;
  }

  /// The cosine of two items, -1 to 1; 0 when one has no vector or they are not comparable.
  public float similarity(int a, int b) {
    if (!has(a) || !has(b) || spaceOf[a] != spaceOf[b]) {
      return 0;
    }
    TextSpace space = spaces.get(spaceOf[a]);
    int m = space.size();
    return Kernels.active().dot(space.matrix(), rowOf[a] * m, space.matrix(), rowOf[b] * m, m);
  }

  /// Adds to each item's place in `scores` Σ over j of `weights[j]` · cosine(item, `items[j]`): how
  /// like it is to several items at once, for one pass over the vectors instead of one each.
  ///
  /// @param scores by catalogue index
  public void addLikeness(int[] items, float[] weights, float[] scores) {
    for (int s = 0; s < spaces.size(); s++) {
      TextSpace space = spaces.get(s);
      int m = space.size();
      float[] query = new float[m];
      boolean asked = false;
      for (int j = 0; j < items.length; j++) {
        if (has(items[j]) && spaceOf[items[j]] == s) {
          asked = true;
          Kernels.active().axpy(weights[j], space.matrix(), rowOf[items[j]] * m, query, 0, m);
        }
      }
      if (asked) {
        space.addAll(query, scores);
      }
    }
  }

  /// The same with each space's mean taken off, so that likeness is measured from the shop's
  /// average text instead of from zero.
  public TextVectors centred() {
    return new TextVectors(spaces.stream().map(TextSpace::centred).toList());
  }
}
