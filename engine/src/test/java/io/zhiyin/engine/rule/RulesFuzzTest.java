package io.zhiyin.engine.rule;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.Seeds;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as rules and settings, over HTTP and as a version's file: refused by field, or by a
/// sentence that says what to do.
class RulesFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
  private static final Set<String> SCENARIOS = Set.of("home-feed", "cart");
  private static final Catalog CATALOG = new Catalog();
  private static final Path DIRECTORY = directory();

  private static Path directory() {
    CATALOG.apply(
        new CatalogEvent.ItemPut(new EventId("i1"), NOW, new ItemId("i1"), ItemFields.NONE));
    try {
      return Files.createTempDirectory("fuzzed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    file(bytes);
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (JacksonException | CharConversionException noJson) {
      return;
    }
    file(sealed(node));
    try {
      List<InvalidFieldException> errors = new ArrayList<>();
      RuleSet set = RuleJson.read(node.path("rules"), errors);
      if (errors.isEmpty() && !set.equals(RuleJson.read(RuleJson.write(set)))) {
        throw new AssertionError(set + " is another after it was written");
      }
      RuleSet whole = set.with(TuningJson.read(node.get("scenarios")));
      RuleCheck.check(whole, new RuleExpressions(), CATALOG, SCENARIOS, NOW);
    } catch (InvalidFieldException refused) {
      // as documented
    }
  }

  private static void file(byte[] bytes) throws IOException {
    Files.write(DIRECTORY.resolve("rules-000001.json"), bytes);
    try {
      new RuleBook(DIRECTORY).current();
    } catch (IOException refused) {
      if (!String.valueOf(refused.getMessage()).contains("rules-000001.json")) {
        throw refused;
      }
    }
  }

  private static byte[] sealed(JsonNode content) throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(content.toString().getBytes(StandardCharsets.UTF_8));
    ObjectNode root = JSON.createObjectNode().put("formatVersion", 1).put("kind", "rules");
    root.put("crc32c", "%08x".formatted(crc.getValue())).set("content", content);
    return JSON.writeValueAsBytes(root);
  }

  static List<Path> seeds() throws IOException {
    return Seeds.of("rules");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isRefusedOrRead(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
