package io.zhiyin.engine.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// The directory of one model: `model.json` vouches for every other file by size and checksum.
public final class ModelFiles {
  public static final String CARD = "model.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ModelFiles() {}

  /// Reads the card and checks every file against it.
  ///
  /// @throws ModelException when a file is missing, damaged or of a newer format
  public static ModelCard verified(Path directory) throws IOException {
    ModelCard card = card(directory);
    for (Map.Entry<String, ModelCard.FileCheck> entry : card.files().entrySet()) {
      Path file = directory.resolve(entry.getKey());
      if (!Files.isRegularFile(file)) {
        throw new ModelException(file + " is missing. " + WHAT_TO_DO);
      }
      ModelCard.FileCheck found = check(file);
      if (!found.equals(entry.getValue())) {
        throw new ModelException(
            "%s is damaged: it has %d bytes with checksum %s, but model.json says %d and %s. %s"
                .formatted(
                    file,
                    found.bytes(),
                    found.crc32c(),
                    entry.getValue().bytes(),
                    entry.getValue().crc32c(),
                    WHAT_TO_DO));
      }
    }
    return card;
  }

  private static final String WHAT_TO_DO =
      "Restore the model's directory from a backup, activate another model, or train a new one with"
          + " './zhiyin train'.";

  /// Reads the card alone.
  ///
  /// @throws ModelException when it is missing, damaged or of a newer format
  public static ModelCard card(Path directory) throws IOException {
    Path file = directory.resolve(CARD);
    try {
      JsonNode tree = JSON.readTree(Files.readAllBytes(file));
      int version = tree.path("formatVersion").asInt(-1);
      if (version > ModelCard.COMPRESSED_VERSION) {
        throw new ModelException(
            "%s has format %d, but this version of Zhiyin reads up to %d. Update Zhiyin, activate another model, or train a new one with './zhiyin train'."
                .formatted(file, version, ModelCard.COMPRESSED_VERSION));
      }
      if (version < 1) {
        throw new ModelException(file + " is damaged: it has no format version. " + WHAT_TO_DO);
      }
      return JSON.treeToValue(tree, ModelCard.class);
    } catch (NoSuchFileException e) {
      throw new ModelException(file + " is missing. " + WHAT_TO_DO, e);
    } catch (JsonProcessingException | CharConversionException e) {
      throw new ModelException(
          file + " is damaged: it is not the JSON of a model. " + WHAT_TO_DO, e);
    }
  }

  /// Writes `model.json` for the files that lie in the directory, as the last step of saving.
  public static ModelCard seal(Path directory, ModelCard card) throws IOException {
    Map<String, ModelCard.FileCheck> checks = new TreeMap<>();
    for (Path file : files(directory)) {
      checks.put(file.getFileName().toString(), check(file));
    }
    ModelCard sealed = card.with(checks);
    Files.write(directory.resolve(CARD), JSON.writeValueAsBytes(sealed));
    return sealed;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().equals(CARD))
          .toList();
    }
  }

  private static ModelCard.FileCheck check(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        crc.update(buffer, 0, n);
        bytes += n;
      }
    }
    return new ModelCard.FileCheck(bytes, "%08x".formatted(crc.getValue()));
  }
}
