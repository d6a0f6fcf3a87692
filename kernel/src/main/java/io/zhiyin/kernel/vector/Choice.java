package io.zhiyin.kernel.vector;

import java.lang.System.Logger.Level;
import java.util.Optional;

/// Decides once which twin runs, and says so.
final class Choice {
  static final ScalarKernels SCALAR = new ScalarKernels();
  static final Optional<Kernels> SIMD;
  static final Kernels ACTIVE;

  static {
    String obstacle = obstacle();
    SIMD = obstacle.isEmpty() ? Optional.of(new SimdKernels()) : Optional.empty();
    boolean off = "off".equals(System.getProperty("zhiyin.vector"));
    ACTIVE = off || SIMD.isEmpty() ? SCALAR : SIMD.get();
    String reason =
        off ? "-Dzhiyin.vector=off" : obstacle.isEmpty() ? "the Vector API is there" : obstacle;
    System.getLogger(Kernels.class.getName())
        .log(Level.INFO, "Kernels: {0}, because {1}", ACTIVE.description(), reason);
  }

  private Choice() {}

  /// Why the Vector API cannot be used, or nothing.
  private static String obstacle() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return "the JVM was started without --add-modules jdk.incubator.vector";
    }
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted")) {
      return "the JVM runs interpreted, where vectors are slower than plain loops";
    }
    if (Simd.LANES < 4 || Simd.LANES > 16) {
      return "this processor has " + Simd.LANES + " float lanes";
    }
    return "";
  }
}
