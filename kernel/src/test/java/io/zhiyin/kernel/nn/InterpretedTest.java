package io.zhiyin.kernel.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.kernel.index.ExactIndex;
import io.zhiyin.kernel.vector.ChildJvm;
import io.zhiyin.kernel.vector.TopK;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Passes of every architecture and a search")
class InterpretedTest {
  /// Enough for the last compiler to have been at work.
  private static final int TIMES = 600;

  /// What passes and a search come to, to the bit, a line each.
  static final class Program {
    private Program() {}

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

  @Test
  @DisplayName("come to the same bits whether they are interpreted or compiled")
  void repeatToTheBit() throws IOException, InterruptedException {
    List<String> compiled = new ArrayList<>();
    for (Architecture architecture : Architecture.values()) {
      compiled.add(last(() -> Program.pass(architecture)));
    }
    compiled.add(last(Program::search));
    // not -Xint: without a compiler the JVM has vectors of two lanes only
    String interpreted =
        ChildJvm.run(
            Program.class,
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=exclude,*.*",
            "--add-modules",
            "jdk.incubator.vector");
    List<String> lines = interpreted.lines().toList();
    assertTrue(lines.size() >= compiled.size(), interpreted);
    assertEquals(
        compiled,
        lines.stream().filter(line -> line.matches("([A-Z0-9]+ \\[|search ).*")).toList());
  }

  private static String last(Supplier<String> result) {
    String last = "";
    for (int i = 0; i < TIMES; i++) {
      last = result.get();
    }
    return last;
  }
}
