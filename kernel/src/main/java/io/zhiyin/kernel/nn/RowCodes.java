package io.zhiyin.kernel.nn;

/// A matrix rounded row by row, with which weights are stored in fewer bytes: number c of row r is
/// scale[r, c / group] · code, with symmetric codes −127 … 127 of 8 bits, one scale a row, or −7 …
/// 7 of 4 bits, one scale for each 32 numbers of a row.
///
/// Codes of 8 bits take a byte each. Of 4 bits two share a byte, the first in its lower half, each
/// 8 larger than it is; a row of an odd number ends with half a byte of zeros.
///
/// [A survey of quantization methods for efficient neural network
/// inference](https://arxiv.org/abs/2103.13630)
///
/// @param codes `[rows, stride]`
/// @param scales `[rows, groups]`
record RowCodes(int bits, int rows, int columns, byte[] codes, float[] scales) {
  private static final int GROUP_OF_4_BITS = 32;

  static int stride(int bits, int columns) {
    return bits == 8 ? columns : (columns + 1) / 2;
  }

  static int groups(int bits, int columns) {
    return bits == 8 ? 1 : (columns + GROUP_OF_4_BITS - 1) / GROUP_OF_4_BITS;
  }

  static void checkBits(int bits) {
    if (bits != 4 && bits != 8) {
      throw new IllegalArgumentException("weights are rounded to 8 or 4 bits, not " + bits);
    }
  }

  /// Rounds to the nearest code.
  ///
  /// @throws IllegalArgumentException when a number is not finite
  static RowCodes of(int bits, int rows, int columns, float[] data) {
    checkBits(bits);
    byte[] codes = new byte[rows * stride(bits, columns)];
    float[] scales = new float[rows * groups(bits, columns)];
    RowCodes result = new RowCodes(bits, rows, columns, codes, scales);
    int group = bits == 8 ? columns : GROUP_OF_4_BITS;
    for (int r = 0; r < rows; r++) {
      for (int from = 0; from < columns; from += group) {
        result.round(data, r, from, Math.min(columns, from + group));
      }
    }
    return result;
  }

  private void round(float[] data, int row, int from, int to) {
    float largest = 0;
    for (int c = from; c < to; c++) {
      float number = data[row * columns + c];
      if (!Float.isFinite(number)) {
        throw new IllegalArgumentException("number " + number + " cannot be rounded");
      }
      largest = Math.max(largest, Math.abs(number));
    }
    int last = bits == 8 ? 127 : 7;
    float scale = largest / last;
    scales[scaleAt(row, from)] = scale;
    for (int c = from; c < to; c++) {
      int code =
          scale == 0 ? 0 : Math.clamp(Math.round(data[row * columns + c] / scale), -last, last);
      if (bits == 8) {
        codes[row * columns + c] = (byte) code;
      } else {
        codes[row * stride(4, columns) + c / 2] |= (byte) ((code + 8) << (c % 2 * 4));
      }
    }
  }

  private int scaleAt(int row, int column) {
    return bits == 8 ? row : row * groups(4, columns) + column / GROUP_OF_4_BITS;
  }

  /// The rounded matrix `[rows, columns]`.
  float[] floats() {
    float[] data = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        data[r * columns + c] = code(r, c) * scales[scaleAt(r, c)];
      }
    }
    return data;
  }

  private int code(int row, int column) {
    if (bits == 8) {
      return codes[row * columns + column];
    }
    int pair = codes[row * stride(4, columns) + column / 2];
    return ((pair >> (column % 2 * 4)) & 15) - 8;
  }
}
