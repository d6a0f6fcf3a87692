package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.model.ModelException;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.ShopData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackTest {
  private ModelRegistry registry;
  private String first;
  private String second;

  @TempDir Path directory;

  @BeforeEach
  void train() throws IOException {
    ShopData shop = SyntheticShop.ring(12, 10, 6, 2);
    registry = new ModelRegistry(directory);
    first = Tiny.training().run(Tiny.first(shop, 5), registry).id();
    second = Tiny.training().run(shop, registry).id();
  }

  @Test
  void goesBackStepByStep() throws IOException {
    registry.activate(first);
    registry.activate(second);
    registry.activate(first);
    registry.activate(first); // changes nothing
    assertEquals(second, registry.rollback().id());
    assertEquals(first, registry.rollback().id());
    assertEquals(first, registry.active().orElseThrow());
    ModelException e = assertThrows(ModelException.class, registry::rollback);
    assertTrue(e.getMessage().contains("none was in use before"), e.getMessage());
    assertEquals(first, registry.active().orElseThrow());
  }

  @Test
  void readsTheOneLineOfTheFirstVersions() throws IOException {
    Files.writeString(directory.resolve("ACTIVE"), first + "\n");
    assertEquals(first, registry.active().orElseThrow());
    registry.activate(second);
    assertEquals(first, registry.rollback().id());
  }

  @Test
  void refusesADamagedTrailUntilAModelIsChosen() throws IOException {
    registry.activate(first);
    registry.activate(second);
    Path file = directory.resolve("ACTIVE");
    Files.writeString(file, Files.readString(file).replace(first, first.replace("seq", "sec")));
    ModelException e = assertThrows(ModelException.class, () -> registry.active());
    assertTrue(e.getMessage().contains("models activate"), e.getMessage());
    registry.activate(first);
    assertEquals(first, registry.active().orElseThrow());
  }

  @Test
  void refusesATrailOfANewerFormat() throws IOException {
    registry.activate(first);
    registry.activate(second);
    Path file = directory.resolve("ACTIVE");
    Files.writeString(file, Files.readString(file).replace("trail 1", "trail 2"));
    ModelException e = assertThrows(ModelException.class, () -> registry.active());
    assertTrue(e.getMessage().contains("Update Zhiyin"), e.getMessage());
  }

  @Test
  void refusesToGoBackToADamagedModelAndStays() throws IOException {
    registry.activate(first);
    registry.activate(second);
    Files.delete(registry.path(first).resolve("weights.safetensors"));
    assertThrows(ModelException.class, registry::rollback);
    assertEquals(second, registry.active().orElseThrow());
  }
}
