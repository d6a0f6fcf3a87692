package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.engine.model.ModelFiles;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.pipeline.Head;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.BlendFile;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.engine.rank.HeadsFile;
import io.zhiyin.engine.rank.RankerFile;
import io.zhiyin.engine.rank.TreeRanker;
import io.zhiyin.kernel.tree.TreeEnsemble;
import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.ShopData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinuedTrainingTest {
  private final ShopData shop = SyntheticShop.ring(12, 10, 8, 2);
  private ModelRegistry registry;
  private ModelCard parent;

  @TempDir Path directory;

  @BeforeEach
  void train() throws IOException {
    registry = new ModelRegistry(directory);
    parent = Tiny.training().run(Tiny.first(shop, 5), registry);
  }

  /// The shop after a new item came that every shopper took.
  private ShopData withNewItem() {
    SyntheticShop.put(shop.catalog(), "fresh", "word3 group1");
    int item = shop.catalog().vocabulary().indexOf(new ItemId("fresh"));
    List<History> histories = new ArrayList<>();
    for (History history : shop.histories()) {
      long last = history.timeMillis(history.size() - 1);
      histories.add(history.plus(EventKind.DETAIL_PAGE_VIEW, item, last + 60_000));
    }
    return shop.with(histories);
  }

  @Test
  void knowsItsParentAndItemsThatCameSince() throws IOException {
    ModelCard child = Tiny.continued().run(withNewItem(), registry, parent.id());
    assertEquals(parent.id(), child.lineage().parent());
    assertTrue(child.lineage().lastEvent().compareTo(parent.lineage().lastEvent()) > 0);
    List<String> known = Files.readAllLines(registry.path(child.id()).resolve("items.txt"));
    assertTrue(known.contains("fresh"), known::toString);
    assertTrue(
        known.containsAll(Files.readAllLines(registry.path(parent.id()).resolve("items.txt"))));
    SequenceModel model = SequenceModel.load(registry.path(child.id()), shop.catalog());
    int item = shop.catalog().vocabulary().indexOf(new ItemId("fresh"));
    float[] content = model.contentVectorOf(shop.catalog().at(item)).orElseThrow();
    float[] learned = model.vectorOf(item).orElseThrow();
    assertTrue(
        IntStream.range(0, content.length).anyMatch(j -> content[j] != learned[j]),
        "it has learned something of its own");
  }

  @Test
  void startsFromExactlyWhatTheParentServes() throws IOException {
    ShopData now = withNewItem();
    Parent start = Parent.load(registry.path(parent.id()), shop.catalog(), TextEncoders.NONE);
    SequenceModel model = SequenceModel.load(registry.path(parent.id()), shop.catalog());
    int[] items = IntStream.range(0, now.catalog().indexBound()).toArray();
    SequenceNetwork network =
        new SequenceNetwork(
            start.shaped(Tiny.SETTINGS),
            items.length,
            start.types().size(),
            start.of(now.catalog(), items),
            start.size());
    network.restore(start.weights(now.catalog(), items, network.savedAsIs()));
    try (PointerScope _ = new PointerScope()) {
      float[] table = Tensors.floats(network.items());
      int d = model.embeddingSize();
      for (int item : items) {
        float[] row = java.util.Arrays.copyOfRange(table, item * d, (item + 1) * d);
        assertArrayEquals(model.vectorOf(item).orElseThrow(), row, 1e-5f, "item " + item);
      }
    }
  }

  @Test
  void savesHowAllEvidenceIsWeighed() throws IOException {
    ModelCard child = Tiny.continued().run(shop, registry, parent.id());
    assertTrue(child.files().containsKey(BlendFile.NAME));
    BlendFile.read(registry.path(child.id()).resolve(BlendFile.NAME));
  }

  @Test
  void handsOnALearnedRankerOnlyWithTheWeightsThatItGoesWith() throws IOException {
    Path from = registry.path(parent.id());
    BlendFile.write(from.resolve(BlendFile.NAME), BlendWeights.COLD);
    TreeEnsemble tree =
        new TreeEnsemble(
            new int[] {~0}, new int[0], new float[0], new int[0], new int[0], new float[] {1});
    RankerFile.write(from.resolve(RankerFile.NAME), new TreeRanker(tree));
    Heads heads =
        new Heads(
            List.of(
                new Heads.Learned(
                    Head.PURCHASE, tree, new Heads.Quality(300, 100, 0.5, 0.6, 0.1, 0.2))));
    HeadsFile.write(from.resolve(HeadsFile.NAME), heads);
    ModelFiles.seal(from, parent);
    ModelCard child = Tiny.continued().run(shop, registry, parent.id());
    Path to = registry.path(child.id());
    assertEquals(
        child.files().containsKey(RankerFile.NAME),
        BlendFile.read(to.resolve(BlendFile.NAME)).equals(BlendWeights.COLD));
    assertEquals(child.files().containsKey(RankerFile.NAME), RankerFile.find(to).isPresent());
    assertEquals(
        child.files().containsKey(RankerFile.NAME),
        !HeadsFile.find(to).isEmpty(),
        "heads go with the ranker");
  }

  @Test
  void canBeContinuedItself() throws IOException {
    ModelCard child = Tiny.continued().run(Tiny.first(shop, 7), registry, parent.id());
    ModelCard grandchild = Tiny.continued().run(shop, registry, child.id());
    assertEquals(child.id(), grandchild.lineage().parent());
  }

  @Test
  void refusesWhenNothingHappenedSince() {
    NothingToLearnException e =
        assertThrows(
            NothingToLearnException.class,
            () -> Tiny.continued().run(Tiny.first(shop, 5), registry, parent.id()));
    assertTrue(e.getMessage().contains("nothing new"), e.getMessage());
    assertTrue(e.getMessage().contains("--continue"), e.getMessage());
  }

  @Test
  void refusesAParentWhoseWeightsAreDamaged() throws IOException {
    Path weights = registry.path(parent.id()).resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 1;
    Files.write(weights, bytes);
    assertThrows(ModelException.class, () -> Tiny.continued().run(shop, registry, parent.id()));
  }
}
