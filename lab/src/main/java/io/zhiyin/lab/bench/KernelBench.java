package io.zhiyin.lab.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;

/// The kernels beside libtorch and beside the machine's limit, all on one thread.
final class KernelBench {
  private final PrintWriter out;

  KernelBench(PrintWriter out) {
    this.out = out;
  }

  List<Result> run() {
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
    return results;
  }

  private void say(String text) {
    out.println(text + " …");
    out.flush();
  }
}
