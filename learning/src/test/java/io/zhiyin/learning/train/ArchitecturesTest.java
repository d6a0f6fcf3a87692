package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.model.EventTypes;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.engine.model.ModelFiles;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.profile.History;
import io.zhiyin.kernel.nn.Architecture;
import io.zhiyin.kernel.vector.TopK;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.Protocol;
import io.zhiyin.learning.dataset.SequenceBatch;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.TypedSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every architecture learns, in both twins, what only the order of the events tells.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitecturesTest {
  private static final int ITEMS = 20;
  private static final SequenceSettings SMALL =
      SequenceSettings.defaults()
          .withEmbeddingSize(32)
          .withHiddenSize(32)
          .withMaxLength(10)
          .withContentRows(1 << 8)
          .withContentSize(8)
          .withBatchSize(8)
          .withLearningRate(5e-3)
          .withDropout(0.05)
          .withIdDropout(0);
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(10, 1, Duration.ofMinutes(5), 1);

  private final ShopData shop = bothWays();

  /// Nothing is held out: all passes are run and the last weights kept.
  private final Split split =
      new Split(Protocol.LEAVE_ONE_OUT, shop.histories(), List.of(), shop.histories(), List.of());

  private final Map<Architecture, TrainedSequence> trained = new EnumMap<>(Architecture.class);

  @BeforeAll
  void train() {
    for (Architecture architecture : Architecture.values()) {
      trained.put(architecture, train(architecture, OPTIONS));
    }
  }

  private TrainedSequence train(Architecture architecture, TrainingOptions options) {
    return new SequenceTrainer(
            SMALL.withArchitecture(architecture), options, TrainingProgress.Listener.NONE)
        .train(shop, split);
  }

  /// Shoppers who walk around a ring of items, half of them backwards: the last item alone does not
  /// tell the next, the last two do.
  private static ShopData bothWays() {
    Catalog catalog = new Catalog();
    for (int i = 0; i < ITEMS; i++) {
      SyntheticShop.put(catalog, "i" + i, "word" + i);
    }
    List<History> histories = new ArrayList<>();
    for (int user = 0; user < 10 * ITEMS; user++) {
      histories.add(walk(user % ITEMS, user / ITEMS % 2 == 0 ? 1 : ITEMS - 1, 11));
    }
    return new ShopData("both ways", catalog, histories);
  }

  private static History walk(int start, int step, int length) {
    int[] items = IntStream.range(0, length).map(i -> (start + i * step) % ITEMS).toArray();
    long[] times = IntStream.range(0, length).mapToLong(i -> i * 60_000L).toArray();
    return History.of(EventKind.DETAIL_PAGE_VIEW, items, times);
  }

  private TrainedSequence trained(Architecture architecture) {
    return Objects.requireNonNull(trained.get(architecture));
  }

  private SequenceModel saved(Architecture architecture, Path directory) throws IOException {
    write(trained(architecture), directory);
    return SequenceModel.load(directory, shop.catalog());
  }

  private void write(TrainedSequence sequence, Path directory) throws IOException {
    Lineage lineage =
        new Lineage("", "", "", 0, 0, 0, 1, 1, Map.of(), "test", "2026-01-01T00:00:00Z");
    sequence.write(directory, "seq-test", shop.catalog().vocabulary(), lineage);
  }

  /// What the network says after each event of the sequences `[Σ length, d]`.
  private static float[] outputs(TrainedSequence trained, TypedSequence... sequences) {
    List<SequenceBatch.Window> windows =
        Arrays.stream(sequences).map(s -> new SequenceBatch.Window(s, 0, s.size())).toList();
    SequenceBatch batch = SequenceBatch.questions(windows, SMALL.gapBuckets());
    long[] asked =
        IntStream.range(0, sequences.length)
            .boxed()
            .flatMap(
                b ->
                    IntStream.range(0, sequences[b].size())
                        .mapToObj(j -> (long) b * batch.length() + j))
            .mapToLong(Long::longValue)
            .toArray();
    SequenceBatch all =
        new SequenceBatch(
            batch.size(),
            batch.length(),
            batch.items(),
            batch.types(),
            batch.gaps(),
            batch.times(),
            asked,
            new long[asked.length],
            new float[asked.length]);
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      SequenceNetwork network = trained.network();
      return Tensors.floats(network.forward(all, network.items(), Dropout.NONE));
    }
  }

  private static TypedSequence sequence(TrainedSequence trained, History history) {
    return TypedSequence.of(history, trained.rows(), EventTypes.engagements());
  }

  @ParameterizedTest
  @EnumSource
  void foretellsTheNextItemOfEitherWayNearlyForCertain(
      Architecture architecture, @TempDir Path directory) throws IOException {
    SequenceModel model = saved(architecture, directory);
    int right = 0;
    double certainty = 0;
    for (int start = 0; start < ITEMS; start++) {
      for (int step : new int[] {1, ITEMS - 1}) {
        float[] vector = model.encode(walk(start, step, 4)).orElseThrow();
        TopK best = new TopK(1);
        model.topK(vector, 1, _ -> true, best);
        int next = (start + 4 * step) % ITEMS;
        right += best.row(0) == next ? 1 : 0;
        float[] scores = new float[ITEMS];
        model.scoreAll(vector, scores);
        double sum = 0;
        for (float score : scores) {
          sum += Math.exp(score - scores[next]);
        }
        certainty += 1 / sum / (2 * ITEMS);
      }
    }
    assertEquals(2 * ITEMS, right);
    assertTrue(certainty > 0.9, "mean probability of the next item: " + certainty);
  }

  @ParameterizedTest
  @EnumSource
  void encodesWithoutLibtorchAsWithIt(Architecture architecture, @TempDir Path directory)
      throws IOException {
    SequenceModel model = saved(architecture, directory);
    for (int length = 1; length <= SMALL.maxLength(); length++) {
      History history = walk(length, 3, length);
      float[] outputs = outputs(trained(architecture), sequence(trained(architecture), history));
      int d = SMALL.embeddingSize();
      assertArrayEquals(
          Arrays.copyOfRange(outputs, (length - 1) * d, length * d),
          model.encode(history).orElseThrow(),
          2e-5f,
          "length " + length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesNotLookAtLaterEventsNorAtOtherShoppers(Architecture architecture) {
    TrainedSequence network = trained(architecture);
    int d = SMALL.embeddingSize();
    int[] walk = {3, 4, 5, 6, 7, 8};
    int[] other = {3, 4, 5, 12, 9, 1};
    long[] times = {0, 60_000, 120_000, 180_000, 240_000, 300_000};
    long[] late = {0, 60_000, 120_000, 86_400_000, 90_000_000, 99_000_000};
    float[] first =
        outputs(network, sequence(network, History.of(EventKind.DETAIL_PAGE_VIEW, walk, times)));
    float[] second =
        outputs(
            network,
            sequence(network, History.of(EventKind.DETAIL_PAGE_VIEW, other, late)),
            sequence(network, walk(1, 1, 9)));
    for (int j = 0; j < 6; j++) {
      float[] expected = Arrays.copyOfRange(first, j * d, (j + 1) * d);
      float[] found = Arrays.copyOfRange(second, j * d, (j + 1) * d);
      if (j < 3) {
        assertArrayEquals(expected, found, 1e-5f, "event " + j);
      } else {
        assertFalse(Arrays.equals(expected, found), "event " + j);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameBytesForTheSameSeed(Architecture architecture, @TempDir Path directory)
      throws IOException {
    Path first = Files.createDirectory(directory.resolve("first"));
    Path second = Files.createDirectory(directory.resolve("second"));
    write(train(architecture, OPTIONS.withEpochs(1)), first);
    write(train(architecture, OPTIONS.withEpochs(1)), second);
    for (String file : List.of("weights.safetensors", "items.txt", "model.json")) {
      assertArrayEquals(
          Files.readAllBytes(first.resolve(file)), Files.readAllBytes(second.resolve(file)), file);
    }
  }

  @Test
  void aModelOfAnArchitectureThatNobodyKnowsIsRefused(@TempDir Path directory) throws IOException {
    write(trained(Architecture.HSTU), directory);
    Path card = directory.resolve(ModelFiles.CARD);
    Files.writeString(card, Files.readString(card).replace("sequence-hstu", "sequence-lstm"));
    ModelException e =
        assertThrows(ModelException.class, () -> SequenceModel.load(directory, shop.catalog()));
    assertTrue(
        e.getMessage()
            .endsWith(
                "holds a model of kind 'sequence-lstm', not 'sequence-gru4rec', 'sequence', 'sequence-hstu'. Activate another model, or train a new one with './zhiyin train'."),
        e.getMessage());
  }

  @Test
  void aModelWrittenBeforeThereWereOthersIsReadAsSasRec() throws Exception {
    ShopData ring = SyntheticShop.ring(12, 10, 6, 2);
    Path directory =
        Path.of(Objects.requireNonNull(getClass().getResource("/models/seq-0.1.0")).toURI());
    SequenceModel model = SequenceModel.load(directory, ring.catalog());
    History history =
        History.of(
            EventKind.DETAIL_PAGE_VIEW,
            new int[] {3, 4, 5, 9},
            new long[] {0, 60_000, 120_000, 86_400_000});
    assertArrayEquals(
        new float[] {
          -0.2856727f,
          -1.3616395f,
          -0.8363516f,
          1.2413907f,
          -0.70604706f,
          1.019206f,
          1.3786663f,
          -0.45145246f
        },
        model.encode(history).orElseThrow(),
        1e-5f);
  }
}
