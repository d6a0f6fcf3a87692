package io.zhiyin.engine.model;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceWeightsTest {
  private final Catalog catalog = new Catalog();

  @TempDir Path directory;

  private SequenceModel load(String items) throws IOException {
    SmallModel.write(directory, items);
    Files.writeString(
        directory.resolve(ModelFiles.CARD),
        """
        {"formatVersion":1,"id":"m","kind":"sequence-gru4rec","parameters":{"embeddingSize":2,
        "heads":1,"layers":1,"hiddenSize":2,"maxLength":5,"gapBuckets":0,"contentRows":0},
        "eventTypes":[],"files":{},"lineage":{"dataset":"d","firstEvent":"","lastEvent":"",
        "events":1,"users":1,"items":1,"seed":1,"epochs":1,"metrics":{"n":0.1},"codeVersion":"c",
        "createdAt":"2026-01-01T00:00:00Z"}}""");
    return SequenceModel.load(directory, catalog);
  }

  private String refusal(String items) {
    return assertThrows(ModelException.class, () -> load(items)).getMessage();
  }

  @Test
  void theVectorsAreThoseOfTheItemsNamed() throws IOException {
    catalog.apply(
        new CatalogEvent.ItemPut(
            new EventId("e"), Instant.EPOCH, new ItemId("i1"), ItemFields.NONE));
    assertTrue(load("i1\n").vectorOf(0).isPresent());
    assertTrue(load("another\n").vectorOf(0).isEmpty());
  }

  @Test
  void moreItemsThanVectorsAreRefused() {
    String refusal = refusal("i1\ni2\n");
    assertTrue(refusal.contains("names 2 items, but there are vectors of 1"), refusal);
    assertTrue(refusal.contains("./zhiyin train"), refusal);
  }

  @Test
  void aLineThatIsNoIdIsRefused() {
    String refusal = refusal("i\t1\n");
    assertTrue(refusal.contains("must not have control characters"), refusal);
    assertTrue(refusal.startsWith(directory.toString()), refusal);
  }
}
