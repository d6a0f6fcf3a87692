package io.zhiyin.engine.profile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Event ids as few bytes: ids are mostly random numbers in hexadecimal, of which two digits fit
/// one byte.
///
/// The first byte says how the rest is packed: 0, as it is; 255, a UUID in lower case; otherwise,
/// one more than the length of a prefix that is kept as it is, behind which all is hexadecimal.
final class EventIdBytes {
  private static final int PLAIN = 0;
  private static final int UUID = 255;
  private static final int UUID_LENGTH = 36;
  private static final int UUID_DIGITS = 32;
  private static final int MIN_DIGITS = 8;
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private EventIdBytes() {}

  static byte[] pack(String id) {
    byte[] text = id.getBytes(StandardCharsets.UTF_8);
    if (isUuid(text)) {
      byte[] digits = new byte[UUID_DIGITS];
      int n = 0;
      for (byte b : text) {
        if (b != '-') {
          digits[n++] = b;
        }
      }
      return packed(UUID, digits, 0);
    }
    int prefix = text.length;
    while (prefix > 0 && digit(text[prefix - 1]) >= 0) {
      prefix--;
    }
    prefix += (text.length - prefix) & 1;
    if (text.length - prefix < MIN_DIGITS || prefix + 1 >= UUID) {
      return packed(PLAIN, text, text.length);
    }
    return packed(prefix + 1, text, prefix);
  }

  private static byte[] packed(int form, byte[] text, int prefix) {
    byte[] result = new byte[1 + prefix + (text.length - prefix) / 2];
    result[0] = (byte) form;
    System.arraycopy(text, 0, result, 1, prefix);
    for (int i = prefix, to = 1 + prefix; i < text.length; i += 2, to++) {
      result[to] = (byte) ((digit(text[i]) << 4) | digit(text[i + 1]));
    }
    return result;
  }

  /// Orders packed ids as the bytes of the ids are ordered.
  static int compare(byte[] a, int fromA, int lengthA, byte[] b, int fromB, int lengthB) {
    return Arrays.compareUnsigned(unpack(a, fromA, lengthA), unpack(b, fromB, lengthB));
  }

  /// Whether so many bytes may be a packed id.
  ///
  /// @param form the first of them
  static boolean fits(int form, int length) {
    return switch (form) {
      case PLAIN -> length >= 1;
      case UUID -> length == 1 + UUID_DIGITS / 2;
      default -> length >= form;
    };
  }

  /// The id's own bytes.
  static byte[] unpack(byte[] packed, int from, int length) {
    int form = packed[from] & 0xFF;
    int end = from + length;
    if (form == PLAIN) {
      return Arrays.copyOfRange(packed, from + 1, end);
    }
    if (form == UUID) {
      byte[] id = new byte[UUID_LENGTH];
      int to = 0;
      for (int i = from + 1; i < end; i++) {
        if (to == 8 || to == 13 || to == 18 || to == 23) {
          id[to++] = '-';
        }
        id[to++] = DIGITS[(packed[i] >> 4) & 0xF];
        id[to++] = DIGITS[packed[i] & 0xF];
      }
      return id;
    }
    int prefix = form - 1;
    byte[] id = new byte[prefix + 2 * (length - 1 - prefix)];
    System.arraycopy(packed, from + 1, id, 0, prefix);
    int to = prefix;
    for (int i = from + 1 + prefix; i < end; i++) {
      id[to++] = DIGITS[(packed[i] >> 4) & 0xF];
      id[to++] = DIGITS[packed[i] & 0xF];
    }
    return id;
  }

  private static boolean isUuid(byte[] text) {
    if (text.length != UUID_LENGTH) {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? text[i] != '-' : digit(text[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int digit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
  }
}
