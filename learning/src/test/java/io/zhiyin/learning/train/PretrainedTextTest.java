package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Splits;
import io.zhiyin.learning.encode.PretrainedText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a model makes of pretrained text vectors, from training to a new item's first second.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PretrainedTextTest {
  private static final int ITEMS = 30;
  private static final SequenceSettings WITH_TEXTS =
      SequenceSettings.defaults()
          .withEmbeddingSize(16)
          .withHiddenSize(32)
          .withMaxLength(12)
          .withContentRows(1 << 10)
          .withContentSize(8)
          .withTextSize(6)
          .withLearningRate(3e-3);
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(2, 1, Duration.ofMinutes(5), 1);

  private final PretrainedText pretrained = PretrainedText.onClassPath();
  @TempDir private static Path directory;
  private ShopData shop = mixedShop();
  private TextEncoders encoders = TextEncoders.NONE;
  private TrainedSequence trained;

  /// A shop whose titles are English for two thirds and Chinese for the rest.
  private static ShopData mixedShop() {
    ShopData ring = SyntheticShop.ring(ITEMS, 60, 8, 3);
    String[] things = {"nail polish", "shampoo", "eye cream", "towel", "razor"};
    String[] colours = {"红色", "蓝色", "天然", "大号", "男士"};
    for (int i = 0; i < ITEMS; i++) {
      String title =
          i % 3 == 0
              ? colours[i % 5] + (i % 2 == 0 ? "洗面奶" : "指甲油") + i
              : things[i % 5] + " number " + i;
      SyntheticShop.put(ring.catalog(), "i" + i, title);
    }
    return ring;
  }

  @BeforeAll
  void train() throws IOException {
    encoders = pretrained.forShop(directory.resolve("shop")).encoders();
    trained =
        new SequenceTrainer(WITH_TEXTS, OPTIONS, TrainingProgress.Listener.NONE)
            .withEncoders(encoders)
            .train(shop, Splits.leaveOneOut(shop.histories()));
    Lineage lineage = new Lineage("mixed", "", "", 0, 0, 0, 1, 1, Map.of(), "test", "");
    trained.write(modelDirectory(), "seq-text", shop.catalog().vocabulary(), lineage);
  }

  @AfterAll
  void close() {
    pretrained.close();
  }

  private Path modelDirectory() throws IOException {
    return java.nio.file.Files.createDirectories(directory.resolve("model"));
  }

  /// The item's content vector as the network sees it in training: Z · W.
  private float[] asTrained(int item) {
    float[] latent = trained.content().of(shop.catalog(), new int[] {item});
    float[] map = Objects.requireNonNull(trained.network().weights().get("content.map"));
    float[] vector = new float[16];
    for (int c = 0; c < latent.length; c++) {
      for (int j = 0; j < 16; j++) {
        vector[j] += latent[c] * map[c * 16 + j];
      }
    }
    return vector;
  }

  private Item item(String id) {
    return shop.catalog().find(new ItemId(id)).orElseThrow();
  }

  @Test
  void anItemsContentIsServedAsItWasTrainedInBothLanguages() throws IOException {
    SequenceModel model = SequenceModel.load(modelDirectory(), shop.catalog(), encoders);
    assertEquals(8 + 6 + 6, trained.content().size());
    assertTrue(model.readsTexts());
    for (int i = 0; i < ITEMS; i++) {
      Item item = item("i" + i);
      float[] served = model.contentVectorOf(item).orElseThrow();
      assertArrayEquals(asTrained(item.index()), served, 1e-4f);
    }
  }

  @Test
  void textsSpeakAboutAsLoudlyAsTheRestOfTheContent() {
    double rest = 0;
    double texts = 0;
    for (int i = 0; i < ITEMS; i++) {
      float[] latent = trained.content().of(shop.catalog(), new int[] {item("i" + i).index()});
      for (int c = 0; c < latent.length; c++) {
        double square = latent[c] * latent[c];
        rest += c < 8 ? square : 0;
        texts += c < 8 ? 0 : square;
      }
    }
    assertEquals(1, texts / rest, 0.05);
  }

  @Test
  void aNewItemHasAVectorAtOnceAndItsTextSoonAfter() throws IOException {
    ShopData own = mixedShop();
    SequenceModel model = SequenceModel.load(modelDirectory(), own.catalog(), encoders);
    assertEquals(0, model.readTexts());
    SyntheticShop.put(own.catalog(), "new", "nail lacquer number 7 in red");
    Item item = own.catalog().find(new ItemId("new")).orElseThrow();
    float[] first = model.vectorOf(item.index()).orElseThrow();
    float[] complete = model.contentVectorOf(item).orElseThrow();
    assertFalse(java.util.Arrays.equals(first, complete));

    SequenceModel again = SequenceModel.load(modelDirectory(), own.catalog(), fresh("again"));
    float[] before = again.vectorOf(item.index()).orElseThrow();
    assertArrayEquals(first, before);
    assertEquals(1, again.readTexts());
    assertArrayEquals(complete, again.vectorOf(item.index()).orElseThrow());
    assertEquals(0, again.readTexts());
    // a change that leaves the title alone keeps the text's part
    SyntheticShop.put(own.catalog(), "another", "shampoo number 3");
    assertArrayEquals(complete, again.vectorOf(item.index()).orElseThrow());
    SyntheticShop.put(own.catalog(), "new", "chocolate number 7");
    assertEquals(2, again.readTexts());
    assertArrayEquals(
        again.contentVectorOf(own.catalog().find(new ItemId("new")).orElseThrow()).orElseThrow(),
        again.vectorOf(item.index()).orElseThrow());
  }

  private TextEncoders fresh(String name) {
    return pretrained.forShop(directory.resolve(name)).encoders();
  }

  @Test
  void anItemThatOnlyItsTextTellsOfHasAVectorOnceItWasRead() throws IOException {
    ShopData own = mixedShop();
    SequenceModel model = SequenceModel.load(modelDirectory(), own.catalog(), encoders);
    SyntheticShop.put(own.catalog(), "strange", "varnish");
    int index = own.catalog().vocabulary().indexOf(new ItemId("strange"));
    assertTrue(model.vectorOf(index).isEmpty());
    assertEquals(1, model.readTexts());
    assertTrue(model.vectorOf(index).isPresent());
  }

  @Test
  void withoutTheEncodersTheTextsPartIsZeroAndAllElseWorks() throws IOException {
    ShopData own = mixedShop();
    SequenceModel model = SequenceModel.load(modelDirectory(), own.catalog());
    assertFalse(model.readsTexts());
    SyntheticShop.put(own.catalog(), "new", "nail lacquer number 7 in red");
    int index = own.catalog().vocabulary().indexOf(new ItemId("new"));
    assertEquals(0, model.readTexts());
    assertTrue(model.vectorOf(index).isPresent());
    float[] trainedRow = model.vectorOf(0).orElseThrow();
    SequenceModel reading = SequenceModel.load(modelDirectory(), own.catalog(), encoders);
    assertArrayEquals(trainedRow, reading.vectorOf(0).orElseThrow());
  }

  @Test
  void withTextSizeZeroNothingIsReadOrSaved(@TempDir Path plain) throws IOException {
    TrainedSequence without =
        new SequenceTrainer(WITH_TEXTS.withTextSize(0), OPTIONS, TrainingProgress.Listener.NONE)
            .withEncoders(fresh("none"))
            .train(shop, Splits.leaveOneOut(shop.histories()));
    Lineage lineage = new Lineage("mixed", "", "", 0, 0, 0, 1, 1, Map.of(), "test", "");
    without.write(plain, "seq-plain", shop.catalog().vocabulary(), lineage);
    assertTrue(
        Safetensors.read(plain.resolve("weights.safetensors")).names().stream()
            .noneMatch(name -> name.contains(".text.")));
    assertFalse(SequenceModel.load(plain, shop.catalog(), encoders).readsTexts());
  }
}
