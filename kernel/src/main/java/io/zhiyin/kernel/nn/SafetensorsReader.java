package io.zhiyin.kernel.nn;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads and checks one safetensors file.
final class SafetensorsReader {
  /// The format's own limit.
  private static final long LONGEST_HEADER = 100_000_000;

  private static final Set<String> READ = Set.of("F32", "I8", "U8");

  private final ByteBuffer bytes;
  private final String source;

  /// Whether the bytes stay as they are, so that numbers need not be copied before they are used.
  private final boolean steady;

  SafetensorsReader(ByteBuffer bytes, String source, boolean steady) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.source = source;
    this.steady = steady;
  }

  static Safetensors read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new SafetensorsException(
            "%s has %d bytes; at most 2 GiB can be read.".formatted(file, channel.size()));
      }
      Arena asLongAsItIsUsed = Arena.ofAuto();
      ByteBuffer bytes =
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), asLongAsItIsUsed)
              .asByteBuffer();
      return new SafetensorsReader(bytes, file.toString(), true).read();
    }
  }

  Safetensors read() {
    if (bytes.capacity() < 8) {
      throw fault("has %d bytes, too few for the length of a header".formatted(bytes.capacity()));
    }
    long headerLength = bytes.getLong(0);
    if (headerLength < 2 || headerLength > LONGEST_HEADER) {
      throw fault(
          "gives its header the impossible length %s"
              .formatted(Long.toUnsignedString(headerLength)));
    }
    if (headerLength > bytes.capacity() - 8) {
      throw fault(
          "is cut off: its header has %d bytes, but only %d are there"
              .formatted(headerLength, bytes.capacity() - 8));
    }
    int dataFrom = 8 + (int) headerLength;
    SafetensorsHeader header = header(bytes.slice(8, (int) headerLength));
    checkLayout(header.tensors(), bytes.capacity() - dataFrom);
    Safetensors result = new Safetensors();
    header
        .metadata()
        .forEach(
            (key, value) -> {
              if (!key.startsWith(SafetensorsWriter.COLUMNS)) {
                result.putMetadata(key, value);
              }
            });
    Map<String, SafetensorsHeader.Entry> scales = new HashMap<>();
    Set<String> rounded = new HashSet<>();
    for (SafetensorsHeader.Entry entry : header.tensors()) {
      scales.put(entry.name(), entry);
      if (!entry.dtype().equals("F32")) {
        rounded.add(entry.name() + SafetensorsWriter.SCALE);
      }
    }
    for (SafetensorsHeader.Entry entry : header.tensors()) {
      if (!entry.dtype().equals("F32")) {
        SafetensorsHeader.Entry scale = scales.get(entry.name() + SafetensorsWriter.SCALE);
        result.put(entry.name(), codes(entry, scale, header.metadata(), dataFrom));
      } else if (!rounded.contains(entry.name())) {
        result.put(entry.name(), numbers(entry, dataFrom), entry.shape());
      }
    }
    return result;
  }

  private RowCodes codes(
      SafetensorsHeader.Entry entry,
      SafetensorsHeader.@Nullable Entry scale,
      Map<String, String> metadata,
      int dataFrom) {
    int bits = entry.dtype().equals("I8") ? 8 : 4;
    if (entry.shape().length != 2 || scale == null || !scale.dtype().equals("F32")) {
      throw fault(
          "holds tensor %s rounded, but it is no matrix with a scale".formatted(entry.name()));
    }
    int rows = entry.shape()[0];
    int columns = bits == 8 ? entry.shape()[1] : columns(entry, metadata);
    int[] expected = {rows, RowCodes.groups(bits, columns)};
    if (entry.shape()[1] != RowCodes.stride(bits, columns)
        || !Arrays.equals(scale.shape(), expected)) {
      throw fault("holds tensor %s and its scale in shapes that differ".formatted(entry.name()));
    }
    byte[] codes = new byte[(int) entry.bytes()];
    bytes.get(dataFrom + (int) entry.begin(), codes);
    return new RowCodes(bits, rows, columns, codes, copied(numbers(scale, dataFrom)));
  }

  /// How many numbers a row of packed codes has, which its bytes leave open.
  private int columns(SafetensorsHeader.Entry entry, Map<String, String> metadata) {
    String columns = metadata.getOrDefault(SafetensorsWriter.COLUMNS + entry.name(), "");
    if (!columns.matches("[0-9]{1,9}")) {
      throw fault("does not say how many columns tensor %s has".formatted(entry.name()));
    }
    return Integer.parseInt(columns);
  }

  private SafetensorsHeader header(ByteBuffer slice) {
    try {
      String json = StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
      return new SafetensorsHeader.Parser(json).parse();
    } catch (CharacterCodingException e) {
      throw fault("has a header that is not UTF-8");
    } catch (IllegalArgumentException e) {
      throw fault("has a header that cannot be read: %s".formatted(String.valueOf(e.getMessage())));
    }
  }

  /// Every tensor must begin where the one before it ends, and the last end with the file.
  private void checkLayout(List<SafetensorsHeader.Entry> tensors, long available) {
    List<SafetensorsHeader.Entry> inOrder =
        tensors.stream()
            .sorted(
                Comparator.comparingLong(SafetensorsHeader.Entry::begin)
                    .thenComparingLong(SafetensorsHeader.Entry::end))
            .toList();
    long end = 0;
    for (SafetensorsHeader.Entry entry : inOrder) {
      if (!READ.contains(entry.dtype())) {
        throw fault(
            "holds tensor %s as %s, but only F32, I8 and U8 are read"
                .formatted(entry.name(), entry.dtype()));
      }
      if (entry.end() < entry.begin() || entry.end() - entry.begin() != entry.bytes()) {
        throw fault(
            "gives tensor %s the bytes %d to %d, but its shape needs %s"
                .formatted(
                    entry.name(),
                    entry.begin(),
                    entry.end(),
                    entry.bytes() < 0
                        ? "more bytes than can be counted"
                        : entry.bytes() + " bytes"));
      }
      if (entry.begin() < end) {
        throw fault("lets tensor %s overlap the one before it".formatted(entry.name()));
      }
      if (entry.begin() > end) {
        throw fault(
            "has a hole of %d bytes before tensor %s".formatted(entry.begin() - end, entry.name()));
      }
      if (entry.end() > available) {
        throw fault(
            "is cut off: tensor %s ends at byte %d of the data, but only %d are there"
                .formatted(entry.name(), entry.end(), available));
      }
      end = entry.end();
    }
    if (end != available) {
      throw fault("has %d bytes after its last tensor".formatted(available - end));
    }
  }

  private FloatBuffer numbers(SafetensorsHeader.Entry entry, int dataFrom) {
    FloatBuffer there =
        bytes
            .slice(dataFrom + (int) entry.begin(), (int) entry.bytes())
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    return steady ? there : FloatBuffer.wrap(copied(there));
  }

  /// The numbers in an array of their own.
  static float[] copied(FloatBuffer numbers) {
    float[] data = new float[numbers.capacity()];
    numbers.get(0, data);
    return data;
  }

  private SafetensorsException fault(String problem) {
    return new SafetensorsException(
        source + " " + problem + ". Restore it from a backup, or train the model again.");
  }
}
