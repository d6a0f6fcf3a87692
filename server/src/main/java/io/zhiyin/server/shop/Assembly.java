package io.zhiyin.server.shop;

import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.recommend.Snapshot;
import java.util.List;

/// Puts together what one request reads: the counts and the model.
final class Assembly {
  private Assembly() {}

  static Snapshot of(RecallIndexes indexes) {
    return new Snapshot(Snapshot.NO_MODEL, List.of(), BlendWeights.DEFAULT);
  }
}
