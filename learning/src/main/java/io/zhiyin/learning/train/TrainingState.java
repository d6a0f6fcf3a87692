package io.zhiyin.learning.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where a training stands between two steps: everything on which the steps to come depend. Random
/// numbers need no place in it, since each step draws its own from the seed, the pass and the step.
final class TrainingState {
  /// Passes done.
  int passes;

  /// Steps done in the pass that is under way.
  int steps;

  /// Of the steps of this pass.
  double lossSum;

  /// Windows of the steps of this pass.
  long windows;

  /// Passes since the best one.
  int stale;

  /// What is left of the learning rate where it falls on a plateau.
  double fall = 1;

  /// Spent in all, in the processes before this one too.
  double seconds;

  double bestMetric = Double.NaN;
  int bestPass;
  Map<String, float[]> best = new LinkedHashMap<>();

  /// Steps of the optimiser.
  long updates;

  /// Weights, moments and averages, as they lie in memory; filled when the state is saved.
  List<float[]> tensors = new ArrayList<>();

  void write(DataOutputStream out) throws IOException {
    out.writeInt(passes);
    out.writeInt(steps);
    out.writeDouble(lossSum);
    out.writeLong(windows);
    out.writeInt(stale);
    out.writeDouble(fall);
    out.writeDouble(seconds);
    out.writeDouble(bestMetric);
    out.writeInt(bestPass);
    out.writeLong(updates);
    out.writeInt(best.size());
    for (Map.Entry<String, float[]> entry : best.entrySet()) {
      out.writeUTF(entry.getKey());
      write(entry.getValue(), out);
    }
    writeTensors(out);
  }

  /// Only the tensors.
  void writeTensors(DataOutputStream out) throws IOException {
    out.writeInt(tensors.size());
    for (float[] tensor : tensors) {
      write(tensor, out);
    }
  }

  /// Tensors as they were written.
  void readTensors(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<float[]> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      read.add(floats(in));
    }
    tensors = read;
  }

  static TrainingState read(DataInputStream in) throws IOException {
    TrainingState state = new TrainingState();
    state.passes = in.readInt();
    state.steps = in.readInt();
    state.lossSum = in.readDouble();
    state.windows = in.readLong();
    state.stale = in.readInt();
    state.fall = in.readDouble();
    state.seconds = in.readDouble();
    state.bestMetric = in.readDouble();
    state.bestPass = in.readInt();
    state.updates = in.readLong();
    int names = in.readInt();
    for (int i = 0; i < names; i++) {
      String name = in.readUTF();
      state.best.put(name, floats(in));
    }
    state.readTensors(in);
    return state;
  }

  static void write(float[] numbers, DataOutputStream out) throws IOException {
    out.writeInt(numbers.length);
    int most = 1 << 16;
    ByteBuffer bytes = ByteBuffer.allocate(most * Float.BYTES);
    for (int from = 0; from < numbers.length; from += most) {
      int count = Math.min(most, numbers.length - from);
      bytes.asFloatBuffer().put(numbers, from, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  /// @throws EOFException when there are fewer than announced, however many those are
  static float[] floats(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new EOFException("a tensor of " + length + " numbers");
    }
    int most = 1 << 16;
    // grows with what is there: a damaged length must not ask for more memory than that
    float[] numbers = new float[Math.min(most, length)];
    for (int from = 0; from < length; from += most) {
      int count = Math.min(most, length - from);
      byte[] bytes = in.readNBytes(count * Float.BYTES);
      if (bytes.length < count * Float.BYTES) {
        throw new EOFException("a tensor that is cut off");
      }
      if (from + count > numbers.length) {
        numbers = Arrays.copyOf(numbers, (int) Math.min(length, 2L * numbers.length));
      }
      ByteBuffer.wrap(bytes).asFloatBuffer().get(numbers, from, count);
    }
    return numbers;
  }
}
