package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.index.ExactIndex;
import io.zhiyin.kernel.vector.TopK;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Prints what passes and a search come to, to the bit; a program of its own, so that a test can
/// run it in a JVM that compiles nothing.
final class InterpretedTwin {
  private InterpretedTwin() {}

  public static void main(String[] args) {
    for (Architecture architecture : Architecture.values()) {
      System.out.println(pass(architecture));
    }
    System.out.println(search());
  }

  static String pass(Architecture architecture) {
    SequenceConfig config = new SequenceConfig(architecture, 64, 2, 2, 64, 50, 4, 6);
    SequenceEncoder encoder = SequenceEncoder.load(RandomWeights.of(config, 100, 1), config);
    SplittableRandom random = new SplittableRandom(7);
    EventWindow window = encoder.newWindow();
    for (int j = 0; j < 37; j++) {
      window.add(random.nextInt(100), random.nextInt(4), random.nextInt(6), j * 3_600_000L);
    }
    float[] out = new float[64];
    encoder.encode(window, encoder.newWorkspace(), out);
    return architecture + " " + Arrays.toString(out);
  }

  static String search() {
    SplittableRandom random = new SplittableRandom(8);
    float[] rows = new float[100 * 67];
    float[] query = new float[67];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < query.length; i++) {
      query[i] = (float) random.nextGaussian();
    }
    TopK best = new TopK(10);
    new ExactIndex(67, 100, rows).search(query, 10, best);
    StringBuilder found = new StringBuilder("search");
    for (int i = 0; i < best.size(); i++) {
      found.append(' ').append(best.row(i)).append(' ').append(best.score(i));
    }
    return found.toString();
  }
}
