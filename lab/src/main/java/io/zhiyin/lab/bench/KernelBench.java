package io.zhiyin.lab.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The kernels beside libtorch and beside the machine's limit, all on one thread.
final class KernelBench {
  private final PrintWriter out;
  private final @Nullable Path data;

  /// @param data directory with a trained model in use; null to leave out what needs one
  KernelBench(PrintWriter out, @Nullable Path data) {
    this.out = out;
    this.data = data;
  }

  List<Result> run() throws IOException {
    torch.set_num_threads(1);
    List<Result> results = new ArrayList<>();
    for (int hiddenSize : new int[] {256, 64}) {
      say("Forward pass of 50 events, d=64, 2 layers, 2 heads, F=" + hiddenSize);
      results.addAll(new ForwardBench(hiddenSize).run());
    }
    say("Exact top-100 of 12,101 items, d=64");
    results.addAll(new TopKBench(12_101, 64, 100).run(4, 25, 100));
    say("Exact top-100 of 1,000,000 items, d=64");
    results.addAll(new TopKBench(1_000_000, 64, 100).run(2, 12, 4));
    if (data == null) {
      say("Searches of trained vectors are left out: they need --data DIR with a model in use");
    } else {
      TrainedVectors trained = TrainedVectors.of(data);
      for (int rows : new int[] {trained.rows(), 50_000, 200_000, 1_000_000}) {
        say("Top-100 of %,d trained vectors, d=%d".formatted(rows, trained.size()));
        boolean large = rows > 100_000;
        results.addAll(
            new RetrievalBench(trained.grownTo(rows), 100).run(3, large ? 12 : 25, large ? 4 : 50));
      }
    }
    return results;
  }

  private void say(String text) {
    out.println(text + " …");
    out.flush();
  }
}
