package io.zhiyin.engine.pipeline;

import java.util.List;

/// Gives every candidate its score, from all evidence.
public interface Scorer {
  /// The name in traces, such as `blend` or the model's id.
  String name();

  void score(Query query, List<Candidate> candidates);
}
