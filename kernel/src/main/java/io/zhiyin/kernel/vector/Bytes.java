package io.zhiyin.kernel.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Inner products of a [ByteQuery] with [ByteRows], a panel at a time: bytes are widened to 16
/// bits, multiplied and summed there four at a time, and the sums are added up in 32 bits.
///
/// Widening sums lane by lane would cost more than the products. Instead 2¹⁵ is added to each sum,
/// which makes it positive, and pairs of sums are taken as 32-bit numbers: added up as they are,
/// and their upper halves once more by themselves. The lower halves follow by subtraction.
final class Bytes {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SHORTS.vectorShape());
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, SHORTS.vectorShape());

  /// Rows of a panel.
  static final int WIDTH = SHORTS.length();

  private static final short OFFSET = Short.MIN_VALUE;

  private Bytes() {}

  static void scores(ByteQuery query, ByteRows rows, int firstRow, int count, float[] out) {
    for (int r = 0; r < count; r += WIDTH) {
      panel(query, rows, firstRow + r, out, r);
    }
  }

  private static void panel(ByteQuery query, ByteRows rows, int row, float[] out, int to) {
    byte[] numbers = rows.numbers;
    short[] q = query.numbers;
    int from = row * rows.depth;
    ShortVector offset = ShortVector.broadcast(SHORTS, OFFSET);
    IntVector pairs = IntVector.zero(INTS);
    IntVector upper = pairs;
    for (int i = 0; i < q.length; i += ByteRows.GROUP * WIDTH) {
      IntVector sums =
          product(numbers, from + i, q, i)
              .add(product(numbers, from + i + WIDTH, q, i + WIDTH))
              .add(
                  product(numbers, from + i + 2 * WIDTH, q, i + 2 * WIDTH)
                      .add(product(numbers, from + i + 3 * WIDTH, q, i + 3 * WIDTH)))
              .add(offset)
              .reinterpretAsInts();
      pairs = pairs.add(sums);
      upper = upper.add(sums.lanewise(VectorOperators.LSHR, 16));
    }
    int offsets = (rows.depth / ByteRows.GROUP) << 15;
    IntVector lower = pairs.sub(upper.lanewise(VectorOperators.LSHL, 16)).sub(offsets);
    scaled(lower, rows, row, query.scale, out, to);
    scaled(upper.sub(offsets), rows, row + WIDTH / 2, query.scale, out, to + WIDTH / 2);
  }

  private static ShortVector product(byte[] numbers, int at, short[] q, int qAt) {
    return ((ShortVector)
            ByteVector.fromArray(BYTES, numbers, at).convertShape(VectorOperators.B2S, SHORTS, 0))
        .mul(ShortVector.fromArray(SHORTS, q, qAt));
  }

  private static void scaled(
      IntVector sums, ByteRows rows, int row, float scale, float[] out, int to) {
    ((FloatVector) sums.convert(VectorOperators.I2F, 0))
        .mul(FloatVector.fromArray(FLOATS, rows.scales, row).mul(scale))
        .intoArray(out, to);
  }
}
