package io.zhiyin.learning.train;

import io.zhiyin.engine.feature.Feature;
import io.zhiyin.engine.feature.ItemFacts;
import io.zhiyin.engine.model.DenseNetwork;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelFiles;
import io.zhiyin.engine.profile.History;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.learning.dataset.Shuffle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Learns the plain network of the article: features → 64 → 32 → 1, sigmoid, binary cross-entropy
/// on what shoppers did against items drawn at random.
public final class DnnTrainer {
  private static final int BATCH = 512;
  private static final double LEARNING_RATE = 2e-3;
  private static final double REGULARIZATION = 1e-3;

  /// Small data is passed over more often, up to this many steps in all.
  private static final int MIN_STEPS = 600;

  private static final int MAX_EPOCHS = 200;
  private static final int EPOCHS = 3;

  private final long seed;
  private final TrainingProgress.Listener listener;

  public DnnTrainer(long seed, TrainingProgress.Listener listener) {
    this.seed = seed;
    this.listener = listener;
  }

  /// The weights, as [DenseNetwork#of] reads them.
  ///
  /// @throws NothingToLearnException when no history has an item
  public Safetensors train(ItemFacts facts, List<History> histories) {
    InterestExamples examples = InterestExamples.of(facts, histories, seed);
    if (examples.rows() == 0) {
      throw new NothingToLearnException(
          "There is nothing to learn from: no shopper has an event with an item yet. Import events with './zhiyin import', then try again.");
    }
    return train(examples);
  }

  Safetensors train(InterestExamples examples) {
    synchronized (SequenceTrainer.ONE_AT_A_TIME) {
      torch.set_num_threads(1);
      torch.manual_seed(seed);
      float[] center = new float[Feature.COUNT];
      float[] scale = new float[Feature.COUNT];
      float[] inputs = standardized(examples, center, scale);
      try (PointerScope _ = new PointerScope()) {
        DenseLayers layers = new DenseLayers();
        fit(layers, inputs, examples);
        Safetensors file = new Safetensors();
        file.put("features.center", center, Feature.COUNT);
        file.put("features.scale", scale, Feature.COUNT);
        layers.save(file);
        return file;
      }
    }
  }

  /// Saves what [#train] gave as a model directory.
  public static ModelCard write(Path directory, String id, Safetensors weights, Lineage lineage)
      throws IOException {
    weights.write(directory.resolve("weights.safetensors"));
    return ModelFiles.seal(
        directory,
        new ModelCard(
            ModelCard.FORMAT_VERSION,
            id,
            DenseNetwork.KIND,
            Map.of("features", Feature.COUNT),
            List.of(),
            Map.of(),
            lineage));
  }

  private static float[] standardized(InterestExamples examples, float[] center, float[] scale) {
    int f = Feature.COUNT;
    int rows = examples.rows();
    float[] result = examples.features().clone();
    for (int c = 0; c < f; c++) {
      double sum = 0;
      double square = 0;
      for (int r = 0; r < rows; r++) {
        double value = result[r * f + c];
        sum += value;
        square += value * value;
      }
      double mean = sum / rows;
      double deviation = Math.sqrt(Math.max(0, square / rows - mean * mean));
      center[c] = (float) mean;
      scale[c] = deviation > 1e-6 ? (float) (1 / deviation) : 0;
      for (int r = 0; r < rows; r++) {
        result[r * f + c] = (result[r * f + c] - center[c]) * scale[c];
      }
    }
    return result;
  }

  private void fit(DenseLayers layers, float[] inputs, InterestExamples examples) {
    long start = System.nanoTime();
    AdamWOptions adam = new AdamWOptions(LEARNING_RATE);
    adam.weight_decay().put(REGULARIZATION);
    AdamW optimizer = new AdamW(layers.parameters(), adam);
    int rows = examples.rows();
    int steps = (rows + BATCH - 1) / BATCH;
    int epochs = Math.clamp(MIN_STEPS / steps, EPOCHS, MAX_EPOCHS);
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, rows).toArray();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      Shuffle.of(order, random);
      double loss = 0;
      for (int from = 0; from < rows; from += BATCH) {
        loss +=
            step(
                layers,
                optimizer,
                new Rows(order, from, Math.min(rows, from + BATCH)),
                inputs,
                examples);
      }
      double elapsed = (System.nanoTime() - start) * 1e-9;
      listener.heard(
          new TrainingProgress(
              "dnn",
              epoch,
              epochs,
              loss / steps,
              Double.NaN,
              Double.NaN,
              (double) epoch * rows / elapsed,
              Duration.ofMillis((long) (elapsed * 1000)),
              Duration.ofMillis((long) (elapsed * 1000 / epoch * (epochs - epoch)))));
    }
  }

  private record Rows(int[] order, int from, int to) {
    int count() {
      return to - from;
    }
  }

  private static double step(
      DenseLayers layers, AdamW optimizer, Rows rows, float[] inputs, InterestExamples examples) {
    int f = Feature.COUNT;
    float[] x = new float[rows.count() * f];
    float[] y = new float[rows.count()];
    float[] w = new float[rows.count()];
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.order()[rows.from() + i];
      System.arraycopy(inputs, row * f, x, i * f, f);
      y[i] = examples.answers()[row];
      w[i] = examples.weights()[row];
    }
    try (PointerScope _ = new PointerScope()) {
      optimizer.zero_grad();
      Tensor logits = layers.forward(AbstractTensor.create(x, rows.count(), f));
      Tensor loss =
          torch.binary_cross_entropy_with_logits(
              logits,
              AbstractTensor.create(y, rows.count(), 1),
              new TensorOptional(AbstractTensor.create(w, rows.count(), 1)),
              new TensorOptional(),
              1);
      loss.backward();
      optimizer.step();
      return loss.item_float();
    }
  }

  /// The three layers with gradients.
  private static final class DenseLayers {
    private final Tensor[] weights = new Tensor[3];
    private final Tensor[] biases = new Tensor[3];
    private final int[] sizes = {Feature.COUNT, DenseNetwork.WIDE, DenseNetwork.NARROW, 1};

    DenseLayers() {
      for (int l = 0; l < 3; l++) {
        double deviation = Math.sqrt(2.0 / sizes[l]);
        weights[l] =
            torch.randn(sizes[l + 1], sizes[l]).mul(new org.bytedeco.pytorch.Scalar(deviation));
        weights[l].set_requires_grad(true);
        biases[l] = torch.zeros(sizes[l + 1]);
        biases[l].set_requires_grad(true);
      }
    }

    TensorVector parameters() {
      return new TensorVector(weights[0], biases[0], weights[1], biases[1], weights[2], biases[2]);
    }

    Tensor forward(Tensor x) {
      Tensor hidden = x;
      for (int l = 0; l < 3; l++) {
        hidden = torch.linear(hidden, weights[l], new TensorOptional(biases[l]));
        hidden = l < 2 ? torch.relu(hidden) : hidden;
      }
      return hidden;
    }

    void save(Safetensors file) {
      for (int l = 0; l < 3; l++) {
        file.put("layers." + l + ".weight", Tensors.floats(weights[l]), sizes[l + 1], sizes[l]);
        file.put("layers." + l + ".bias", Tensors.floats(biases[l]), sizes[l + 1]);
      }
    }
  }
}
