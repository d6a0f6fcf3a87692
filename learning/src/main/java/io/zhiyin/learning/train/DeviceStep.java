package io.zhiyin.learning.train;

import io.zhiyin.learning.dataset.SequenceBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// One step of learning in calls of libtorch alone, for a network that [was
/// moved][SequenceNetwork#moveTo] to a device. What [TrainingStep] does with kernels of our own
/// over the CPU's memory is done here with as few and as large calls as libtorch has: a batch goes
/// over in one copy, one backward pass serves windows and item table, and the optimiser sees all
/// parameters as one. Nothing in a step waits for the device; only who reads the loss does.
///
/// The same step for the same seed, but for rounding: where a device adds in any order, so does
/// this. Dropout is libtorch's own, from the step's seed.
final class DeviceStep implements LearningStep {
  private final SequenceNetwork network;
  private final DeviceAdamW optimizer;
  private final Optional<NegativeSampler> sampler;
  private final DeviceSoftmax softmax;
  private final Dropout dropout;

  DeviceStep(
      SequenceNetwork network,
      Recipe recipe,
      DeviceAdamW optimizer,
      Optional<NegativeSampler> sampler) {
    this(
        network,
        optimizer,
        sampler,
        new DeviceSoftmax(recipe.smoothing(), DeviceSoftmax.MOST),
        Dropout.FUSED);
  }

  DeviceStep(
      SequenceNetwork network,
      DeviceAdamW optimizer,
      Optional<NegativeSampler> sampler,
      DeviceSoftmax softmax,
      Dropout dropout) {
    this.network = network;
    this.optimizer = optimizer;
    this.sampler = sampler;
    this.softmax = softmax;
    this.dropout = dropout;
  }

  @Override
  public int shares() {
    return 1;
  }

  @Override
  public Outcome of(
      List<SequenceBatch> parts, long seed, double learningRate, BooleanSupplier enough) {
    SplittableRandom random = new SplittableRandom(seed);
    StepItems items = StepItems.of(network.itemCount(), parts, sampler, random.nextLong());
    // libtorch's generators, of the device too
    torch.manual_seed(random.nextLong());
    try (PointerScope _ = new PointerScope()) {
      Tensor loss = learn(items, parts.getFirst(), learningRate);
      loss.retainReference(); // until it is read
      return new Outcome(() -> read(loss), enough.getAsBoolean());
    }
  }

  private static double read(Tensor loss) {
    double value = loss.item_double();
    loss.releaseReference();
    return value;
  }

  private Tensor learn(StepItems items, SequenceBatch part, double learningRate) {
    FullSoftmax.Wanted wanted = items.wanted(part, total(part));
    BatchTensors batch =
        BatchTensors.of(
            items.renumbered(part),
            network.ids(),
            wanted.targets(),
            bits(wanted.shares()),
            bits(wanted.discounts()),
            items.numbers());
    Optional<Tensor> rows = items.all() ? Optional.empty() : Optional.of(batch.others().get(3));
    Tensor ids = rows.map(this::leaf).orElseGet(network::ids);
    Tensor latent =
        rows.map(some -> network.latent().index_select(0, some)).orElse(network.latent());
    Tensor table = network.items(ids, latent, dropout);
    List<Tensor> inputs = new ArrayList<>(network.parameters());
    inputs.set(0, ids);
    if (part.asked().length == 0) {
      Tensor nothing = torch.zeros_like(table);
      optimizer.step(learningRate, gradients(List.of(table), inputs, List.of(nothing)), rows);
      return torch.zeros(1);
    }
    Tensor hidden = network.forward(batch, table, dropout);
    Tensor ranked = items.all() ? table : table.narrow(0, 0, items.ranked());
    DeviceSoftmax.Outcome outcome = softmax.of(hidden, ranked, wanted(batch, wanted));
    optimizer.step(
        learningRate,
        gradients(List.of(hidden, ranked), inputs, List.of(outcome.hidden(), outcome.items())),
        rows);
    return outcome.loss();
  }

  private static float total(SequenceBatch part) {
    double total = 0;
    for (float weight : part.weights()) {
      total += weight;
    }
    return (float) Math.max(total, Float.MIN_NORMAL);
  }

  /// Some rows of the id embedding, as what gradients are taken for.
  private Tensor leaf(Tensor rows) {
    return network.ids().detach().index_select(0, rows).set_requires_grad(true);
  }

  private static DeviceSoftmax.Wanted wanted(BatchTensors batch, FullSoftmax.Wanted wanted) {
    Tensor discounts =
        wanted.discounts().length == 0 ? new Tensor() : floats(batch.others().get(2));
    return new DeviceSoftmax.Wanted(
        batch.others().get(0), floats(batch.others().get(1)), discounts);
  }

  /// Numbers among whole ones: the bits of doubles, which hold a float exactly.
  private static long[] bits(float[] numbers) {
    return IntStream.range(0, numbers.length)
        .mapToLong(i -> Double.doubleToRawLongBits(numbers[i]))
        .toArray();
  }

  private static Tensor floats(Tensor bits) {
    return bits.view(torch.ScalarType.Double).to(torch.ScalarType.Float);
  }

  private static List<Tensor> gradients(List<Tensor> of, List<Tensor> inputs, List<Tensor> given) {
    TensorVector found =
        torch.grad(
            new TensorVector(of.toArray(Tensor[]::new)),
            new TensorVector(inputs.toArray(Tensor[]::new)),
            new TensorVector(given.toArray(Tensor[]::new)),
            new BoolOptional(false),
            false,
            true);
    return List.of(found.get());
  }

  @Override
  public void close() {}
}
