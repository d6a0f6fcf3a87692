package io.zhiyin.learning.train;

import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.engine.model.ModelFiles;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.rank.BlendFile;
import io.zhiyin.engine.rank.HeadsFile;
import io.zhiyin.engine.rank.RankerFile;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.vector.TopK;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes a smaller model of a trained one, without learning: every matrix of weights, the items'
/// table included, is stored rounded to 8 or 4 bits a number with scales of its own for each row
/// ("weight-only, per channel"), and of the layers' matrices the smallest numbers may be set to
/// zero before ("magnitude pruning"). Biases and norms stay as they are. What weighs the evidence
/// is copied.
///
/// Both are then asked what the training was validated with.
///
/// [Learning both Weights and Connections for Efficient Neural
/// Networks](https://arxiv.org/abs/1506.02626)
public final class Compression {
  private static final String WEIGHTS = "weights.safetensors";
  private static final int TIMED = 200;

  /// Shoppers asked at most; both models are asked the same.
  private static final int ASKED = 2_000;

  private static final int ROUNDS = 5;

  private final int bits;
  private final double prune;
  private final Clock clock;
  private final TextEncoders encoders;

  /// @param bits 8 or 4
  /// @param prune share of the layers' numbers that become zero, from 0 up to 1
  public Compression(int bits, double prune, Clock clock, TextEncoders encoders) {
    if ((bits != 4 && bits != 8) || !(prune >= 0 && prune < 1)) {
      throw new IllegalArgumentException(
          "bits must be 8 or 4, not %d, and prune in [0, 1), not %s".formatted(bits, prune));
    }
    this.bits = bits;
    this.prune = prune;
    this.clock = clock;
    this.encoders = encoders;
  }

  /// One model as it was measured.
  ///
  /// @param bytes of the file of weights
  /// @param served mean NDCG@10 with all evidence, as requests are ranked
  /// @param alone mean NDCG@10 of the model alone over the whole catalogue
  /// @param micros median microseconds to encode a history and find the best 100
  public record Measured(String id, long bytes, double served, double alone, double micros) {}

  /// @param asked shoppers whose last choices were asked
  public record Report(Measured before, Measured after, int asked) {
    /// Share of NDCG@10 that was lost, with all evidence; below 0 where it grew.
    public double loss() {
      return before.served == 0 ? 0 : 1 - after.served / before.served;
    }
  }

  /// Adds the smaller model to the registry, without putting it to use.
  ///
  /// @param parent id of the model
  /// @throws ModelException when it is missing, damaged or compressed already, or has been
  ///   compressed like this before
  public Report run(ShopData data, ModelRegistry registry, String parent) throws IOException {
    Path from = registry.path(parent);
    ModelCard card = ModelFiles.verified(from);
    if (card.parameters().containsKey(ModelCard.BITS)) {
      throw new ModelException(
          "The model %s is compressed already. Compress the model that it was made of: %s."
              .formatted(parent, card.lineage().parent()));
    }
    String id = parent + "-int" + bits + (prune > 0 ? "-p" + Math.round(prune * 100) : "");
    if (Files.exists(registry.path(id))) {
      throw new ModelException(
          "The model %s has been compressed like this before: put %s to use with './zhiyin models activate', or choose other settings."
              .formatted(parent, id));
    }
    Path to = registry.add(id, directory -> write(card, from, id, directory));
    return measure(data, card, from, to);
  }

