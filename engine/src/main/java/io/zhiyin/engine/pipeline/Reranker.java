package io.zhiyin.engine.pipeline;

import java.util.List;

/// Makes the best slate out of the best items: order, diversity, rules.
public interface Reranker {
  String name();

  /// @param ranked candidates, best first
  /// @return candidates of `ranked` in their new order, at least `min(n, ranked.size())`
  List<Candidate> rerank(Query query, List<Candidate> ranked);
}
