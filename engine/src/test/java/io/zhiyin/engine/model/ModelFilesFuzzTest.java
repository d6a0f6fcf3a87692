package io.zhiyin.engine.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.Seeds;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.kernel.nn.SafetensorsException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as `model.json` of a model with small weights, as they are and with its files rightly
/// vouched for: loaded, or a [ModelException] or [SafetensorsException] that says what to do.
class ModelFilesFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Catalog CATALOG = new Catalog();
  private static final Path DIRECTORY = directory();

  private static Path directory() {
    ItemId item = new ItemId("i1");
    CATALOG.apply(
        new CatalogEvent.ItemPut(new EventId("i1"), Instant.EPOCH, item, ItemFields.NONE));
    try {
      Path directory = Files.createTempDirectory("fuzzed");
      SmallModel.write(directory, "i1\n");
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] card) throws IOException {
    load(card);
    try {
      if (JSON.readTree(card) instanceof ObjectNode root) {
        root.putObject("files");
        load(JSON.writeValueAsBytes(root));
      }
    } catch (JacksonException | CharConversionException noJson) {
      // was tried as it is
    }
  }

  private static void load(byte[] card) throws IOException {
    Files.write(DIRECTORY.resolve(ModelFiles.CARD), card);
    try {
      SequenceModel model = SequenceModel.load(DIRECTORY, CATALOG);
      model.scoreAll(new float[model.embeddingSize()], new float[model.itemBound()]);
    } catch (ModelException | SafetensorsException refused) {
      // as documented
    }
  }

  static List<Path> seeds() throws IOException {
    return Seeds.of("model");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isLoadedOrRefused(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
