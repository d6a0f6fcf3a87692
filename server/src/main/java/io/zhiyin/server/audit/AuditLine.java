package io.zhiyin.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// An entry as a line: the version of the format, CRC32C of the rest as eight hexadecimal digits,
/// and a JSON object.
final class AuditLine {
  private static final String VERSION = "1";
  private static final int HEAD = 11; // "1 xxxxxxxx "
  private static final ObjectMapper JSON = new ObjectMapper();

  private AuditLine() {}

  static String write(AuditEntry entry) {
    ObjectNode node = JSON.createObjectNode();
    node.put("time", entry.time().toString()).put("who", entry.who()).put("what", entry.what());
    ObjectNode details = node.putObject("details");
    entry.details().forEach(details::put);
    String text = node.toString();
    return VERSION + " " + checksum(text) + " " + text;
  }

  /// Null when it is damaged or of a format that this program does not know.
  static @Nullable AuditEntry read(String line) {
    if (line.length() < HEAD || !line.startsWith(VERSION + " ")) {
      return null;
    }
    String text = line.substring(HEAD);
    if (!line.substring(2, HEAD - 1).equals(checksum(text))) {
      return null;
    }
    try {
      JsonNode node = JSON.readTree(text);
      TreeMap<String, String> details = new TreeMap<>();
      node.path("details")
          .properties()
          .forEach(e -> details.put(e.getKey(), e.getValue().asText()));
      return new AuditEntry(
          Instant.parse(node.path("time").asText()),
          node.path("who").asText(),
          node.path("what").asText(),
          details);
    } catch (JsonProcessingException | DateTimeException e) {
      return null;
    }
  }

  private static String checksum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
