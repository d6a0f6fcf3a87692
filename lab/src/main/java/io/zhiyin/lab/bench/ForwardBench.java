package io.zhiyin.lab.bench;

import io.zhiyin.kernel.nn.EventWindow;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.nn.SequenceConfig;
import io.zhiyin.kernel.nn.SequenceEncoder;
import io.zhiyin.kernel.nn.SessionState;
import io.zhiyin.kernel.nn.Workspace;
import io.zhiyin.kernel.vector.Kernels;
import io.zhiyin.lab.bench.LibtorchEncoder.LastLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;

/// One forward pass of a full window: SIMD, scalar, libtorch, and the peak of multiply-adds.
final class ForwardBench {
  private static final int LENGTH = 50;
  private static final int ITEMS = 12_101;
  private static final float TOLERANCE = 1e-4f;

  private final SequenceConfig config;
  private final SequenceEncoder encoder;
  private final LibtorchEncoder libtorch;
  private final int[] items;
  private final int[] types;
  private final int[] gaps;

  ForwardBench(int hiddenSize) {
    config = new SequenceConfig(64, 2, 2, hiddenSize, LENGTH, 8, 16);
    Safetensors weights = RandomWeights.of(config, ITEMS, 1);
    encoder = SequenceEncoder.load(weights, config);
    libtorch = new LibtorchEncoder(weights, config);
    SplittableRandom random = new SplittableRandom(2);
    items = random.ints(LENGTH, 0, ITEMS).toArray();
    types = random.ints(LENGTH, 0, config.eventTypes()).toArray();
    gaps = random.ints(LENGTH, 0, config.gapBuckets()).toArray();
  }

  List<Result> run() {
    Runnable all = throughLibtorch(LastLayer.ALL_POSITIONS, new float[64]);
    Runnable last = throughLibtorch(LastLayer.LAST_POSITION, new float[64]);
    float difference = difference();
    if (!(difference <= TOLERANCE)) {
      throw new IllegalStateException(
          "our vector and libtorch's differ by " + difference + ", more than " + TOLERANCE);
    }
    Limits limits = new Limits();
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Contender("active", 200, own(Kernels.active(), new float[64])));
    contenders.add(new Contender("append-one", 200, appending(new float[64])));
    contenders.add(new Contender("libtorch", 200, all));
    contenders.add(new Contender("libtorch-last-position", 200, last));
    contenders.add(new Contender("scalar", 40, own(Kernels.scalar(), new float[64])));
    contenders.add(new Contender("fma-peak", 20, limits::multiplyAdd));
    String name = "forward.f" + config.hiddenSize();
    Turns turns = Turns.take(name, 20, 30, contenders);
    double peak = Limits.FLOPS / turns.median("fma-peak") / 1e3;
    double reached = flops() / turns.median("active") / 1e3;
    List<Result> results = new ArrayList<>(turns.results());
    results.removeIf(result -> result.name().endsWith("fma-peak"));
    results.add(turns.ratio("active", "libtorch"));
    results.add(turns.ratio("append-one", "active"));
    results.add(turns.ratio("active", "libtorch-last-position"));
    results.add(turns.ratio("active", "scalar"));
    results.add(Result.derived(name + ".difference", "max abs", difference));
    results.add(Result.derived(name + ".fma-peak", "GFLOP/s", peak));
    results.add(Result.derived(name + ".active-speed", "GFLOP/s", reached));
    results.add(Result.derived(name + ".share-of-fma-peak", "ratio", reached / peak));
    return results;
  }

  private float difference() {
    float[] expected = new float[64];
    float[] given = new float[64];
    float largest = 0;
    for (LastLayer lastLayer : LastLayer.values()) {
      throughLibtorch(lastLayer, expected).run();
      for (Kernels kernels : List.of(Kernels.active(), Kernels.scalar())) {
        own(kernels, given).run();
        for (int i = 0; i < given.length; i++) {
          largest = Math.max(largest, Math.abs(given[i] - expected[i]));
        }
      }
    }
    return largest;
  }

  private Runnable own(Kernels kernels, float[] out) {
    Workspace workspace = encoder.newWorkspace(kernels);
    EventWindow window = encoder.newWindow();
    for (int j = 0; j < LENGTH; j++) {
      window.add(items[j], types[j], gaps[j]);
    }
    return () -> encoder.encode(window, workspace, out);
  }

  /// The newest event after a kept state of the others: another one each time, so that it is read.
  private Runnable appending(float[] out) {
    Workspace workspace = encoder.newWorkspace();
    SessionState state = encoder.newState();
    EventWindow[] windows = {encoder.newWindow(), encoder.newWindow()};
    for (int w = 0; w < windows.length; w++) {
      for (int j = 0; j < LENGTH; j++) {
        windows[w].add(j == LENGTH - 1 ? items[w] : items[j], types[j], gaps[j]);
      }
    }
    int[] turn = {0};
    return () -> {
      int read = encoder.encode(windows[turn[0]++ & 1], workspace, state, out);
      if (read != 1 && turn[0] > 1) {
        throw new IllegalStateException("read " + read + " events instead of one");
      }
    };
  }

  private Runnable throughLibtorch(LastLayer lastLayer, float[] out) {
    Tensor itemRows = AbstractTensor.create(items);
    Tensor typeRows = AbstractTensor.create(types);
    Tensor gapRows = AbstractTensor.create(gaps);
    return () -> libtorch.encode(itemRows, typeRows, gapRows, lastLayer, out);
  }

  /// Multiply-adds that our pass needs, times two: matrices, and attention's two products. The last
  /// layer asks from one position only.
  private double flops() {
    double d = config.embeddingSize();
    double m = LENGTH;
    double f = config.hiddenSize();
    double whole = m * (4 * d * d + 2 * d * f) + m * (m + 1) / 2 * 2 * d;
    double last = m * 2 * d * d + 2 * d * d + 2 * d * f + m * 2 * d;
    return 2 * ((config.layers() - 1) * whole + last);
  }
}
