package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.Vocabulary;

/// Remembers the item with the largest positive contribution; the first among equals.
final class Loudest {
  private int item = Vocabulary.UNKNOWN;
  private float loudness;

  void hear(int speaker, float contribution) {
    if (contribution > loudness) {
      loudness = contribution;
      item = speaker;
    }
  }

  int item() {
    return item;
  }
}
