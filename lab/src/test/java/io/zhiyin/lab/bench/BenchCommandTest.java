package io.zhiyin.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.learning.train.SequenceSettings;
import io.zhiyin.learning.train.TrainingDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
  private final StringWriter out = new StringWriter();

  private int bench(String... arguments) {
    return new CommandLine(new BenchCommand())
        .setOut(new PrintWriter(out, true))
        .execute(arguments);
  }

  @Nested
  @DisplayName("An area")
  class Areas {
    @Test
    @DisplayName("that does not exist is named, with those that do")
    void unknown() {
      assertEquals(2, bench("coffee"));
      assertEquals(
          "There is no area 'coffee': choose machine, kernel, serve, ingest, train, continue, rules, objectives, search, freshness or all.",
          out.toString().strip());
    }
  }

  @Nested
  @DisplayName("Turns")
  class TurnsTest {
    @Test
    @DisplayName("alternate in blocks and count every pass")
    void alternate() {
      StringBuilder order = new StringBuilder();
      Turns turns =
          Turns.take(
              "race",
              1,
              2,
              List.of(
                  new Contender("a", 2, () -> order.append('a')),
                  new Contender("b", 1, () -> order.append('b'))));
      assertEquals("aabaabaab", order.toString());
      assertEquals(
          List.of("race.a 4", "race.b 2"),
          turns.results().stream().map(r -> r.name() + " " + r.n()).toList());
      assertEquals("race.a-to-b", turns.ratio("a", "b").name());
    }

    @Test
    @DisplayName("take a quantile as the smallest value that so many do not exceed")
    void quantiles() {
      double[] values = {4, 1, 3, 2};
      assertEquals(2, Turns.quantile(values, 0.5));
      assertEquals(4, Turns.quantile(values, 0.99));
      assertEquals(1, Turns.quantile(values, 0));
    }
  }

  @Test
  @DisplayName("The machine's own costs are told one by one, and nothing is left in the folder")
  void machine(@TempDir Path folder) throws IOException, InterruptedException {
    List<Result> results =
        new MachineBench(new PrintWriter(out, true), folder, 1 << 20, Duration.ZERO, 20).run();
    Map<String, Integer> counts = new HashMap<>();
    results.forEach(result -> counts.put(result.name(), result.n()));
    assertEquals(256, counts.get("machine.touch-after-rest"));
    assertEquals(20, counts.get("machine.wake-up"));
    assertEquals(20, counts.get("machine.sleep-late"));
    assertEquals(2, counts.get("machine.synced-write"));
    for (Result result : results) {
      assertTrue(result.p50() >= 0 && result.p50() <= result.p99(), result.toString());
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  @DisplayName("Training is measured beside the plain loop, at the same loss")
  void training() {
    SequenceSettings small =
        SequenceSettings.defaults()
            .withEmbeddingSize(16)
            .withHiddenSize(32)
            .withMaxLength(12)
            .withBatchSize(16)
            .withDropout(0)
            .withIdDropout(0);
    Map<String, Double> values = new HashMap<>();
    new TrainBench(new PrintWriter(out, true), 2, TrainingDevice.CPU)
        .race(small, TrainBench.shop(300, 0.01))
        .forEach(result -> values.put(result.name(), result.value()));
    assertEquals(
        values.get("train.plain-libtorch.loss-after-6-steps"),
        values.get("train.ours.loss-after-6-steps"),
        2e-2);
    assertTrue(values.get("train.ours.tokens") > 0);
    assertTrue(values.get("train.speed-ours-to-plain") > 0);
  }

  @Test
  @DisplayName("The report is written as the command line's description has it")
  void json(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bench.json");
    new Report(Machine.here(), List.of(new Result("x.y", "us", 2, 2, 5, 10))).write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertTrue(json.get("machine").get("cores").asInt() > 0);
    JsonNode result = json.get("results").get(0);
    assertEquals(
        "{\"name\":\"x.y\",\"unit\":\"us\",\"value\":2.0,\"p50\":2.0,\"p99\":5.0,\"n\":10}",
        result.toString());
  }
}
