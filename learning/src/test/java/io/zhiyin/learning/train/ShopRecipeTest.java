package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopRecipeTest {
  private final ShopRecipe wide =
      new ShopRecipe(Map.of(Knob.EMBEDDING_SIZE, 128.0, Knob.DROPOUT, 0.3));

  @TempDir Path directory;

  private void change(String from, String to) throws IOException {
    wide.write(directory);
    Path file = directory.resolve(ShopRecipe.NAME);
    Files.writeString(file, Files.readString(file).replace(from, to));
  }

  private String refusal() {
    return assertThrows(ModelException.class, () -> ShopRecipe.of(directory)).getMessage();
  }

  @Test
  void comesBackAsItWasWritten() throws IOException {
    wide.write(directory);
    assertEquals(wide, ShopRecipe.of(directory));
    assertEquals(128, wide.settings().embeddingSize());
    assertEquals(SequenceSettings.defaults().layers(), wide.settings().layers());
  }

  @Test
  void isTheDefaultsWhereThereIsNone() throws IOException {
    assertEquals(SequenceSettings.defaults(), ShopRecipe.of(directory).settings());
  }

  @Test
  void ofANewerFormatIsRefusedWithWhatToDo() throws IOException {
    change("\"formatVersion\" : 1", "\"formatVersion\" : 2");
    assertTrue(refusal().contains("has format 2"), refusal());
    assertTrue(refusal().contains("Update Zhiyin"), refusal());
    assertTrue(refusal().contains("./zhiyin tune"), refusal());
  }

  @Test
  void thatIsDamagedIsRefusedWithWhatToDo() throws IOException {
    change("128", "129");
    assertTrue(refusal().contains("is damaged"), refusal());
    Files.writeString(directory.resolve(ShopRecipe.NAME), "{");
    assertTrue(refusal().contains("Delete the file"), refusal());
  }

  @Test
  void everyKnobChangesWhatItNames() {
    for (Knob knob : Knob.values()) {
      assertTrue(
          knob.choices().contains(knob.of(SequenceSettings.defaults())), "default of " + knob);
      for (double choice : knob.choices()) {
        assertEquals(choice, knob.of(knob.with(SequenceSettings.defaults(), choice)));
        assertEquals(knob, Knob.of(knob.wireName()).orElseThrow());
      }
    }
  }
}
