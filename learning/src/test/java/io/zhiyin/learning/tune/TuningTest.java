package io.zhiyin.learning.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import io.zhiyin.learning.train.NothingToLearnException;
import io.zhiyin.learning.train.ShopRecipe;
import io.zhiyin.learning.train.TrainingDevice;
import io.zhiyin.learning.train.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningTest {
  private static final Tuning.Options OPTIONS =
      new Tuning.Options(Duration.ofMinutes(5), 1, 1, 2, 1, 1, 4, TrainingDevice.CPU);

  private final ShopData shop = SyntheticShop.ring(20, 40, 12, 3);

  @TempDir Path directory;

  /// Hears and, at the given beginning, gives up as a process does that is killed.
  private static final class Ear implements Tuning.Listener {
    private final int deadAt;
    private final List<String> begun = new ArrayList<>();

    Ear(int deadAt) {
      this.deadAt = deadAt;
    }

    @Override
    public void begins(int trial, int passes, ShopRecipe recipe, Duration left) {
      begun.add(trial + "/" + passes);
      if (begun.size() == deadAt) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void measured(Measured measured, Duration left) {}

    @Override
    public void heard(TrainingProgress progress) {}
  }

  private Path log() {
    return directory.resolve("tune").resolve("trials.jsonl");
  }

  private TuningReport run(Tuning.Options options, Ear ear) throws IOException {
    return new Tuning(options, ear, TextEncoders.NONE).run(shop, directory);
  }

  @Test
  void aSearchThatWasKilledGoesOnToTheSameEnd(@TempDir Path other) throws IOException {
    TuningReport whole = new Tuning(OPTIONS, new Ear(0), TextEncoders.NONE).run(shop, other);
    assertThrows(IllegalStateException.class, () -> run(OPTIONS, new Ear(3)));
    // the kill came while a line was written
    Files.writeString(log(), "{\"formatVersion\":1,\"ki", StandardOpenOption.APPEND);
    Ear ear = new Ear(0);
    TuningReport resumed = run(OPTIONS, ear);
    assertEquals(2, ear.begun.size(), "what was measured is not measured again");
    assertEquals(whole.recipe(), resumed.recipe());
    for (int i = 0; i < 4; i++) {
      assertEquals(whole.measured().get(i).recipe(), resumed.measured().get(i).recipe());
      assertArrayEquals(whole.measured().get(i).gains(), resumed.measured().get(i).gains());
    }
    assertEquals(resumed.recipe(), ShopRecipe.of(directory));
    assertTrue(resumed.table().contains("defaults / 默认"), resumed.table());
    String page = resumed.html();
    assertTrue(page.contains("<svg") && page.contains("配方搜索"), page);
    assertTrue(!page.contains("http"), "nothing is fetched from elsewhere");
  }

  @Test
  void aLogThatIsDamagedOrNewerIsRefusedWithWhatToDo() throws IOException {
    run(OPTIONS.withMost(1), new Ear(0));
    String good = Files.readString(log());
    Files.writeString(log(), good.replace("\"rung\":0", "\"rung\":1"));
    ModelException damaged = assertThrows(ModelException.class, () -> run(OPTIONS, new Ear(0)));
    assertTrue(damaged.getMessage().contains("Line 2 of"), damaged.getMessage());
    assertTrue(damaged.getMessage().contains("Move the file away"), damaged.getMessage());
    Files.writeString(log(), good.replace("\"formatVersion\":1", "\"formatVersion\":2"));
    ModelException newer = assertThrows(ModelException.class, () -> run(OPTIONS, new Ear(0)));
    assertTrue(newer.getMessage().contains("Update Zhiyin"), newer.getMessage());
  }

  @Test
  void measurementsOfOtherDataAreSetAside() throws IOException {
    run(OPTIONS.withMost(1), new Ear(0));
    Ear ear = new Ear(0);
    run(OPTIONS.withMost(1).withSeed(2), ear);
    assertEquals(1, ear.begun.size());
    assertTrue(Files.exists(log().resolveSibling("trials.jsonl.earlier")));
  }

  @Test
  void aShopWithTooLittlePastIsToldSo() {
    ShopData small = SyntheticShop.ring(5, 1, 2, 1);
    NothingToLearnException e =
        assertThrows(
            NothingToLearnException.class,
            () -> new Tuning(OPTIONS, new Ear(0), TextEncoders.NONE).run(small, directory));
    assertTrue(e.getMessage().contains("Train with the defaults"), e.getMessage());
  }

  @Test
  void nothingThatEvaluateTestsIsFittedOrAsked() {
    Split time = Splits.timeSplit(shop.histories(), 0.1);
    long moment = time.test().stream().mapToLong(Case::timeMillis).min().orElseThrow();
    for (Split fold : Folds.of(shop, 2).splits()) {
      assertTrue(fold.validation().stream().allMatch(c -> c.timeMillis() < moment));
      for (History fitted : fold.fit()) {
        assertTrue(fitted.timeMillis(fitted.size() - 1) < moment);
      }
      for (Case question : fold.validation()) {
        History whole = shop.histories().get(question.user());
        assertTrue(question.before().size() < whole.size() - 1, "the last choice is a test's");
      }
    }
  }
}
