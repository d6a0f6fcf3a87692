package io.zhiyin.server.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventCodec;
import io.zhiyin.engine.event.Journal;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// How many events there are and a checksum over all of them, in order: of an export, of a journal.
/// Written beside an export as `FILE.proof`, so that a restore can tell whether the file is whole.
///
/// @param events how many
/// @param sha256 of their records as the journal keeps them, in hexadecimal
public record ExportProof(long events, String sha256) {
  private static final int VERSION = 1;

  /// Where the proof of an export lies.
  public static Path beside(Path export) {
    return export.resolveSibling(export.getFileName() + ".proof");
  }

  /// Of everything that is in the journal.
  public static ExportProof of(Journal journal) throws IOException {
    Running running = new Running();
    journal.read(0, (_, event) -> running.add(event));
    return running.soFar();
  }

  public void write(Path file) throws IOException {
    Files.writeString(
        file,
        String.format(
            Locale.ROOT,
            "{\"format\":\"zhiyin-export-proof\",\"version\":%d,\"events\":%d,\"sha256\":\"%s\"}%n",
            VERSION,
            events,
            sha256),
        StandardCharsets.UTF_8);
  }

  /// The proof in that file.
  ///
  /// @return nothing when it is damaged or newer than this program
  /// @throws java.nio.file.NoSuchFileException when there is no such file
  public static Optional<ExportProof> read(Path file) throws IOException {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException | CharConversionException damaged) {
      return Optional.empty();
    }
    if (!json.path("format").asText().equals("zhiyin-export-proof")
        || json.path("version").asInt() != VERSION) {
      return Optional.empty();
    }
    return Optional.of(
        new ExportProof(json.path("events").asLong(-1), json.path("sha256").asText()));
  }

  /// Adds one event after the other.
  public static final class Running {
    private final MessageDigest digest = sha256();
    private long events;

    public void add(Event event) {
      digest.update(EventCodec.encode(event));
      events++;
    }

    /// The proof of what was added until now.
    public ExportProof soFar() {
      try {
        MessageDigest copy = (MessageDigest) digest.clone();
        return new ExportProof(events, HexFormat.of().formatHex(copy.digest()));
      } catch (CloneNotSupportedException impossible) {
        throw new IllegalStateException("the JDK's SHA-256 can be copied", impossible);
      }
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every JDK has SHA-256", impossible);
      }
    }
  }
}
