package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.model.EventTypes;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.Repeats;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.MetItems;
import io.zhiyin.engine.recall.BatchedSequenceSource;
import io.zhiyin.engine.recall.SequenceSource;
import io.zhiyin.kernel.vector.TopK;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SequenceTrainerTest {
  private static final SequenceSettings SMALL =
      SequenceSettings.defaults()
          .withEmbeddingSize(16)
          .withHiddenSize(32)
          .withMaxLength(12)
          .withContentRows(1 << 10)
          .withContentSize(16)
          .withBatchSize(32)
          .withNegatives(1_000)
          .withLearningRate(3e-3)
          .withDropout(0.1)
          .withPatience(4);
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(12, 1, Duration.ofMinutes(5), 1);

  private final ShopData shop = SyntheticShop.ring(40, 150, 15, 1);
  private final Split split = Splits.leaveOneOut(shop.histories());
  private final List<TrainingProgress> heard = new ArrayList<>();
  private TrainedSequence trained;

  @BeforeAll
  void train() {
    trained = new SequenceTrainer(SMALL, OPTIONS, heard::add).train(shop, split);
  }

  private static Lineage lineage() {
    return new Lineage("ring", "", "", 0, 0, 0, 1, 1, Map.of(), "test", "2026-01-01T00:00:00Z");
  }

  private SequenceModel saved(Path directory) throws IOException {
    trained.write(directory, "seq-test", shop.catalog().vocabulary(), lineage());
    return SequenceModel.load(directory, shop.catalog());
  }

  @Nested
  class TrainingOnARingOfItems {
    @Test
    void lowersTheLossAndFindsTheNextItemFarBetterThanPopularity() {
      assertTrue(heard.getLast().loss() < 0.7 * heard.getFirst().loss(), heard::toString);
      // 90 % of steps go to the next item; popularity finds one in forty first
      assertTrue(trained.metric() > 0.6, () -> "ndcg@10 was " + trained.metric());
    }

    @Test
    void learnsAsWellFromASampleOfALargeCatalogue() {
      SequenceSettings sampling = SMALL.withNegatives(9);
      TrainedSequence sampled =
          new SequenceTrainer(sampling, OPTIONS, TrainingProgress.Listener.NONE).train(shop, split);
      assertTrue(sampled.metric() > 0.6, () -> "ndcg@10 was " + sampled.metric());
    }

    @Test
    void keepsTheWeightsOfTheBestPass() {
      double best = heard.stream().mapToDouble(TrainingProgress::metric).max().orElseThrow();
      assertEquals(best, trained.metric());
      ValidationRanking again =
          new ValidationRanking(
              split.validation(), trained.rows(), EventTypes.engagements(), SMALL);
      assertEquals(best, again.ndcg(trained.network()), 1e-9);
    }

    @Test
    void stopsWhenTimeIsOverAndStillGivesAModel() {
      TrainedSequence cut =
          new SequenceTrainer(
                  SMALL, OPTIONS.withBudget(Duration.ofMillis(1)), TrainingProgress.Listener.NONE)
              .train(shop, split);
      assertEquals(shop.catalog().indexBound(), cut.rows().size());
    }

    @Test
    void givesTheSameBytesForTheSameSeed(@TempDir Path directory) throws IOException {
      Path first = Files.createDirectory(directory.resolve("first"));
      Path second = Files.createDirectory(directory.resolve("second"));
      for (Path path : List.of(first, second)) {
        new SequenceTrainer(SMALL, OPTIONS.withEpochs(2), TrainingProgress.Listener.NONE)
            .train(shop, split)
            .write(path, "seq-test", shop.catalog().vocabulary(), lineage());
      }
      for (String file : List.of("weights.safetensors", "items.txt", "model.json")) {
        assertArrayEquals(
            Files.readAllBytes(first.resolve(file)),
            Files.readAllBytes(second.resolve(file)),
            file);
      }
    }
  }

  @Nested
  class TheSavedModel {
    @Test
    void encodesAsTheNetworkDoes(@TempDir Path directory) throws IOException {
      SequenceModel model = saved(directory);
      EncodesAlike.assertSame(trained, model, split.test().subList(0, 20), SMALL);
    }

    @Test
    void ranksTheNextItemOfTheRingFirst(@TempDir Path directory) throws IOException {
      SequenceModel model = saved(directory);
      int right = 0;
      for (int start = 0; start < 40; start++) {
        int[] walk = {start, (start + 1) % 40, (start + 2) % 40};
        History history =
            History.of(EventKind.DETAIL_PAGE_VIEW, walk, new long[] {0, 60_000, 120_000});
        TopK best = new TopK(1);
        model.topK(model.encode(history).orElseThrow(), 1, _ -> true, best);
        right += best.row(0) == (start + 3) % 40 ? 1 : 0;
      }
      assertTrue(right >= 30, "only " + right + " of 40");
    }

    @Test
    void putsANewItemNearTheOneWhoseWordsItHas(@TempDir Path directory) throws IOException {
      ShopData own = SyntheticShop.ring(40, 150, 15, 1);
      trained.write(directory, "seq-test", own.catalog().vocabulary(), lineage());
      SequenceModel model = SequenceModel.load(directory, own.catalog());
      assertEquals(40, model.itemBound());
      SyntheticShop.put(own.catalog(), "new", "word7 group1");
      assertEquals(41, model.itemBound());
      int index = own.catalog().vocabulary().indexOf(new ItemId("new"));
      float[] vector = model.vectorOf(index).orElseThrow();
      int nearer = 0;
      for (int other = 0; other < 40; other++) {
        nearer += cosine(vector, contentOf(model, own, other)) > 0.999 ? 1 : 0;
      }
      assertEquals(1, nearer);
      assertTrue(cosine(vector, contentOf(model, own, 7)) > 0.999);
    }

    @Test
    void readsANewItemAnewWhenItsWordsChange(@TempDir Path directory) throws IOException {
      ShopData own = SyntheticShop.ring(40, 150, 15, 1);
      trained.write(directory, "seq-test", own.catalog().vocabulary(), lineage());
      SequenceModel model = SequenceModel.load(directory, own.catalog());
      SyntheticShop.put(own.catalog(), "new", "word7 group1");
      int index = own.catalog().vocabulary().indexOf(new ItemId("new"));
      float[] before = model.vectorOf(index).orElseThrow();
      SyntheticShop.put(own.catalog(), "new", "word21 group4");
      assertTrue(cosine(before, model.vectorOf(index).orElseThrow()) < 0.9);
      SyntheticShop.put(own.catalog(), "new", "nobody ever said this");
      assertTrue(model.vectorOf(index).isEmpty());
    }

    private float[] contentOf(SequenceModel model, ShopData own, int index) {
      Item item = own.catalog().at(index);
      return model.contentVectorOf(item).orElseThrow();
    }

    private double cosine(float[] a, float[] b) {
      double dot = 0;
      double aa = 0;
      double bb = 0;
      for (int i = 0; i < a.length; i++) {
        dot += a[i] * b[i];
        aa += a[i] * a[i];
        bb += b[i] * b[i];
      }
      return dot / Math.sqrt(aa * bb);
    }
  }

  @Nested
  class WhatAShopperHasMet {
    private static final History WALK =
        History.of(EventKind.DETAIL_PAGE_VIEW, new int[] {3, 4, 5, 4}, new long[4]);

    private SequenceModel changed(Path directory, float change) throws IOException {
      float[] changes = new float[Repeats.RECENCY + Repeats.TIMES];
      Arrays.fill(changes, 0, Repeats.RECENCY, change);
      trained
          .with(new Repeats(changes))
          .write(directory, "seq-test", shop.catalog().vocabulary(), lineage());
      return SequenceModel.load(directory, shop.catalog());
    }

    private List<Integer> proposed(CandidateSource source, int limit) {
      List<Integer> items = new ArrayList<>();
      source.retrieve(query(), limit, (item, _) -> items.add(item));
      return items;
    }

    private Query query() {
      Case question = new Case(0, WALK, 6, 0);
      return new Evidences(shop.catalog(), List.of(), 10).query(question);
    }

    @Test
    void isLearnedFromHeldOutChoicesAndSavedWithTheModel(@TempDir Path directory)
        throws IOException {
      assertFalse(trained.repeats().isNone());
      assertEquals(trained.repeats(), saved(directory).repeats());
    }

    @Test
    void comesFirstWhereShoppersComeBack(@TempDir Path directory) throws IOException {
      SequenceModel model = changed(directory, 100);
      List<Integer> items = proposed(new SequenceSource(model), 10);
      assertEquals(Set.of(3, 4, 5), Set.copyOf(items.subList(0, 3)));
      assertEquals(10, Set.copyOf(items).size());
    }

    @Test
    void comesLastWhereTheyNeverDo(@TempDir Path directory) throws IOException {
      SequenceModel model = changed(directory, -100);
      List<Integer> items = proposed(new SequenceSource(model), 40);
      assertEquals(Set.of(3, 4, 5), Set.copyOf(items.subList(37, 40)));
      assertEquals(40, Set.copyOf(items).size());
      assertEquals(7, proposed(new SequenceSource(model), 7).size());
    }

    @Test
    void countsTheSameInListsMadeAheadOfRequests(@TempDir Path directory) throws IOException {
      SequenceModel model = changed(directory, 2);
      Query query = query();
      BatchedSequenceSource batch = BatchedSequenceSource.of(model, List.of(query.profile()), 40);
      assertEquals(proposed(new SequenceSource(model), 10), proposed(batch, 10));
      int[] all = IntStream.range(0, 40).toArray();
      assertArrayEquals(
          new SequenceSource(model).measure(query, all), batch.measure(query, all), 1e-4f);
      assertEquals(
          new SequenceSource(saved(directory)).measure(query, all)[4]
              + 2
              - trained.repeats().of(MetItems.of(WALK), 0),
          batch.measure(query, all)[4],
          1e-4);
    }
  }
}
