package io.zhiyin.lab.bench;

import io.zhiyin.kernel.index.ExactIndex;
import io.zhiyin.kernel.index.SearchRoom;
import io.zhiyin.kernel.vector.FloatRows;
import io.zhiyin.kernel.vector.Kernels;
import io.zhiyin.kernel.vector.TopK;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The best k of n items: SIMD, scalar, libtorch's product and `topk`, and the speed of memory.
final class TopKBench {
  private final int rows;
  private final int size;
  private final int k;
  private final float[] vectors;

  /// The same as a server holds them.
  private final FloatRows inBlocks;

  private final float[] query;

  TopKBench(int rows, int size, int k) {
    SplittableRandom random = new SplittableRandom(3);
    this.rows = rows;
    this.size = size;
    this.k = k;
    vectors = RandomWeights.numbers(random, rows * size, 1);
    inBlocks = new FloatRows(size, rows);
    for (int row = 0; row < rows; row++) {
      inBlocks.set(row, vectors, row * size);
    }
    query = RandomWeights.numbers(random, size, 1);
  }

  List<Result> run(int warmUpRounds, int rounds, int passes) {
    Tensor matrix = AbstractTensor.create(vectors, rows, size);
    Tensor vector = AbstractTensor.create(query);
    float[] scores = new float[k];
    Runnable libtorch = () -> throughLibtorch(matrix, vector, scores);
    TopK best = new TopK(k);
    Runnable active = own(Kernels.active(), best);
    check(libtorch, scores, active, best);
    Limits limits = new Limits();
    List<Contender> contenders =
        List.of(
            new Contender("active", passes, active),
            new Contender("libtorch", passes, libtorch),
            new Contender("scalar", Math.max(1, passes / 4), own(Kernels.scalar(), new TopK(k))),
            new Contender("streaming-sum", passes, () -> limits.stream(vectors)));
    String name = "top" + k + ".n" + rows;
    Turns turns = Turns.take(name, warmUpRounds, rounds, contenders);
    double bytes = 4.0 * vectors.length;
    List<Result> results = new ArrayList<>(turns.results());
    results.add(turns.ratio("active", "libtorch"));
    results.add(turns.ratio("active", "scalar"));
    results.add(turns.ratio("active", "streaming-sum"));
    results.add(
        Result.derived(name + ".active-speed", "GB/s", bytes / turns.median("active") / 1e3));
    results.add(
        Result.derived(
            name + ".streaming-speed", "GB/s", bytes / turns.median("streaming-sum") / 1e3));
    matrix.close();
    return results;
  }

  private Runnable own(Kernels kernels, TopK best) {
    ExactIndex index = new ExactIndex(kernels, rows, inBlocks);
    SearchRoom room = new SearchRoom();
    return () -> index.search(query, k, row -> true, best, room);
  }

  private void throughLibtorch(Tensor matrix, Tensor vector, float[] scores) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      Tensor top = torch.topk(torch.mv(matrix, vector), k).get0();
      FloatPointer pointer = top.data_ptr_float();
      pointer.get(scores);
    }
  }

  private static void check(Runnable libtorch, float[] scores, Runnable own, TopK best) {
    libtorch.run();
    own.run();
    for (int i = 0; i < scores.length; i++) {
      if (!(Math.abs(scores[i] - best.score(i)) <= 1e-4f)) {
        throw new IllegalStateException(
            "place %d scores %s with us and %s with libtorch"
                .formatted(i, best.score(i), scores[i]));
      }
    }
  }
}
