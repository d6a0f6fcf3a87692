package io.zhiyin.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The choice is made once a process, so each case starts one.
class ChoiceTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /// What the other process runs; it also packs and multiplies, which must work whatever was
  /// chosen.
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      Affine map = new Affine(1, 2, new float[] {1, 2}, new float[] {3});
      float[] y = new float[1];
      Kernels.active().linear(map, new float[] {4, 5}, 0, 1, y, 0);
      ByteRows rows = new ByteRows(1, 2);
      rows.set(1, new float[] {5}, 0);
      float[] scores = new float[rows.capacity()];
      Kernels.active().scores(new ByteQuery(rows).set(new float[] {2}), rows, 0, 2, scores);
      System.out.println(
          Kernels.active().description() + " " + y[0] + ", of bytes " + Math.round(scores[1]));
    }
  }

  private static String run(String... options) throws IOException, InterruptedException {
    return ChildJvm.run(Program.class, options);
  }

  @Nested
  @DisplayName("The log says which twin runs and why:")
  class Log {
    @Test
    @DisplayName("SIMD where the Vector API is there")
    void simd() throws Exception {
      String output = run(MODULE);
      assertTrue(output.contains("because the Vector API is there"), output);
      assertTrue(output.contains(Kernels.active().description() + " 17.0, of bytes 10"), output);
    }

    @Test
    @DisplayName("scalar where it is switched off")
    void off() throws Exception {
      String output = run(MODULE, "-Dzhiyin.vector=off");
      assertTrue(output.contains("Kernels: scalar, because -Dzhiyin.vector=off"), output);
      assertTrue(output.contains("scalar 17.0, of bytes 10"), output);
    }

    @Test
    @DisplayName("scalar where the module is missing")
    void missing() throws Exception {
      String output = run();
      assertTrue(
          output.contains(
              "scalar, because the JVM was started without --add-modules jdk.incubator.vector"),
          output);
      assertTrue(output.contains("scalar 17.0, of bytes 10"), output);
    }

    @Test
    @DisplayName("scalar where the JVM only interprets")
    void interpreted() throws Exception {
      String output = run(MODULE, "-Xint");
      assertTrue(output.contains("scalar, because the JVM runs interpreted"), output);
    }
  }
}
