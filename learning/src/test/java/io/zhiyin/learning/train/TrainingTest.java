package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.engine.model.ModelFiles;
import io.zhiyin.engine.rank.BlendFile;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.ShopData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private final ShopData shop = SyntheticShop.ring(12, 10, 6, 2);
  private ModelRegistry registry;
  private ModelCard card;

  @TempDir Path directory;

  @BeforeEach
  void train() throws IOException {
    registry = new ModelRegistry(directory.resolve("models"));
    card = Tiny.training().run(shop, registry);
  }

  @Nested
  class ATraining {
    @Test
    void savesAModelWithLineageAndFittedWeightsOfAllEvidence() throws IOException {
      assertTrue(card.id().matches("seq-20261124-121314000-[0-9a-f]{6}"), card.id());
      assertEquals(60, card.lineage().events());
      assertEquals("2026-01-01T00:00:00Z", card.lineage().firstEvent());
      assertTrue(card.files().containsKey("blend.json"));
      BlendFile.read(registry.path(card.id()).resolve(BlendFile.NAME));
    }

    @Test
    void doneAgainWithinTheSameSecondGivesTheSameWeightsUnderAnotherName() throws IOException {
      Clock soon = Clock.offset(Tiny.CLOCK, Duration.ofMillis(1));
      ModelCard again =
          new Training(Tiny.SETTINGS, Tiny.OPTIONS, soon, TrainingProgress.Listener.NONE)
              .run(shop, registry);
      assertEquals(
          card.files().get("weights.safetensors"), again.files().get("weights.safetensors"));
      assertEquals(2, registry.list().size());
    }

    @Test
    void refusesAShopWithoutAnyEvent() {
      ShopData empty = new ShopData("empty", new Catalog(), List.of());
      NothingToLearnException e =
          assertThrows(NothingToLearnException.class, () -> Tiny.training().run(empty, registry));
      assertTrue(e.getMessage().contains("./zhiyin import"));
    }
  }

  @Nested
  class TheRegistry {
    @Test
    void hasNothingInUseUntilAModelIsActivated() throws IOException {
      assertTrue(registry.loadActive(shop.catalog()).isEmpty());
      registry.activate(card.id());
      assertEquals(card.id(), registry.loadActive(shop.catalog()).orElseThrow().id());
      assertEquals(List.of(card), registry.list());
    }

    @Test
    void refusesAModelThatIsNotThere() {
      ModelException e = assertThrows(ModelException.class, () -> registry.activate("seq-unknown"));
      assertTrue(e.getMessage().startsWith("There is no model 'seq-unknown'; there are [seq-"));
      assertThrows(ModelException.class, () -> registry.activate("../elsewhere"));
    }

    @Test
    void refusesDamagedWeightsAndSaysWhatToDo() throws IOException {
      Path weights = registry.path(card.id()).resolve("weights.safetensors");
      byte[] bytes = Files.readAllBytes(weights);
      bytes[bytes.length / 2] ^= 1;
      Files.write(weights, bytes);
      ModelException e = assertThrows(ModelException.class, () -> registry.activate(card.id()));
      assertTrue(e.getMessage().contains("is damaged"), e.getMessage());
      assertTrue(e.getMessage().contains("./zhiyin train"), e.getMessage());
      assertTrue(registry.active().isEmpty());
    }

    @Test
    void refusesACardOfANewerFormat() throws IOException {
      Path file = registry.path(card.id()).resolve(ModelFiles.CARD);
      Files.writeString(
          file, Files.readString(file).replace("\"formatVersion\" : 1", "\"formatVersion\" : 3"));
      ModelException e = assertThrows(ModelException.class, () -> registry.activate(card.id()));
      assertTrue(e.getMessage().contains("has format 3"), e.getMessage());
      assertTrue(e.getMessage().contains("Update Zhiyin"), e.getMessage());
    }

    @Test
    void leavesNoTraceOfATrainingThatFailed() throws IOException {
      assertThrows(
          IOException.class,
          () ->
              registry.add(
                  "seq-broken",
                  work -> {
                    Files.writeString(work.resolve("half"), "…");
                    throw new IOException("disk full");
                  }));
      assertFalse(Files.exists(registry.path("seq-broken")));
      try (var files = Files.list(registry.directory())) {
        assertEquals(1, files.count());
      }
    }
  }
}
