package io.zhiyin.lab.bench;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.model.EventTypes;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelFiles;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.rank.BlendFile;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.RankFeature;
import io.zhiyin.engine.rank.RankerFile;
import io.zhiyin.engine.rank.TreeRanker;
import io.zhiyin.kernel.nn.Architecture;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.nn.SequenceConfig;
import io.zhiyin.kernel.tree.TreeEnsemble;
import io.zhiyin.learning.train.SequenceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// A saved model of the default shape whose weights are drawn, with a ranker of drawn trees: as
/// much work in a request as a trained one, and nothing to wait for.
final class RandomModel {
  /// About what a shop's own trees come to: LightGBM's 31 leaves, a few hundred rounds.
  private static final int TREES = 200;

  private static final int LEVELS = 5;

  /// How far items lie from the middle of their kind, beside how far kinds lie apart.
  private static final float NOISE = 0.85f;

  private RandomModel() {}

  /// Writes all files of the model into an empty directory.
  static void write(Path directory, String id, int items, IntFunction<String> itemId)
      throws IOException {
    SequenceSettings settings = SequenceSettings.defaults();
    List<String> types =
        EventTypes.engagements().kinds().stream().map(EventKind::wireName).toList();
    SequenceConfig config =
        new SequenceConfig(
            settings.embeddingSize(),
            settings.heads(),
            settings.layers(),
            settings.hiddenSize(),
            settings.maxLength(),
            types.size(),
            settings.gapBuckets());
    SplittableRandom random = new SplittableRandom(3);
    Safetensors tensors = RandomWeights.of(config, items(random, items, config.embeddingSize()), 1);
    int rows = settings.contentRows();
    float[] idf = new float[rows];
    Arrays.fill(idf, 1);
    tensors.put("content.idf", idf, rows);
    tensors.put(
        "content.weight",
        RandomWeights.numbers(random, rows * config.embeddingSize(), 0.1f),
        rows,
        config.embeddingSize());
    tensors.write(directory.resolve("weights.safetensors"));
    Files.write(
        directory.resolve("items.txt"), IntStream.range(0, items).mapToObj(itemId).toList());
    BlendFile.write(directory.resolve(BlendFile.NAME), BlendWeights.DEFAULT);
    RankerFile.write(directory.resolve(RankerFile.NAME), new TreeRanker(trees(random)));
    Map<String, Integer> parameters =
        Map.of(
            "embeddingSize", config.embeddingSize(),
            "heads", config.heads(),
            "layers", config.layers(),
            "hiddenSize", config.hiddenSize(),
            "maxLength", config.maxLength(),
            "gapBuckets", config.gapBuckets(),
            "contentRows", rows);
    String epoch = "1970-01-01T00:00:00Z";
    ModelFiles.seal(
        directory,
        new ModelCard(
            ModelCard.FORMAT_VERSION,
            id,
            SequenceModel.kind(Architecture.SASREC),
            parameters,
            types,
            Map.of(),
            new Lineage("random", epoch, epoch, 0, 0, items, 1, 0, Map.of(), "bench", epoch)));
  }

  /// Vectors that lie about the kinds of product as trained ones do: a search by groups has to read
  /// about as many of them as of a model trained on Beauty and grown to as many items
  /// (`docs/benchmarks.md`). Numbers drawn one by one have no neighbours to speak of, which no
  /// catalogue is like.
  private static float[] items(SplittableRandom random, int items, int d) {
    float scale = (float) Math.sqrt(3.0 / d);
    float[] kinds = RandomWeights.numbers(random, LoadShop.TYPES * d, scale);
    float[] vectors = RandomWeights.numbers(random, items * d, NOISE * scale);
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] += kinds[i / d % LoadShop.TYPES * d + i % d];
    }
    return vectors;
  }

  /// Full trees with 2^[#LEVELS] leaves that ask drawn features for drawn thresholds.
  private static TreeEnsemble trees(SplittableRandom random) {
    int inner = (1 << LEVELS) - 1;
    int nodes = TREES * inner;
    int[] left = new int[nodes];
    int[] right = new int[nodes];
    for (int tree = 0; tree < TREES; tree++) {
      for (int node = 0; node < inner; node++) {
        int child = 2 * node + 1;
        int base = tree * inner;
        int leaf = tree * (inner + 1) + child - inner;
        left[base + node] = child < inner ? base + child : ~leaf;
        right[base + node] = child < inner ? base + child + 1 : ~(leaf + 1);
      }
    }
    return new TreeEnsemble(
        IntStream.range(0, TREES).map(tree -> tree * inner).toArray(),
        random.ints(nodes, 0, RankFeature.COUNT).toArray(),
        RandomWeights.numbers(random, nodes, 2),
        left,
        right,
        RandomWeights.numbers(random, TREES * (inner + 1), 0.1f));
  }
}
