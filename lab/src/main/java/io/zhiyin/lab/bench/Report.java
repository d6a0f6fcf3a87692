package io.zhiyin.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Figures and where they come from, as a table for people and as JSON for programs.
record Report(Machine machine, List<Result> results) {
  void print(PrintWriter out) {
    out.printf(
        "%n%s · %d cores · load %.1f · %s · %s · kernels: %s%n%n",
        machine.processor(),
        machine.cores(),
        machine.loadAverage(),
        machine.system(),
        machine.jdk(),
        machine.kernels());
    if (machine.loadAverage() > machine.cores()) {
      out.println(
          "The machine is busy: trust the ratios, which were taken in turns, and not p99.\n");
    }
    out.printf("%-52s %12s %12s %-8s %8s%n", "", "p50", "p99", "", "n");
    for (Result result : results) {
      out.printf(
          "%-52s %12s %12s %-8s %8d%n",
          result.name(), number(result.p50()), number(result.p99()), result.unit(), result.n());
    }
    out.flush();
  }

  void write(Path file) throws IOException {
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
  }

  private static String number(double value) {
    String format = value != 0 && Math.abs(value) < 0.001 ? "%.1e" : value < 100 ? "%.3f" : "%,.1f";
    return String.format(Locale.ROOT, format, value);
  }
}
