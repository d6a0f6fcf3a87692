package io.zhiyin.engine.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Puts the parts of a record into bytes: variable-length integers, texts, times. Not safe for
/// threads.
public final class RecordWriter {
  private byte[] bytes = new byte[128];
  private int size;

  /// How many bytes were put.
  public int size() {
    return size;
  }

  /// Starts anew, and keeps the room.
  public void clear() {
    size = 0;
  }

  /// Bytes as they are; the reader must know how many.
  public RecordWriter bytes(byte[] from, int offset, int length) {
    room(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
    return this;
  }

  /// Bytes as they are, wherever the buffer has them; its position does not matter.
  public RecordWriter bytes(ByteBuffer from, int offset, int length) {
    room(length);
    from.get(offset, bytes, size, length);
    size += length;
    return this;
  }

  public RecordWriter oneByte(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /// Seven bits a byte, lowest first; small numbers are short.
  public RecordWriter number(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  public RecordWriter real(double value) {
    room(8);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
    return this;
  }

  /// The four bytes of a number of single precision.
  public RecordWriter single(float value) {
    room(4);
    int bits = Float.floatToRawIntBits(value);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
    return this;
  }

  /// UTF-8, or UTF-16 for the rare text that is not valid Unicode, so that every text comes back as
  /// it was.
  public RecordWriter text(String text) {
    boolean valid = isValidUnicode(text);
    byte[] encoded = valid ? text.getBytes(StandardCharsets.UTF_8) : utf16(text);
    number(((long) encoded.length << 1) | (valid ? 0 : 1));
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
    return this;
  }

  /// Seconds, then milliseconds or, where there is more, nanoseconds.
  public RecordWriter time(Instant time) {
    long seconds = time.getEpochSecond();
    number((seconds << 1) ^ (seconds >> 63));
    int nanos = time.getNano();
    boolean whole = nanos % 1_000_000 == 0;
    return number(whole ? (nanos / 1_000_000L) << 1 : ((long) nanos << 1) | 1);
  }

  public RecordWriter texts(List<String> texts) {
    number(texts.size());
    texts.forEach(this::text);
    return this;
  }

  /// Sorted by key, so that equal maps give equal bytes.
  public RecordWriter map(Map<String, String> map) {
    number(map.size());
    new TreeMap<>(map).forEach((key, value) -> text(key).text(value));
    return this;
  }

  /// Copies what was put into `to` from `offset` on.
  public void copyTo(byte[] to, int offset) {
    System.arraycopy(bytes, 0, to, offset, size);
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  private static byte[] utf16(String text) {
    byte[] result = new byte[text.length() * 2];
    for (int i = 0; i < text.length(); i++) {
      result[2 * i] = (byte) (text.charAt(i) >>> 8);
      result[2 * i + 1] = (byte) text.charAt(i);
    }
    return result;
  }

  private static boolean isValidUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
