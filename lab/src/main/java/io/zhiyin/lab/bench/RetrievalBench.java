package io.zhiyin.lab.bench;

import io.zhiyin.kernel.index.ClusteredIndex;
import io.zhiyin.kernel.index.Clusters;
import io.zhiyin.kernel.index.ExactIndex;
import io.zhiyin.kernel.index.QuantisedIndex;
import io.zhiyin.kernel.index.SearchRoom;
import io.zhiyin.kernel.index.VectorIndex;
import io.zhiyin.kernel.vector.ByteRows;
import io.zhiyin.kernel.vector.FloatRows;
import io.zhiyin.kernel.vector.TopK;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The best k of n trained vectors: exact, by rounded vectors, by groups, and the speed of memory;
/// how many of the exact best are found.
final class RetrievalBench {
  /// Queries of a batch.
  private static final int TOGETHER = 96;

  /// How much a search by groups reads is measured as a server does (`ItemGroups`, which keeps
  /// these to itself): so much that of so many best this part is found.
  private static final int BEST = 400;

  private static final double RECALL = 0.98;

  private final TrainedVectors data;
  private final int k;
  private final ExactIndex exact;
  private final ByteRows bytes;
  private final QuantisedIndex rounded;
  private final ClusteredIndex grouped;
  private final double share;
  private final double groupSeconds;

  RetrievalBench(TrainedVectors data, int k) {
    this.data = data;
    this.k = k;
    int rows = data.rows();
    exact = new ExactIndex(data.size(), rows, data.vectors());
    bytes = new ByteRows(data.size(), rows);
    for (int row = 0; row < rows; row++) {
      bytes.set(row, data.vectors(), row * data.size());
    }
    FloatRows vectors = FloatRows.of(data.size(), data.vectors());
    rounded = new QuantisedIndex(rows, bytes, vectors);
    long start = System.nanoTime();
    Clusters clusters = Clusters.of(rows, vectors, _ -> true);
    groupSeconds = (System.nanoTime() - start) / 1e9;
    // the share is chosen on one half of the queries, recall is told of the other
    share = clusters.shareToRead(rounded, half(0), BEST, RECALL);
    grouped = new ClusteredIndex(clusters, share, BEST, new BitSet(), rows, bytes, vectors);
  }

  private List<float[]> half(int which) {
    int half = data.queries().size() / 2;
    return data.queries().subList(which * half, (which + 1) * half);
  }

  List<Result> run(int warmUpRounds, int rounds, int passes) {
    String name = "trained-top" + k + ".n" + data.rows();
    TopK best = new TopK(k);
    SearchRoom room = new SearchRoom();
    Limits limits = new Limits();
    List<Contender> contenders =
        List.of(
            new Contender("exact", passes, () -> exact.search(next(), k, _ -> true, best, room)),
            new Contender("int8", passes, () -> rounded.search(next(), k, _ -> true, best, room)),
            new Contender(
                "grouped", passes, () -> grouped.search(next(), k, _ -> true, best, room)),
            new Contender("exact-" + TOGETHER + "-together", 1, together()),
            new Contender("streaming-sum", passes, () -> limits.stream(data.vectors())));
    Turns turns = Turns.take(name, warmUpRounds, rounds, contenders);
    List<Result> results = new ArrayList<>(turns.results());
    results.add(turns.ratio("exact", "int8"));
    results.add(turns.ratio("int8", "grouped"));
    results.add(turns.ratio("exact", "streaming-sum"));
    results.add(Result.derived(name + ".grouped-share-read", "ratio", share));
    results.add(Result.derived(name + ".grouped-made-in", "s", groupSeconds));
    results.add(Result.derived(name + ".grouped-recall", "ratio", recall(grouped, half(1))));
    double one = turns.median("exact");
    double all = turns.median("exact-" + TOGETHER + "-together") / TOGETHER;
    results.add(Result.derived(name + ".one-by-one", "users/s", 1e6 / one));
    results.add(Result.derived(name + ".together", "users/s", 1e6 / all));
    results.add(Result.derived(name + ".together-to-one-by-one", "ratio", one / all));
    results.add(Result.derived(name + ".int8-recall", "ratio", recall(rounded, data.queries())));
    results.add(Result.derived(name + ".int8-bytes-per-item", "bytes", bytes.bytesPerRow()));
    results.add(Result.derived(name + ".float-bytes-per-item", "bytes", 4.0 * data.size()));
    return results;
  }

  private Runnable together() {
    float[] queries = new float[TOGETHER * data.size()];
    TopK[] best = new TopK[TOGETHER];
    for (int q = 0; q < TOGETHER; q++) {
      System.arraycopy(next(), 0, queries, q * data.size(), data.size());
      best[q] = new TopK(k);
    }
    return () -> exact.searchAll(queries, TOGETHER, k, _ -> true, best);
  }

  private int turn;

  private float[] next() {
    return data.queries().get(turn++ % data.queries().size());
  }

  /// The mean share of the exact best k that an index finds.
  private double recall(VectorIndex index, List<float[]> queries) {
    TopK best = new TopK(k);
    long found = 0;
    long asked = 0;
    for (float[] query : queries) {
      exact.search(query, k, best);
      BitSet expected = new BitSet();
      for (int i = 0; i < best.size(); i++) {
        expected.set(best.row(i));
      }
      asked += best.size();
      index.search(query, k, best);
      for (int i = 0; i < best.size(); i++) {
        found += expected.get(best.row(i)) ? 1 : 0;
      }
    }
    return (double) found / asked;
  }
}
