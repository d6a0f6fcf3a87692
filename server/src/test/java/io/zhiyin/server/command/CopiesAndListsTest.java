package io.zhiyin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.learning.train.ModelRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Smaller copies of a toy shop's model, and lists for all of its shoppers.
class CopiesAndListsTest {
  @TempDir Path directory;

  @Test
  void aModelInFewerBitsIsMeasuredListedPutToUseAndGoneOnFrom() throws IOException {
    Path data = ToyShop.imported(directory, 40, 50);
    CommandRun early = CommandRun.of("compress", "--data", data);
    assertTrue(early.err().contains("There is no model in use"), early.err());
    assertEquals(
        0,
        CommandRun.of("train", "--data", data, "--epochs", "1", "--activate", "always").status());
    ModelRegistry registry = ShopOptions.models(data, ShopId.DEFAULT);
    String parent = registry.active().orElseThrow();

    CommandRun run = CommandRun.of("compress", "--data", data);
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("× smaller"), run.out());
    CommandRun four = CommandRun.of("compress", "--data", data, "--bits", "4", "--prune", "0.25");
    assertEquals(0, four.status(), four.err());
    long whole = weights(registry, parent);
    assertTrue(weights(registry, parent + "-int8") < 0.4 * whole);
    assertTrue(weights(registry, parent + "-int4-p25") < weights(registry, parent + "-int8"));
    assertEquals(parent, registry.active().orElseThrow(), "a copy is not put to use by itself");
    ModelCard card =
        registry.list().stream()
            .filter(known -> known.id().equals(parent + "-int8"))
            .findFirst()
            .orElseThrow();
    assertEquals(parent, card.lineage().parent());
    assertEquals(2, card.formatVersion());
    CommandRun list = CommandRun.of("models", "list", "--data", data);
    assertTrue(list.out().contains("compressed from / 压缩自 " + parent), list.out());

    CommandRun again = CommandRun.of("compress", "--data", data);
    assertTrue(again.err().contains("has been compressed like this before"), again.err());
    CommandRun use = CommandRun.of("models", "activate", "--data", data, parent + "-int8");
    assertEquals(0, use.status(), use.err());
    CommandRun twice = CommandRun.of("compress", "--data", data);
    assertTrue(twice.err().contains("is compressed already"), twice.err());
    assertEquals(2, CommandRun.of("compress", "--data", data, "--bits", "5").status());
  }

  @Test
  void listsOfManyShoppersAreThoseOfOneAfterTheOther() throws IOException {
    Path data = ToyShop.imported(directory, 40, 50);
    assertEquals(
        0,
        CommandRun.of("train", "--data", data, "--epochs", "1", "--activate", "always").status());
    Path together = directory.resolve("together.jsonl");
    Path single = directory.resolve("single.jsonl");
    CommandRun run =
        CommandRun.of("lists", "--data", data, "--scenario", "next-item", "--out", together);
    assertEquals(2, run.status(), "no scenario of requests: " + run.out());
    run = CommandRun.of("lists", "--data", data, "--n", "5", "--out", together);
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("40 lists in"), run.err());
    run = CommandRun.of("lists", "--data", data, "--n", "5", "--one-by-one", "--out", single);
    assertEquals(0, run.status(), run.err());
    List<String> lines = Files.readAllLines(together);
    assertEquals(40, lines.size());
    assertTrue(lines.getFirst().startsWith("{\"userId\":\"u0\",\"scenario\":\"home-feed\""));
    assertEquals(items(Files.readAllLines(single)), items(lines));
    assertTrue(Files.notExists(directory.resolve("together.jsonl.partial")));
  }

  /// Without the scores, which are sums in another order.
  private static List<String> items(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("\"score\":[^}]*", "")).toList();
  }

  private static long weights(ModelRegistry registry, String id) throws IOException {
    return Files.size(registry.path(id).resolve("weights.safetensors"));
  }
}
