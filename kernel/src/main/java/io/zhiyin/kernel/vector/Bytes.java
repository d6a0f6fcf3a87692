package io.zhiyin.kernel.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Inner products of a [ByteQuery] with [ByteRows], by panels: bytes are widened to 16 bits,
/// multiplied and summed there four at a time, and the sums are added up in 32 bits.
///
/// Widening sums lane by lane would cost more than the products. Instead 2¹⁵ is added to each sum,
/// which makes it positive, and pairs of sums are taken as 32-bit numbers: added up as they are,
/// and their upper halves once more by themselves. The lower halves follow by subtraction.
///
/// Four panels that lie a quarter of all apart are read side by side, as a processor fetches ahead
/// within a page of memory only ([Scan]).
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

  /// Panels that are read side by side.
  static final int PLACES = 4;

  private static final short OFFSET = Short.MIN_VALUE;

  private Bytes() {}

  static void scores(ByteQuery query, ByteRows rows, int firstRow, int count, float[] out) {
    byte[] numbers = rows.numbers(firstRow);
    float[] scales = rows.scales(firstRow);
    int first = rows.inBlock(firstRow);
    int panels = Math.ceilDiv(count, WIDTH);
    int quarter = Math.ceilDiv(panels, PLACES);
    int last = panels - quarter;
    for (int panel = 0; panel < quarter; panel++) {
      sums(query, numbers, rows.depth, first + panel * WIDTH, quarter * WIDTH, last * WIDTH);
      for (int place = 0; place < PLACES; place++) {
        // where panels do not come by fours, some are computed twice
        int to = (panel + Math.min(place * quarter, last)) * WIDTH;
        scaled(query, place, rows.depth, scales, first + to, out, to);
      }
    }
  }

  /// The sums of four panels, to the query's.
  ///
  /// @param row the first panel's first, in its block
  /// @param apart rows from one panel to the next
  /// @param last rows from the first panel to the last, at most
  private static void sums(
      ByteQuery query, byte[] numbers, int depth, int row, int apart, int last) {
    short[] q = query.numbers;
    int from0 = row * depth;
    int from1 = (row + Math.min(apart, last)) * depth;
    int from2 = (row + Math.min(2 * apart, last)) * depth;
    int from3 = (row + Math.min(3 * apart, last)) * depth;
    ShortVector offset = ShortVector.broadcast(SHORTS, OFFSET);
    IntVector pairs0 = IntVector.zero(INTS);
    IntVector pairs1 = pairs0;
    IntVector pairs2 = pairs0;
    IntVector pairs3 = pairs0;
    IntVector upper0 = pairs0;
    IntVector upper1 = pairs0;
    IntVector upper2 = pairs0;
    IntVector upper3 = pairs0;
    for (int i = 0; i < q.length; i += ByteRows.GROUP * WIDTH) {
      ShortVector sums0 = offset;
      ShortVector sums1 = offset;
      ShortVector sums2 = offset;
      ShortVector sums3 = offset;
      // in a loop, as C2 would not take in sixteen conversions one by one
      for (int j = i; j < i + ByteRows.GROUP * WIDTH; j += WIDTH) {
        ShortVector factor = ShortVector.fromArray(SHORTS, q, j);
        sums0 = sums0.add(widened(numbers, from0 + j).mul(factor));
        sums1 = sums1.add(widened(numbers, from1 + j).mul(factor));
        sums2 = sums2.add(widened(numbers, from2 + j).mul(factor));
        sums3 = sums3.add(widened(numbers, from3 + j).mul(factor));
      }
      pairs0 = pairs0.add(sums0.reinterpretAsInts());
      pairs1 = pairs1.add(sums1.reinterpretAsInts());
      pairs2 = pairs2.add(sums2.reinterpretAsInts());
      pairs3 = pairs3.add(sums3.reinterpretAsInts());
      upper0 = upper0.add(sums0.reinterpretAsInts().lanewise(VectorOperators.LSHR, 16));
      upper1 = upper1.add(sums1.reinterpretAsInts().lanewise(VectorOperators.LSHR, 16));
      upper2 = upper2.add(sums2.reinterpretAsInts().lanewise(VectorOperators.LSHR, 16));
      upper3 = upper3.add(sums3.reinterpretAsInts().lanewise(VectorOperators.LSHR, 16));
    }
    int[] sums = query.sums;
    pairs0.intoArray(sums, 0);
    upper0.intoArray(sums, WIDTH / 2);
    pairs1.intoArray(sums, WIDTH);
    upper1.intoArray(sums, WIDTH + WIDTH / 2);
    pairs2.intoArray(sums, 2 * WIDTH);
    upper2.intoArray(sums, 2 * WIDTH + WIDTH / 2);
    pairs3.intoArray(sums, 3 * WIDTH);
    upper3.intoArray(sums, 3 * WIDTH + WIDTH / 2);
  }

  private static ShortVector widened(byte[] numbers, int at) {
    return (ShortVector)
        ByteVector.fromArray(BYTES, numbers, at).convertShape(VectorOperators.B2S, SHORTS, 0);
  }

  /// The scores of the panel at one place, of the query's sums.
  private static void scaled(
      ByteQuery query, int place, int depth, float[] scales, int row, float[] out, int to) {
    int offsets = (depth / ByteRows.GROUP) << 15;
    IntVector pairs = IntVector.fromArray(INTS, query.sums, place * WIDTH);
    IntVector upper = IntVector.fromArray(INTS, query.sums, place * WIDTH + WIDTH / 2);
    IntVector lower = pairs.sub(upper.lanewise(VectorOperators.LSHL, 16)).sub(offsets);
    scaled(lower, scales, row, query.scale, out, to);
    scaled(upper.sub(offsets), scales, row + WIDTH / 2, query.scale, out, to + WIDTH / 2);
  }

  private static void scaled(
      IntVector sums, float[] scales, int row, float scale, float[] out, int to) {
    ((FloatVector) sums.convert(VectorOperators.I2F, 0))
        .mul(FloatVector.fromArray(FLOATS, scales, row).mul(scale))
        .intoArray(out, to);
  }
}
