package io.zhiyin.learning.train;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.learning.dataset.Batches;
import io.zhiyin.learning.dataset.TypedSequence;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a process that takes part in a training must know, as the leader sends it; weights follow
/// with the [TrainingState].
///
/// Big-endian: the magic number, the format version, settings as JSON, options, counts, content,
/// sequences.
///
/// @param items n
/// @param types T
/// @param latent content of the items `[n, k]`, row-major
/// @param latentSize k
record SharedTraining(
    SequenceSettings settings,
    TrainingOptions options,
    int items,
    int types,
    float[] latent,
    int latentSize,
    List<TypedSequence> sequences) {
  static final int FORMAT_VERSION = 1;
  private static final int MAGIC = 0x5a_59_57_31; // ZYW1
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Random weights, by libtorch's generator.
  SequenceNetwork network() {
    return new SequenceNetwork(settings, items, types, latent, latentSize);
  }

  Batches batches() {
    return new Batches(
        sequences,
        settings.maxLength(),
        settings.batchSize(),
        settings.gapBuckets(),
        options.seed());
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(MAGIC);
    out.writeInt(FORMAT_VERSION);
    byte[] json = JSON.writeValueAsBytes(settings);
    out.writeInt(json.length);
    out.write(json);
    out.writeInt(options.epochs());
    out.writeLong(options.seed());
    out.writeLong(options.budget().toNanos());
    out.writeInt(options.threads());
    out.writeInt(items);
    out.writeInt(types);
    out.writeInt(latentSize);
    TrainingState.write(latent, out);
    out.writeInt(sequences.size());
    for (TypedSequence sequence : sequences) {
      out.writeInt(sequence.size());
      out.write(sequence.types());
      for (int i = 0; i < sequence.size(); i++) {
        out.writeInt(sequence.items()[i]);
        out.writeLong(sequence.times()[i]);
        out.writeInt(sequence.targets()[i]);
        out.writeFloat(sequence.weights()[i]);
      }
    }
  }

  static SharedTraining read(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC || in.readInt() != FORMAT_VERSION) {
      throw otherVersion(null);
    }
    SequenceSettings settings = settings(in.readNBytes(in.readInt()));
    TrainingOptions options =
        new TrainingOptions(
            in.readInt(), in.readLong(), Duration.ofNanos(in.readLong()), in.readInt());
    int items = in.readInt();
    int types = in.readInt();
    int latentSize = in.readInt();
    float[] latent = TrainingState.floats(in);
    int count = in.readInt();
    List<TypedSequence> sequences = new ArrayList<>(count);
    for (int s = 0; s < count; s++) {
      sequences.add(sequence(in));
    }
    return new SharedTraining(settings, options, items, types, latent, latentSize, sequences);
  }

  private static SequenceSettings settings(byte[] json) throws IOException {
    try {
      return JSON.readValue(new String(json, StandardCharsets.UTF_8), SequenceSettings.class);
    } catch (JacksonException e) {
      throw otherVersion(e);
    }
  }

  private static TypedSequence sequence(DataInputStream in) throws IOException {
    int size = in.readInt();
    byte[] types = in.readNBytes(size);
    int[] items = new int[size];
    long[] times = new long[size];
    int[] targets = new int[size];
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      items[i] = in.readInt();
      times[i] = in.readLong();
      targets[i] = in.readInt();
      weights[i] = in.readFloat();
    }
    return new TypedSequence(items, types, times, targets, weights);
  }

  static PeerLostException otherVersion(@Nullable Throwable cause) {
    return new PeerLostException(
        "The leader of this training runs another version of Zhiyin. Use the same version on all"
            + " machines.",
        "训练的主进程使用了不同版本的知音。请在所有机器上使用同一版本。",
        cause);
  }
}
