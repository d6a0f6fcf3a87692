package io.zhiyin.engine.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Takes the parts of a record back out of bytes, in the order in which [RecordWriter] put them.
///
/// Whatever does not fit, be it a length beyond the end or a text that is none, is an
/// [IllegalArgumentException] or an [IndexOutOfBoundsException].
public final class RecordReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  public RecordReader(byte[] bytes) {
    this(bytes, 0);
  }

  /// Reads from a position on.
  public RecordReader(byte[] bytes, int position) {
    this(bytes, position, bytes.length);
  }

  /// Reads what lies between two positions.
  public RecordReader(byte[] bytes, int position, int end) {
    this.bytes = bytes;
    this.position = position;
    this.end = Objects.checkIndex(end, bytes.length + 1);
  }

  public int oneByte() {
    return next() & 0xFF;
  }

  private byte next() {
    if (position >= end) {
      throw new IndexOutOfBoundsException("a byte beyond the end of the record");
    }
    return bytes[position++];
  }

  public long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = next();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than ten bytes");
  }

  /// A number that is an `int`.
  public int whole() {
    return Math.toIntExact(number());
  }

  /// The next bytes as they are.
  public byte[] bytes(int length) {
    int from = skip(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  /// Goes past the next bytes.
  ///
  /// @return where they begin, for [#copy]
  public int skip(int length) {
    if (length < 0 || length > end - position) {
      throw new IllegalArgumentException("bytes beyond the end of the record");
    }
    position += length;
    return position - length;
  }

  /// A byte that was gone past, 0 to 255.
  public int byteAt(int place) {
    return bytes[place] & 0xFF;
  }

  /// Copies bytes that were gone past.
  public void copy(int from, int length, byte[] to, int offset) {
    System.arraycopy(bytes, from, to, offset, length);
  }

  /// Copies bytes that were gone past.
  public void copy(int from, int length, ByteBuffer to, int offset) {
    to.put(offset, bytes, from, length);
  }

  /// A hash of bytes that were gone past.
  public int hash(int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /// Whether bytes that were gone past are the same as these.
  public boolean isSame(int from, int to, byte[] other) {
    return Arrays.equals(bytes, from, to, other, 0, other.length);
  }

  /// Where the next part begins.
  public int position() {
    return position;
  }

  /// A count of things that take at least one byte each.
  public int count() {
    long count = number();
    if (count < 0 || count > end - position) {
      throw new IllegalArgumentException("a count beyond the end of the record");
    }
    return (int) count;
  }

  public double real() {
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = (bits << 8) | oneByte();
    }
    return Double.longBitsToDouble(bits);
  }

  public float single() {
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      bits = (bits << 8) | oneByte();
    }
    return Float.intBitsToFloat(bits);
  }

  public String text() {
    long head = number();
    int start = skipText(head);
    int length = position - start;
    if ((head & 1) == 0) {
      return new String(bytes, start, length, StandardCharsets.UTF_8);
    }
    char[] chars = new char[length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) ((bytes[start + 2 * i] & 0xFF) << 8 | (bytes[start + 2 * i + 1] & 0xFF));
    }
    return new String(chars);
  }

  /// Goes past a text.
  public void skipText() {
    skipText(number());
  }

  /// Goes past a list of texts.
  public void skipTexts() {
    for (int left = count(); left > 0; left--) {
      skipText();
    }
  }

  private int skipText(long head) {
    long length = head >>> 1;
    if (length > end - position) {
      throw new IllegalArgumentException("a text beyond the end of the record");
    }
    return skip((int) length);
  }

  public Instant time() {
    long zigzag = number();
    long seconds = (zigzag >>> 1) ^ -(zigzag & 1);
    long fraction = number();
    return Instant.ofEpochSecond(
        seconds, (fraction & 1) == 0 ? (fraction >>> 1) * 1_000_000 : fraction >>> 1);
  }

  public List<String> texts() {
    int n = count();
    List<String> result = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      result.add(text());
    }
    return result;
  }

  public Map<String, String> map() {
    int n = count();
    Map<String, String> result = HashMap.newHashMap(n);
    for (int i = 0; i < n; i++) {
      result.put(text(), text());
    }
    return result;
  }

  public boolean atEnd() {
    return position == end;
  }
}
