package io.zhiyin.engine.model;

import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.kernel.nn.Architecture;
import io.zhiyin.kernel.nn.EventWindow;
import io.zhiyin.kernel.nn.SequenceConfig;
import io.zhiyin.kernel.nn.SequenceEncoder;
import io.zhiyin.kernel.nn.Workspace;
import io.zhiyin.kernel.pool.Pool;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Reads histories with the network of a [SequenceModel]: which entries make the window, and what
/// is kept of shoppers who are asked about again. Any number of threads may call.
final class HistoryEncoder {
  private final SequenceEncoder encoder;
  private final SequenceConfig config;
  private final EventTypes types;
  private final ItemVectors vectors;
  private final SessionStates states;

  /// Left with its vectors, the window of a pass would hold some that were replaced.
  private final Pool<Pass> passes = new Pool<>(this::newPass, pass -> pass.window.clear());

  /// What one forward pass needs to itself.
  private record Pass(EventWindow window, Workspace workspace, int[] kept) {}

  HistoryEncoder(SequenceEncoder encoder, EventTypes types, ItemVectors vectors) {
    this.encoder = encoder;
    this.types = types;
    this.vectors = vectors;
    config = encoder.config();
    states = new SessionStates(encoder);
  }

  /// @see SequenceModel#encode(History)
  Optional<float[]> encode(History history) {
    return encode(
        history,
        pass -> {
          float[] out = new float[config.embeddingSize()];
          encoder.encode(pass.window, pass.workspace, out);
          return out;
        });
  }

  /// @see SequenceModel#encode(Shopper, History)
  Optional<float[]> encode(Shopper shopper, History history) {
    if (!encoder.canAppend()) {
      return encode(history);
    }
    Optional<float[]> vector = encode(history, pass -> resume(shopper, pass));
    if (vector.isEmpty()) {
      states.drop(shopper);
    }
    return vector;
  }

  /// @see SequenceModel#attention
  Optional<Attention> attention(History history) {
    Pass pass = newPass();
    fill(pass, history, vectors.snapshot());
    int length = pass.window.length();
    if (length == 0) {
      return Optional.empty();
    }
    int[] entries = Arrays.copyOfRange(pass.kept, pass.kept.length - length, pass.kept.length);
    return encoder
        .attention(pass.window, pass.workspace)
        .map(
            weights ->
                new Attention(
                    config.layers(),
                    config.heads(),
                    config.architecture() == Architecture.SASREC,
                    entries,
                    weights));
  }

  private float[] resume(Shopper shopper, Pass pass) {
    float[] out = new float[config.embeddingSize()];
    SessionStates.Lease lease = states.take(shopper);
    encoder.encode(pass.window, pass.workspace, lease.state(), out);
    states.giveBack(shopper, lease);
    return out;
  }

  /// @see SequenceModel#forgetSessions
  void forgetSessions() {
    states.forget();
  }

  private Optional<float[]> encode(History history, Function<Pass, float[]> encode) {
    ItemVectors.Snapshot snapshot = vectors.snapshot();
    Pass pass = passes.take();
    try {
      fill(pass, history, snapshot);
      return pass.window.length() == 0 ? Optional.empty() : Optional.of(encode.apply(pass));
    } finally {
      passes.giveBack(pass);
    }
  }

  private Pass newPass() {
    return new Pass(encoder.newWindow(), encoder.newWorkspace(), new int[config.maxLength()]);
  }

  /// The newest events that the model can read, oldest first.
  private void fill(Pass pass, History history, ItemVectors.Snapshot snapshot) {
    int[] kept = pass.kept;
    int from = kept.length;
    for (int i = history.size() - 1; i >= 0 && from > 0; i--) {
      if (snapshot.has(history.item(i)) && types.row(history.kindCode(i)) >= 0) {
        kept[--from] = i;
      }
    }
    pass.window.clear();
    for (int j = from; j < kept.length; j++) {
      int i = kept[j];
      int gap =
          j == from
              ? 0
              : TimeGaps.bucket(
                  history.timeMillis(kept[j - 1]), history.timeMillis(i), config.gapBuckets());
      int type = types.row(history.kindCode(i));
      int item = history.item(i);
      if (snapshot.rows()[item] >= 0) {
        pass.window.add(
            snapshot.rows()[item],
            snapshot.matrix().block(item),
            snapshot.matrix().at(item),
            type,
            gap,
            history.timeMillis(i));
      } else {
        pass.window.add(snapshot.matrix().get(item), type, gap, history.timeMillis(i));
      }
    }
  }
}
