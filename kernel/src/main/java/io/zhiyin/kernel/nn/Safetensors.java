package io.zhiyin.kernel.nn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Named tensors of float32 numbers in the
/// [safetensors](https://github.com/huggingface/safetensors) format: the length of a JSON header as
/// eight little-endian bytes, the header, then the numbers row-major and little-endian, without
/// holes or overlaps.
///
/// A matrix may be stored rounded ([#putRounded]): as codes `I8 [rows, columns]`, or two in a byte
/// `U8 [rows, ⌈columns / 2⌉]`, with a tensor `{name}.scale` `F32 [rows, groups]` beside it; it is
/// read back as the float32 numbers that the codes stand for.
///
/// Reading checks all of that and refuses with a [SafetensorsException] that names the tensor.
public final class Safetensors {
  /// One tensor: numbers `[shape[0] · shape[1] · …]`, in a mapped file until somebody wants them as
  /// an array.
  private static final class Tensor {
    private final int[] shape;
    private final @Nullable RowCodes codes;
    private FloatBuffer numbers;

    Tensor(int[] shape, FloatBuffer numbers, @Nullable RowCodes codes) {
      this.shape = shape;
      this.numbers = numbers;
      this.codes = codes;
    }

    synchronized FloatBuffer numbers() {
      return numbers;
    }

    synchronized float[] array() {
      if (!numbers.hasArray()) {
        numbers = FloatBuffer.wrap(SafetensorsReader.copied(numbers));
      }
      return numbers.array();
    }
  }

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /// An empty collection, to be filled and written.
  public Safetensors() {}

  /// Reads a file. It stays mapped as long as numbers of it are used: whoever replaces it gives its
  /// name to another, as [#write] does, and does not write over it.
  public static Safetensors read(Path file) throws IOException {
    return SafetensorsReader.read(file);
  }

  /// Reads from the buffer's position to its limit.
  ///
  /// @param source names the bytes in messages, such as a file name
  public static Safetensors read(ByteBuffer bytes, String source) {
    return new SafetensorsReader(bytes, source, false).read();
  }

  /// Writes the file whole or not at all: to a neighbour that then takes its name.
  public void write(Path file) throws IOException {
    SafetensorsWriter.write(this, file);
  }

  /// Adds a tensor; the data is kept, not copied.
  public Safetensors put(String name, float[] data, int... shape) {
    return put(name, FloatBuffer.wrap(data), shape);
  }

  Safetensors put(String name, FloatBuffer data, int[] shape) {
    if (name.isEmpty() || name.equals("__metadata__")) {
      throw new IllegalArgumentException("a tensor cannot be named '" + name + "'");
    }
    long size = 1;
    for (int length : shape) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "tensor " + name + " has a negative length in its shape");
      }
      size = Math.multiplyExact(size, length);
    }
    if (size != data.capacity()) {
      throw new IllegalArgumentException(
          "tensor %s of shape %s holds %d numbers, not %d"
              .formatted(name, Arrays.toString(shape), size, data.capacity()));
    }
    return put(name, new Tensor(shape.clone(), data, null));
  }

  /// Adds a matrix `[rows, columns]` rounded to 8 or 4 bits a number.
  ///
  /// @throws IllegalArgumentException when a number is not finite, or for other bits
  public Safetensors putRounded(String name, int bits, float[] data, int rows, int columns) {
    if (data.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "tensor %s of %d × %d numbers holds not %d".formatted(name, rows, columns, data.length));
    }
    return put(name, RowCodes.of(bits, rows, columns, data));
  }

  Safetensors put(String name, RowCodes codes) {
    int[] shape = {codes.rows(), codes.columns()};
    return put(name, new Tensor(shape, FloatBuffer.wrap(codes.floats()), codes));
  }

  private Safetensors put(String name, Tensor tensor) {
    if (tensors.putIfAbsent(name, tensor) != null) {
      throw new IllegalArgumentException("tensor " + name + " is there already");
    }
    return this;
  }

  /// Adds a word of explanation to the header.
  public Safetensors putMetadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /// The tensors' names in the order of the file.
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /// @throws SafetensorsException when there is no tensor of that name
  public int[] shape(String name) {
    return tensor(name).shape.clone();
  }

  /// The numbers, row-major, shared, not copied.
  ///
  /// @throws SafetensorsException when there is no tensor of that name
  public float[] floats(String name) {
    return tensor(name).array();
  }

  /// The numbers of a tensor that must have this shape.
  ///
  /// @throws SafetensorsException when it is missing or has another
  public float[] floats(String name, int... shape) {
    return tensor(name, shape).array();
  }

  /// The same where they are: in the file that they were read from, if no array was made of them.
  ///
  /// @throws SafetensorsException when it is missing or has another shape
  FloatBuffer buffer(String name, int... shape) {
    return tensor(name, shape).numbers();
  }

  private Tensor tensor(String name, int[] shape) {
    Tensor tensor = tensor(name);
    if (!Arrays.equals(tensor.shape, shape)) {
      throw new SafetensorsException(
          "Tensor %s has shape %s, but the configuration asks for %s."
              .formatted(name, Arrays.toString(tensor.shape), Arrays.toString(shape)));
    }
    return tensor;
  }

  /// How the tensor is stored when it is rounded.
  @Nullable RowCodes codes(String name) {
    return tensor(name).codes;
  }

  private Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new SafetensorsException(
          "There is no tensor %s; there are %s.".formatted(name, tensors.keySet()));
    }
    return tensor;
  }
}
