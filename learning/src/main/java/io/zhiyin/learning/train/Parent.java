package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.model.EventTypes;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.engine.model.Repeats;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.kernel.nn.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.global.torch;

/// A saved model that another goes on from: where its weights go in a network for today's
/// catalogue.
///
/// Items are matched by name. An item that the parent did not know gets a row of its own that
/// starts at 0, so that it begins as what its content says. The content path goes on as it was,
/// turned by a map M `[d, d]` that starts as the identity: content vectors are Z = S ·
/// `content.weight` for the sparse features S, and since (S · weight) · M = S · (weight · M), what
/// is learned is saved in the parent's own form.
final class Parent implements ContentPath {
  private static final String MAP = "content.map";

  private final SequenceModel model;
  private final Safetensors tensors;
  private final BitSet items;
  private final int size;

  private Parent(SequenceModel model, Safetensors tensors, BitSet items) {
    this.model = model;
    this.tensors = tensors;
    this.items = items;
    size = tensors.has("content.weight") ? model.embeddingSize() : 0;
  }

  /// Reads the model of that directory.
  ///
  /// @param encoders read the items' texts, where the model was trained with them
  /// @throws ModelException when it is missing, damaged, newer, or of a kind that cannot be gone on
  ///   from
  static Parent load(Path directory, Catalog catalog, TextEncoders encoders) throws IOException {
    SequenceModel model = SequenceModel.load(directory, catalog, encoders);
    Safetensors tensors = Safetensors.read(directory.resolve("weights.safetensors"));
    if (tensors.has("item.bias")) {
      throw new ModelException(
          "The model "
              + model.id()
              + " has a bias for each item, which is learned no more. Train a new model with './zhiyin train'.");
    }
    BitSet items = new BitSet();
    for (String line : Files.readAllLines(directory.resolve("items.txt"))) {
      int index = catalog.vocabulary().indexOf(new ItemId(line));
      if (index >= 0) {
        items.set(index);
      }
    }
    return new Parent(model, tensors, items);
  }

  ModelCard card() {
    return model.card();
  }

  /// The kinds of event that it reads.
  EventTypes types() {
    return model.types();
  }

  /// What it learned of items met already.
  Repeats repeats() {
    return model.repeats();
  }

  /// Catalogue indices of the items that it has rows for.
  BitSet items() {
    return items;
  }

  /// The given recipe in the shape of this model.
  SequenceSettings shaped(SequenceSettings recipe) {
    ModelCard card = model.card();
    return recipe
        .withArchitecture(model.architecture())
        .withEmbeddingSize(card.parameter("embeddingSize"))
        .withHeads(card.parameter("heads"))
        .withLayers(card.parameter("layers"))
        .withHiddenSize(card.parameter("hiddenSize"))
        .withMaxLength(card.parameter("maxLength"))
        .withGapBuckets(card.parameter("gapBuckets"))
        .withContentRows(card.parameter("contentRows"));
  }

  /// The weights that a network with the given rows starts with, by name.
  ///
  /// @param rows catalogue index of the item of each row
  /// @param names of the parameters that are saved as they are
  Map<String, float[]> weights(Catalog catalog, int[] rows, Iterable<String> names) {
    int d = model.embeddingSize();
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (String name : names) {
      weights.put(name, tensors.floats(name));
    }
    // the row that was saved is id + content
    float[] ids = new float[rows.length * d];
    float[] content = of(catalog, rows);
    for (int row = 0; row < rows.length; row++) {
      float[] vector = items.get(rows[row]) ? model.vectorOf(rows[row]).orElseThrow() : null;
      for (int j = 0; vector != null && j < d; j++) {
        ids[row * d + j] = vector[j] - (size == 0 ? 0 : content[row * d + j]);
      }
    }
    weights.put("item.id", ids);
    if (size > 0) {
      float[] identity = new float[d * d];
      for (int j = 0; j < d; j++) {
        identity[j * d + j] = 1;
      }
      weights.put(MAP, identity);
    }
    return weights;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public float[] of(Catalog catalog, int[] indices) {
    float[] result = new float[indices.length * size];
    for (int row = 0; size > 0 && row < indices.length; row++) {
      Item item = catalog.at(indices[row]);
      Optional<float[]> vector = item == null ? Optional.empty() : model.contentVectorOf(item);
      if (vector.isPresent()) {
        System.arraycopy(vector.get(), 0, result, row * size, size);
      }
    }
    return result;
  }

  /// Every `content.*` tensor of the parent; those that end in `[…, d]`, which are the ones that
  /// items' vectors are made with, turned by M.
  @Override
  public void save(Safetensors file, float[] map, int d) {
    for (String name : tensors.names()) {
      if (name.startsWith("content.")) {
        int[] shape = tensors.shape(name);
        boolean vectors = shape.length == 2 && shape[1] == d;
        float[] numbers = tensors.floats(name);
        file.put(name, vectors ? times(numbers, shape[0], map, d) : numbers.clone(), shape);
      }
    }
  }

  private static float[] times(float[] matrix, int rows, float[] map, int d) {
    try (PointerScope _ = new PointerScope()) {
      return Tensors.floats(
          torch.mm(AbstractTensor.create(matrix, rows, d), AbstractTensor.create(map, d, d)));
    }
  }
}
