package io.zhiyin.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding of RFC 3986, strict: a broken escape or broken UTF-8 is an error, never a
/// guess.
final class Percent {
  private Percent() {}

  /// @param plusIsSpace as in the query of a form
  /// @throws IllegalArgumentException when an escape is broken
  static String decode(String raw, boolean plusIsSpace) {
    if (raw.indexOf('%') < 0 && !(plusIsSpace && raw.indexOf('+') >= 0)) {
      return raw;
    }
    byte[] in = raw.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int n = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
        int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw new IllegalArgumentException("broken percent-encoding in '" + raw + "'");
        }
        out[n++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        out[n++] = plusIsSpace && in[i] == '+' ? (byte) ' ' : in[i];
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(out, 0, n)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("'" + raw + "' is not UTF-8 when decoded", e);
    }
  }
}
