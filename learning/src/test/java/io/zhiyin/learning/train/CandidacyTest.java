package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.model.ModelException;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.NewestChoices;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.train.Candidacy.Activation;
import io.zhiyin.learning.train.Candidacy.Mode;
import io.zhiyin.learning.train.Candidacy.Outcome;
import io.zhiyin.learning.train.Promotion.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidacyTest {
  private final ShopData shop = SyntheticShop.ring(20, 80, 10, 2);
  private ModelRegistry registry;

  @TempDir Path directory;

  @BeforeEach
  void open() {
    registry = new ModelRegistry(directory);
  }

  private Outcome run(int entries, SequenceSettings settings, Activation activation)
      throws IOException {
    return Tiny.candidacy(settings).run(Tiny.first(shop, entries), registry, Mode.FULL, activation);
  }

  @Nested
  class ACandidate {
    @Test
    void isUsedWhenItIsTheFirst() throws IOException {
      Outcome first = run(6, Tiny.SETTINGS, Activation.IF_BETTER);
      assertEquals(Verdict.FIRST, first.promotion().verdict());
      assertEquals(first.card().id(), registry.active().orElseThrow());
    }

    @Test
    void isKeptAndExplainedWhenItIsWorse() throws IOException {
      String active = run(6, Tiny.SETTINGS, Activation.IF_BETTER).card().id();
      // steps far too wide: what it learns is noise
      Outcome worse = run(10, Tiny.SETTINGS.withLearningRate(5), Activation.IF_BETTER);
      assertEquals(Verdict.WORSE, worse.promotion().verdict(), worse.promotion().english());
      assertEquals(active, registry.active().orElseThrow());
      Promotion kept = Promotion.read(registry.path(worse.card().id())).orElseThrow();
      assertEquals(worse.promotion(), kept);
      assertTrue(kept.english().contains("worse than " + active), kept.english());
      assertEquals(40, kept.comparison().shoppers());
    }

    @Test
    void isUsedWhenItIsNotWorse() throws IOException {
      String active = run(6, Tiny.SETTINGS.withLearningRate(5), Activation.IF_BETTER).card().id();
      Outcome better = run(10, Tiny.SETTINGS, Activation.IF_BETTER);
      assertEquals(Verdict.NOT_WORSE, better.promotion().verdict(), better.promotion().english());
      assertEquals(active, better.promotion().against());
      assertEquals(better.card().id(), registry.active().orElseThrow());
    }

    @Test
    void isKeptWhenNobodyChoseAnythingSince() throws IOException {
      run(10, Tiny.SETTINGS, Activation.IF_BETTER);
      Outcome again = run(10, Tiny.SETTINGS.withDropout(0.2), Activation.IF_BETTER);
      assertEquals(Verdict.TOO_FEW, again.promotion().verdict());
      assertFalse(again.promotion().activates());
    }

    @Test
    void isUsedOrNotAsAsked() throws IOException {
      Outcome never = run(10, Tiny.SETTINGS, Activation.NEVER);
      assertTrue(registry.active().isEmpty());
      assertEquals(Verdict.HELD_BACK, never.promotion().verdict());
      Outcome always = run(10, Tiny.SETTINGS.withDropout(0.2), Activation.ALWAYS);
      assertEquals(always.card().id(), registry.active().orElseThrow());
    }

    @Test
    void replacesAModelThatCannotBeRead() throws IOException {
      String active = run(6, Tiny.SETTINGS, Activation.IF_BETTER).card().id();
      Files.delete(registry.path(active).resolve("weights.safetensors"));
      Outcome next = run(10, Tiny.SETTINGS, Activation.IF_BETTER);
      assertEquals(Verdict.OTHER_UNREADABLE, next.promotion().verdict());
      assertEquals(next.card().id(), registry.active().orElseThrow());
    }

    @Test
    void isTrainedFromTheStartWhenThereIsNothingToContinue() throws IOException {
      Outcome first =
          Tiny.candidacy(Tiny.SETTINGS).run(shop, registry, Mode.CONTINUE, Activation.IF_BETTER);
      assertEquals(Mode.FULL, first.mode());
    }
  }

  @Nested
  class TheChoicesToCompareOn {
    private final long end = shop.histories().getFirst().timeMillis(5);

    @Test
    void areNewerThanTheOlderModelAndUnknownToTheNewer() {
      NewestChoices newest = NewestChoices.after(shop.histories(), end, 1_000, 1);
      assertEquals(40, newest.shoppers());
      for (Case question : newest.cases()) {
        assertTrue(question.timeMillis() > end);
        assertTrue(
            newest.rest().get(question.user()).size() <= question.before().size(),
            "what is asked is not fitted");
      }
    }

    @Test
    void leaveTheOtherHalfToLearnFrom() {
      NewestChoices newest = NewestChoices.after(shop.histories(), end, 1_000, 1);
      long whole = newest.rest().stream().filter(history -> history.size() == 10).count();
      assertEquals(40, whole);
    }
  }

  @Nested
  class TheComparison {
    @Test
    void ofEqualModelsSaysNotWorse() {
      double[] gains = {0, 1, 0.5, 0.3};
      Promotion promotion = Candidacy.compare(gains, gains, 4, 1).promotion("other", "now");
      assertEquals(Verdict.NOT_WORSE, promotion.verdict());
    }

    @Test
    void ofModelsThatDifferByMoreThanTheToleranceSaysWorse() {
      double[] better = new double[200];
      Arrays.setAll(better, i -> 0.4 + 0.1 * (i % 3));
      double[] worse = Arrays.stream(better).map(gain -> gain - 0.02).toArray();
      assertEquals(
          Verdict.WORSE, Candidacy.compare(worse, better, 200, 1).promotion("a", "now").verdict());
      assertEquals(
          Verdict.NOT_WORSE,
          Candidacy.compare(better, worse, 200, 1).promotion("a", "now").verdict());
    }
  }

  @Test
  void aRecordOfANewerFormatIsRefusedWithWhatToDo() throws IOException {
    new Promotion(Verdict.FIRST, null, null, "2026-11-24T00:00:00Z").write(directory);
    Path file = directory.resolve(Promotion.NAME);
    Files.writeString(
        file, Files.readString(file).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));
    ModelException e = assertThrows(ModelException.class, () -> Promotion.read(directory));
    assertTrue(e.getMessage().contains("Update Zhiyin"), e.getMessage());
  }
}
