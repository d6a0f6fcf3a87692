package io.zhiyin.learning.train;

import io.zhiyin.learning.dataset.SequenceBatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// [TrainingSteps#plain].
final class PlainTrainingSteps implements TrainingSteps {
  private static final long NOTHING_ASKED = -100;

  private final PointerScope scope = new PointerScope();
  private final SequenceNetwork network;
  private final int length;
  private final int gapBuckets;
  private final int threads;
  private final List<List<SequenceBatch.Window>> pass;
  private final org.bytedeco.pytorch.AdamW optimizer;
  private int at;

  PlainTrainingSteps(SequenceSettings settings, Shop shop, int threads, TrainingDevice device) {
    this.threads = threads;
    length = settings.maxLength();
    gapBuckets = settings.gapBuckets();
    pass = shop.batches(settings).pass(0);
    network = shop.network(settings, device);
    AdamWOptions options = new AdamWOptions(settings.learningRate());
    options.weight_decay().put(settings.regularization());
    optimizer =
        new org.bytedeco.pytorch.AdamW(
            new TensorVector(network.parameters().toArray(Tensor[]::new)), options);
  }

  @Override
  public Step next() {
    List<SequenceBatch.Window> windows = pass.get(at++ % pass.size());
    int events = 0;
    for (SequenceBatch.Window window : windows) {
      events += window.to() - window.from();
    }
    torch.set_num_threads(threads);
    try (PointerScope _ = new PointerScope()) {
      SequenceBatch batch = padded(SequenceBatch.training(windows, gapBuckets));
      optimizer.zero_grad();
      Tensor items = network.items(network.ids(), network.latent(), Dropout.LIBTORCH);
      Tensor hidden = network.forward(batch, items, Dropout.LIBTORCH);
      Tensor targets = Tensors.moved(items, AbstractTensor.create(batch.targets()));
      Tensor loss = torch.cross_entropy_loss(torch.mm(hidden, items.t()), targets);
      loss.backward();
      optimizer.step();
      loss.retainReference(); // until it is read
      return new Step(() -> read(loss), events);
    } finally {
      torch.set_num_threads(1);
    }
  }

  private static double read(Tensor loss) {
    double value = loss.item_double();
    loss.releaseReference();
    return value;
  }

  /// To the full length, asked at every place; where there is nothing to ask, the loss passes over.
  private SequenceBatch padded(SequenceBatch batch) {
    long[] targets = new long[batch.size() * length];
    Arrays.fill(targets, NOTHING_ASKED);
    for (int v = 0; v < batch.asked().length; v++) {
      targets[wide(batch.asked()[v], batch.length())] = batch.targets()[v];
    }
    return new SequenceBatch(
        batch.size(),
        length,
        widened(batch, batch.items()),
        widened(batch, batch.types()),
        widened(batch, batch.gaps()),
        widened(batch, batch.times()),
        LongStream.range(0, targets.length).toArray(),
        targets,
        new float[0]);
  }

  private int wide(long place, int narrow) {
    return Math.toIntExact(place / narrow * length + place % narrow);
  }

  private long[] widened(SequenceBatch batch, long[] values) {
    long[] wide = new long[batch.size() * length];
    for (int i = 0; i < values.length; i++) {
      wide[wide(i, batch.length())] = values[i];
    }
    return wide;
  }

  @Override
  public void close() {
    network.moveBack();
    scope.close();
  }
}
