package io.zhiyin.kernel.nn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/// Writes one safetensors file. The same tensors in the same order give the same bytes.
final class SafetensorsWriter {
  /// What follows a tensor's name in that of its scales.
  static final String SCALE = ".scale";

  /// What comes before a packed tensor's name in the metadata that says how long its rows are.
  static final String COLUMNS = "columns.";

  private static final int CHUNK = 1 << 16;

  private SafetensorsWriter() {}

  static void write(Safetensors tensors, Path file) throws IOException {
    Path neighbour = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              neighbour,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        writeFully(channel, header(tensors));
        for (String name : tensors.names()) {
          RowCodes codes = tensors.codes(name);
          if (codes == null) {
            writeFloats(channel, tensors.floats(name));
          } else {
            writeFloats(channel, codes.scales());
          }
        }
        for (String name : tensors.names()) {
          RowCodes codes = tensors.codes(name);
          if (codes != null) {
            writeFully(channel, ByteBuffer.wrap(codes.codes()));
          }
        }
        channel.force(true);
      }
      Files.move(
          neighbour, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(neighbour);
    }
  }

  private static ByteBuffer header(Safetensors tensors) {
    StringJoiner json = new StringJoiner(",", "{", "}");
    Map<String, String> metadata = metadata(tensors);
    if (!metadata.isEmpty()) {
      StringJoiner words = new StringJoiner(",", "{", "}");
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        words.add(quoted(entry.getKey()) + ":" + quoted(entry.getValue()));
      }
      json.add("\"__metadata__\":" + words);
    }
    // all float32 numbers first, so that they begin at aligned bytes, then the codes
    long end = 0;
    for (String name : tensors.names()) {
      RowCodes codes = tensors.codes(name);
      if (codes == null) {
        end = add(json, name, "F32", 4, end, tensors.shape(name));
      } else {
        int groups = RowCodes.groups(codes.bits(), codes.columns());
        end = add(json, name + SCALE, "F32", 4, end, codes.rows(), groups);
      }
    }
    for (String name : tensors.names()) {
      RowCodes codes = tensors.codes(name);
      if (codes != null) {
        String dtype = codes.bits() == 8 ? "I8" : "U8";
        int stride = RowCodes.stride(codes.bits(), codes.columns());
        end = add(json, name, dtype, 1, end, codes.rows(), stride);
      }
    }
    byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
    // spaces up to a multiple of eight, so that the numbers begin at an aligned byte
    byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return ByteBuffer.allocate(8 + padded.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(padded.length)
        .put(padded)
        .flip();
  }

  /// One tensor's entry; returns where its bytes end.
  private static long add(
      StringJoiner json, String name, String dtype, int bytes, long begin, int... shape) {
    long size = bytes;
    for (int length : shape) {
      size *= length;
    }
    long end = begin + size;
    json.add(
        "%s:{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
            .formatted(quoted(name), dtype, Arrays.toString(shape).replace(" ", ""), begin, end));
    return end;
  }

  private static Map<String, String> metadata(Safetensors tensors) {
    Map<String, String> metadata = new LinkedHashMap<>(tensors.metadata());
    for (String name : tensors.names()) {
      RowCodes codes = tensors.codes(name);
      if (codes != null && codes.bits() == 4) {
        metadata.put(COLUMNS + name, Integer.toString(codes.columns()));
      }
    }
    return metadata;
  }

  private static String quoted(String text) {
    StringBuilder result = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        result.append('\\').append(c);
      } else if (c < ' ') {
        result.append("\\u%04x".formatted((int) c));
      } else {
        result.append(c);
      }
    }
    return result.append('"').toString();
  }

  private static void writeFloats(FileChannel channel, float[] data) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < data.length; from += CHUNK) {
      int length = Math.min(CHUNK, data.length - from);
      bytes.clear();
      bytes.asFloatBuffer().put(data, from, length);
      writeFully(channel, bytes.limit(4 * length));
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
