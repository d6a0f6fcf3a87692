package io.zhiyin.learning.train;

import io.zhiyin.learning.dataset.TypedSequence;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Other ways in which a history could have gone, drawn anew for each pass: a window of at least
/// three events is, with the given probability, cropped, and then again, masked or reordered.
///
/// - crop: only a run of at least half of its events is kept;
/// - mask: a fifth of its events is left out, and what they asked with them;
/// - reorder: a run of at most a fifth of its events, at least two, is shuffled, and nothing is
///   asked before or inside the run's events.
///
/// What is asked after an event stays what truly came next among the events that are kept, and is
/// weighed as before. [Contrastive Learning for Sequential
/// Recommendation](https://arxiv.org/abs/2010.14395), which compares such views instead
///
/// @param crop probability
/// @param mask probability
/// @param reorder probability
public record Augmentation(double crop, double mask, double reorder) {
  public static final Augmentation NONE = new Augmentation(0, 0, 0);

  private static final int FEWEST = 3;
  private static final double SHARE = 0.2;

  public Augmentation {
    if (!(crop >= 0 && mask >= 0 && reorder >= 0 && crop <= 1 && mask + reorder <= 1)) {
      throw new IllegalArgumentException(
          "crop, mask and reorder are probabilities, the last two of them together");
    }
  }

  boolean isNone() {
    return crop == 0 && mask == 0 && reorder == 0;
  }

  /// Another way for a sequence, or the sequence itself.
  TypedSequence of(TypedSequence sequence, SplittableRandom random) {
    TypedSequence changed = sequence;
    if (changed.size() >= FEWEST && random.nextDouble() < crop) {
      changed = crop(changed, random);
    }
    double draw = random.nextDouble();
    if (changed.size() >= FEWEST && draw < mask) {
      changed = mask(changed, random);
    } else if (changed.size() >= FEWEST && draw < mask + reorder) {
      changed = reorder(changed, random);
    }
    return changed;
  }

  private static TypedSequence crop(TypedSequence s, SplittableRandom random) {
    int length = random.nextInt((s.size() + 1) / 2, s.size() + 1);
    int from = random.nextInt(s.size() - length + 1);
    return s.part(from, from + length);
  }

  /// An event that is left out hands what it asks to the event before it, in place of itself.
  private static TypedSequence mask(TypedSequence s, SplittableRandom random) {
    int n = s.size();
    int[] items = new int[n];
    byte[] types = new byte[n];
    long[] times = new long[n];
    int[] targets = new int[n];
    float[] weights = new float[n];
    int size = 0;
    for (int i = 0; i < n; i++) {
      if (random.nextDouble() < SHARE) {
        if (size > 0) {
          targets[size - 1] = s.targets()[i];
          weights[size - 1] = s.weights()[i];
        }
        continue;
      }
      items[size] = s.items()[i];
      types[size] = s.types()[i];
      times[size] = s.times()[i];
      targets[size] = s.targets()[i];
      weights[size] = s.weights()[i];
      size++;
    }
    return size == 0
        ? s
        : new TypedSequence(
            Arrays.copyOf(items, size),
            Arrays.copyOf(types, size),
            Arrays.copyOf(times, size),
            Arrays.copyOf(targets, size),
            Arrays.copyOf(weights, size));
  }

  private static TypedSequence reorder(TypedSequence s, SplittableRandom random) {
    int length = Math.max(2, (int) (SHARE * s.size()));
    int from = random.nextInt(s.size() - length + 1);
    int[] items = s.items().clone();
    byte[] types = s.types().clone();
    int[] targets = s.targets().clone();
    float[] weights = s.weights().clone();
    for (int i = length - 1; i > 0; i--) {
      int a = from + i;
      int b = from + random.nextInt(i + 1);
      int item = items[a];
      items[a] = items[b];
      items[b] = item;
      byte type = types[a];
      types[a] = types[b];
      types[b] = type;
    }
    // all but the last of the run would be asked for what the shuffle made up
    for (int i = Math.max(0, from - 1); i < from + length - 1; i++) {
      targets[i] = -1;
      weights[i] = 0;
    }
    return new TypedSequence(items, types, s.times(), targets, weights);
  }
}
