package io.zhiyin.learning.train;

import io.zhiyin.learning.dataset.SequenceBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The sequence model as libtorch learns it: the same arithmetic as `kernel.nn.SequenceEncoder`,
/// with gradients and dropout. What differs between architectures is a [TrainableBody].
///
/// Shapes: B windows, L events each, V places where something is asked, n items, d numbers per
/// item.
final class SequenceNetwork {
  private final SequenceSettings settings;
  private final Parameters parameters = new Parameters();
  private final TrainableBody body;
  private Tensor latent;
  private @Nullable FlatTensors flat;

  /// @param items n
  /// @param types T
  /// @param latent content of the items `[n, k]`, row-major
  SequenceNetwork(SequenceSettings settings, int items, int types, float[] latent, int latentSize) {
    this.settings = settings;
    int d = settings.embeddingSize();
    this.latent = AbstractTensor.create(latent, items, latentSize);
    parameters.normal("item.id", 0.02, items, d);
    if (latentSize > 0) {
      parameters.normal("content.map", unit(latent, items, d), latentSize, d);
    }
    parameters.normal("type.weight", 0.02, types, d);
    parameters.normal("gap.weight", 0.02, settings.gapBuckets(), d);
    parameters.normal("position.weight", 0.02, settings.maxLength(), d);
    body = TrainableBody.of(settings, parameters);
    parameters.norm("norm", d);
  }

  /// The deviation by which content vectors start with a mean square of 1: items that say the same
  /// are near each other from the first step, and the last event's item speaks for its like.
  private static double unit(float[] latent, int items, int d) {
    double square = 0;
    for (float value : latent) {
      square += (double) value * value;
    }
    return square == 0 ? 0.02 : Math.sqrt(items / square / d);
  }

  /// n
  int itemCount() {
    return (int) parameters.get("item.id").size(0);
  }

  /// All parameters in the order of their names; the first is the id embedding `[n, d]`.
  List<Tensor> parameters() {
    return parameters.all();
  }

  /// Moves everything where `like` is, where its parameters are parts of one tensor. What was given
  /// out before is the network's no more.
  ///
  /// @return the [parameters][#parameters]
  FlatTensors moveTo(Tensor like) {
    flat = parameters.flatten(like);
    latent = Tensors.moved(like, latent);
    return flat;
  }

  /// Moves everything back to the CPU and frees what it took on a device.
  void moveBack() {
    FlatTensors moved = flat;
    if (moved == null) {
      return;
    }
    flat = null;
    parameters.unflatten();
    Tensor there = latent;
    if (there.is_cuda()) {
      latent = there.cpu();
      there.close();
    }
    moved.parts().forEach(Tensor::close);
    moved.all().close();
  }

  /// The parameters as one, once the network [was moved][#moveTo].
  Optional<FlatTensors> flat() {
    return Optional.ofNullable(flat);
  }

  /// The id embedding `[n, d]`.
  Tensor ids() {
    return parameters.get("item.id");
  }

  /// Latent content `[n, k]`, which is not learned.
  Tensor latent() {
    return latent;
  }

  /// The item table `[n, d]`: id embedding plus content.
  Tensor items() {
    return items(ids(), latent, Dropout.NONE);
  }

  /// Some rows of the item table `[m, d]`.
  ///
  /// @param some their id embeddings `[m, d]`, which are left out for a share of items in training
  /// @param latentRows their latent content `[m, k]`
  Tensor items(Tensor some, Tensor latentRows, Dropout dropout) {
    Tensor kept = dropout.ofRows(some, settings.idDropout());
    return readsContent() ? kept.add(content(latentRows)) : kept;
  }

  /// Content vectors `[m, d]` of items that have no id embedding.
  Tensor content(Tensor latentRows) {
    return torch.mm(latentRows, parameters.get("content.map"));
  }

  boolean readsContent() {
    return parameters.has("content.map");
  }

  /// What the events lead to at every place where something is asked, `[V, d]`.
  Tensor forward(SequenceBatch batch, Tensor items, Dropout dropout) {
    return forward(BatchTensors.of(batch, items), items, dropout);
  }

  /// The same of a batch that is where the network is.
  Tensor forward(BatchTensors batch, Tensor items, Dropout dropout) {
    int length = batch.batch().length();
    // x_j = item + type + gap + position [B, L, d]
    Tensor x =
        items
            .index_select(0, batch.items())
            .add(parameters.rows("type.weight", batch.types()))
            .add(parameters.rows("gap.weight", batch.gaps()))
            .view(batch.batch().size(), length, settings.embeddingSize())
            .add(parameters.get("position.weight").narrow(0, 0, length));
    x = dropout.of(x, settings.dropout());
    return parameters.norm("norm", body.forward(x, batch, dropout));
  }

  /// A copy of all numbers, by name.
  Map<String, float[]> weights() {
    return parameters.numbers();
  }

  /// Puts numbers of [#weights] back.
  void restore(Map<String, float[]> weights) {
    parameters.restore(weights);
  }

  /// The shape of a parameter.
  int[] shape(String name) {
    return Arrays.stream(parameters.get(name).shape()).mapToInt(Math::toIntExact).toArray();
  }

  /// The names of the parameters that are saved as they are.
  List<String> savedAsIs() {
    return parameters.names().stream()
        .filter(name -> !name.equals("item.id") && !name.equals("content.map"))
        .toList();
  }
}
