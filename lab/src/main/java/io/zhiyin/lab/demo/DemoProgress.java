package io.zhiyin.lab.demo;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.lab.simulate.ShopLanguage;
import io.zhiyin.lab.simulate.SimulatedShop.ShopSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.CRC32C;

/// What of the demo shop is complete, kept in a file of its data directory so that a second start
/// goes on where the first one stopped.
final class DemoProgress {
  static final int FORMAT_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final ShopSettings settings;
  private final Set<Step> completed;

  private DemoProgress(Path file, ShopSettings settings, Set<Step> completed) {
    this.file = file;
    this.settings = settings;
    this.completed = completed;
  }

  static Path fileIn(Path data) {
    return data.resolve("demo").resolve("progress.json");
  }

  static DemoProgress begin(Path data, ShopSettings settings) throws IOException {
    DemoProgress progress = new DemoProgress(fileIn(data), settings, EnumSet.noneOf(Step.class));
    progress.save();
    return progress;
  }

  /// @throws DemoFailedException for a file that is damaged or of a newer version
  static DemoProgress read(Path data) throws IOException {
    Path file = fileIn(data);
    ObjectNode node = tree(file);
    int version = node.path("formatVersion").asInt();
    if (version > FORMAT_VERSION) {
      throw new DemoFailedException(
          file
              + " is of format "
              + version
              + ", this version reads up to "
              + FORMAT_VERSION
              + ": start the demo with the newer Zhiyin, or with another --data.",
          file + " 的格式版本是 " + version + "，本版本只能读到 " + FORMAT_VERSION + "：请用新版知音启动，或换一个 --data 目录。");
    }
    JsonNode checksum = node.remove("crc32c");
    if (checksum == null || !checksum.asText().equals(checksum(node))) {
      throw damaged(file);
    }
    JsonNode shop = node.path("shop");
    ShopSettings settings =
        new ShopSettings(
            shop.path("seed").asLong(),
            Instant.parse(shop.path("now").asText()),
            shop.path("days").asInt(),
            shop.path("productsPerType").asInt(),
            shop.path("shoppers").asInt(),
            ShopLanguage.of(shop.path("language").asText()));
    Set<Step> completed = EnumSet.noneOf(Step.class);
    node.path("completed").forEach(step -> completed.add(Step.valueOf(step.asText())));
    return new DemoProgress(file, settings, completed);
  }

  private static ObjectNode tree(Path file) throws IOException {
    try {
      if (JSON.readTree(file.toFile()) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw damaged(file);
    }
    throw damaged(file);
  }

  private static DemoFailedException damaged(Path file) {
    return new DemoFailedException(
        file
            + " is damaged: its checksum does not fit. Delete the demo's data directory or choose"
            + " another with --data, and a new demo shop will be made.",
        file + " 已损坏：校验和不符。请删除演示数据目录，或用 --data 另选目录，将重新生成演示商店。");
  }

  ShopSettings settings() {
    return settings;
  }

  boolean has(Step step) {
    return completed.contains(step);
  }

  void complete(Step step) throws IOException {
    completed.add(step);
    save();
  }

  private void save() throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("formatVersion", FORMAT_VERSION);
    ObjectNode shop = node.putObject("shop");
    shop.put("seed", settings.seed());
    shop.put("now", settings.now().toString());
    shop.put("days", settings.days());
    shop.put("productsPerType", settings.productsPerType());
    shop.put("shoppers", settings.shoppers());
    shop.put("language", settings.language().code());
    ArrayNode steps = node.putArray("completed");
    completed.forEach(step -> steps.add(step.name()));
    node.put("crc32c", checksum(node));
    Files.createDirectories(file.getParent());
    Path draft = file.resolveSibling("progress.json.new");
    Files.writeString(draft, node.toPrettyString());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String checksum(ObjectNode node) {
    CRC32C crc = new CRC32C();
    crc.update(node.toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  /// The steps that take time and are done once.
  enum Step {
    GENERATE,
    IMPORT,
    TRAIN
  }
}