  private void write(ModelCard card, Path from, String id, Path directory) throws IOException {
    Safetensors weights = Safetensors.read(from.resolve(WEIGHTS));
    smaller(weights).write(directory.resolve(WEIGHTS));
    for (String name : List.of("items.txt", BlendFile.NAME, RankerFile.NAME, HeadsFile.NAME)) {
      if (Files.exists(from.resolve(name))) {
        Files.copy(from.resolve(name), directory.resolve(name));
      }
    }
    Map<String, Integer> parameters = new TreeMap<>(card.parameters());
    parameters.put(ModelCard.BITS, bits);
    Lineage old = card.lineage();
    Lineage lineage =
        new Lineage(
            old.dataset(),
            old.firstEvent(),
            old.lastEvent(),
            old.events(),
            old.users(),
            old.items(),
            old.seed(),
            old.epochs(),
            old.metrics(),
            CodeVersion.current(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            card.id());
    ModelFiles.seal(
        directory,
        new ModelCard(
            ModelCard.COMPRESSED_VERSION,
            id,
            card.kind(),
            parameters,
            card.eventTypes(),
            Map.of(),
            lineage));
  }

  private Safetensors smaller(Safetensors weights) {
    Safetensors result = new Safetensors();
    weights.metadata().forEach(result::putMetadata);
    for (String name : weights.names()) {
      int[] shape = weights.shape(name);
      float[] numbers = weights.floats(name);
      if (shape.length == 2 && numbers.length > 0) {
        float[] kept = name.startsWith("blocks.") ? pruned(numbers) : numbers;
        result.putRounded(name, bits, kept, shape[0], shape[1]);
      } else {
        result.put(name, numbers, shape);
      }
    }
    return result;
  }

  private float[] pruned(float[] numbers) {
    float[] sizes = new float[numbers.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(numbers[i]);
    }
    Arrays.sort(sizes);
    int dropped = (int) (prune * sizes.length);
    float least = dropped == 0 ? 0 : Math.nextUp(sizes[dropped - 1]);
    float[] kept = numbers.clone();
    for (int i = 0; i < kept.length; i++) {
      kept[i] = Math.abs(kept[i]) < least ? 0 : kept[i];
    }
    return kept;
  }

  /// Asks both for some of the last choices that the training held out, as long as no events came
  /// since.
  private Report measure(ShopData data, ModelCard card, Path from, Path to) throws IOException {
    Split split =
        Splits.holdOut(data.histories(), Training.VALIDATION_USERS, card.lineage().seed());
    ShopData known = data.with(split.fit());
    RecallIndexes counted = RecallIndexes.fit(data.catalog(), split.fit(), known.last());
    List<Case> all = split.validation();
    List<Case> cases = all.subList(0, Math.min(ASKED, all.size()));
    SequenceModel before = load(data, from);
    SequenceModel after = load(data, to);
    double[][] micros = new double[2][ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      // the first round only warms up
      micros[0][Math.max(0, round)] = micros(before, cases);
      micros[1][Math.max(0, round)] = micros(after, cases);
    }
    return new Report(
        measured(data, from, before, counted, cases, micros[0]),
        measured(data, to, after, counted, cases, micros[1]),
        cases.size());
  }

  private SequenceModel load(ShopData data, Path directory) throws IOException {
    SequenceModel model = SequenceModel.load(directory, data.catalog(), encoders);
    model.readTexts();
    return model;
  }

  private Measured measured(
      ShopData data,
      Path directory,
      SequenceModel model,
      RecallIndexes counted,
      List<Case> cases,
      double[] micros)
      throws IOException {
    Arrays.sort(micros);
    return new Measured(
        model.id(),
        Files.size(directory.resolve(WEIGHTS)),
        ServedRanking.of(directory, data.catalog(), counted, encoders).meanGain(cases),
        Arrays.stream(new SequenceRanking(model).gains(cases)).average().orElse(0),
        micros[micros.length / 2]);
  }

  /// The median of some histories.
  private static double micros(SequenceModel model, List<Case> cases) {
    double[] micros = new double[Math.min(TIMED, cases.size())];
    TopK best = new TopK(100);
    for (int i = 0; i < micros.length; i++) {
      long start = System.nanoTime();
      model.encode(cases.get(i).before()).ifPresent(v -> model.topK(v, 100, _ -> true, best));
      micros[i] = (System.nanoTime() - start) * 1e-3;
    }
    Arrays.sort(micros);
    return micros.length == 0 ? 0 : micros[micros.length / 2];
  }
}
