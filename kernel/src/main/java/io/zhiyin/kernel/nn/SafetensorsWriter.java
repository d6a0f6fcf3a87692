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
import java.util.Map;
import java.util.StringJoiner;

/// Writes one safetensors file. The same tensors in the same order give the same bytes.
final class SafetensorsWriter {
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
          writeFloats(channel, tensors.floats(name));
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
    if (!tensors.metadata().isEmpty()) {
      StringJoiner words = new StringJoiner(",", "{", "}");
      for (Map.Entry<String, String> entry : tensors.metadata().entrySet()) {
        words.add(quoted(entry.getKey()) + ":" + quoted(entry.getValue()));
      }
      json.add("\"__metadata__\":" + words);
    }
    long end = 0;
    for (String name : tensors.names()) {
      long begin = end;
      end += 4L * tensors.floats(name).length;
      String shape = Arrays.toString(tensors.shape(name)).replace(" ", "");
      json.add(
          "%s:{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(quoted(name), shape, begin, end));
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
