package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.Vocabulary;
import java.util.Arrays;

/// Remembers for each of some items the speaker with the largest positive contribution; the first
/// among equals.
final class Loudest {
  private final int[] speakers;
  private final float[] loudness;

  /// @param items how many listen
  Loudest(int items) {
    speakers = new int[items];
    Arrays.fill(speakers, Vocabulary.UNKNOWN);
    loudness = new float[items];
  }

  /// @param item the number of the one that listens
  void hear(int item, int speaker, float contribution) {
    if (contribution > loudness[item]) {
      loudness[item] = contribution;
      speakers[item] = speaker;
    }
  }

  /// The loudest speaker by number, [Vocabulary#UNKNOWN] where there was none; given away.
  int[] speakers() {
    return speakers;
  }
}
