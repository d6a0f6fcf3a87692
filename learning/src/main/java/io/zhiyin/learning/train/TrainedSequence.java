package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.model.EventTypes;
import io.zhiyin.engine.model.Lineage;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelFiles;
import io.zhiyin.engine.model.Repeats;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.learning.dataset.ItemRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.bytedeco.javacpp.PointerScope;

/// The outcome of a training, ready to be saved.
///
/// @param repeats learned from what was held out; [Repeats#NONE] when nothing was
/// @param epochs passes over the data that the kept weights saw
/// @param metric validation NDCG@10 of the kept weights, NaN when nothing was held out
public record TrainedSequence(
    SequenceSettings settings,
    EventTypes types,
    ItemRows rows,
    ContentPath content,
    SequenceNetwork network,
    Repeats repeats,
    int epochs,
    double metric,
    double seconds) {

  /// The same with what was learned of items met already on other data.
  public TrainedSequence with(Repeats other) {
    return new TrainedSequence(
        settings, types, rows, content, network, other, epochs, metric, seconds);
  }

  /// Writes the model's files: weights, items, and `model.json` last.
  ///
  /// @param vocabulary names the items
  public ModelCard write(Path directory, String id, Vocabulary vocabulary, Lineage lineage)
      throws IOException {
    tensors().write(directory.resolve("weights.safetensors"));
    Files.write(
        directory.resolve("items.txt"),
        IntStream.range(0, rows.size())
            .mapToObj(row -> vocabulary.idOf(rows.item(row)).value())
            .toList());
    return ModelFiles.seal(
        directory,
        new ModelCard(
            ModelCard.FORMAT_VERSION,
            id,
            SequenceModel.kind(settings.architecture()),
            parameters(),
            types.kinds().stream().map(EventKind::wireName).toList(),
            Map.of(),
            lineage));
  }

  /// Six hexadecimal digits of the weights' checksum.
  String fingerprint() {
    CRC32C crc = new CRC32C();
    network
        .weights()
        .values()
        .forEach(
            numbers -> {
              ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES);
              bytes.asFloatBuffer().put(numbers);
              crc.update(bytes);
            });
    return "%06x".formatted(crc.getValue() & 0xffffff);
  }

  private Map<String, Integer> parameters() {
    return Map.of(
        "embeddingSize", settings.embeddingSize(),
        "heads", settings.heads(),
        "layers", settings.layers(),
        "hiddenSize", settings.hiddenSize(),
        "maxLength", settings.maxLength(),
        "gapBuckets", settings.gapBuckets(),
        "contentRows", settings.contentRows());
  }

  private Safetensors tensors() {
    int d = settings.embeddingSize();
    Safetensors file = new Safetensors();
    Map<String, float[]> weights = network.weights();
    try (PointerScope _ = new PointerScope()) {
      file.put("item.weight", Tensors.floats(network.items()), rows.size(), d);
    }
    float[] map = weights.get("content.map");
    if (map != null) {
      content.save(file, map, d);
    }
    List<String> names = network.savedAsIs();
    for (String name : names) {
      file.put(name, java.util.Objects.requireNonNull(weights.get(name)), network.shape(name));
    }
    if (!repeats.isNone()) {
      file.put(SequenceModel.REPEATS, repeats.changes(), Repeats.RECENCY + Repeats.TIMES);
    }
    return file;
  }
}
