package io.zhiyin.kernel.vector;

import static io.zhiyin.kernel.vector.Simd.PANEL;

/// Matrix products made of [Tile]s.
final class Matrices {
  private Matrices() {}

  static void linear(Affine map, float[] x, int xFrom, int rows, float[] y, int yFrom) {
    int out = map.out();
    int whole = out / PANEL * PANEL;
    // a panel stays in the nearest cache while all rows pass over it
    for (int o = 0; o < whole; o += PANEL) {
      panel(map, o, x, xFrom, rows, y, yFrom + o);
    }
    if (whole < out) {
      lastPanel(map, whole, x, xFrom, rows, y, yFrom + whole);
    }
  }

  private static void panel(
      Affine map, int o, float[] x, int xFrom, int rows, float[] y, int yFrom) {
    int in = map.in();
    int out = map.out();
    int tile = Tile.rows(rows);
    if (tile == 1) {
      for (int r = 0; r < rows; r++) {
        Tile.one(x, xFrom + r * in, map.panels(), o * in, in, map.bias(), o, y, yFrom + r * out);
      }
      return;
    }
    for (int r = 0; r < rows; r += tile) {
      // the last tile moves back over rows that are done already: cheaper than single rows
      int at = Math.min(r, rows - tile);
      Tile.full(
          tile,
          x,
          xFrom + at * in,
          in,
          map.panels(),
          o * in,
          in,
          map.bias(),
          o,
          y,
          yFrom + at * out,
          out);
    }
  }

  /// The panel that is only partly filled: its columns are too few for a vector.
  private static void lastPanel(
      Affine map, int o, float[] x, int xFrom, int rows, float[] y, int yFrom) {
    int in = map.in();
    int out = map.out();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < out - o; c++) {
        y[yFrom + r * out + c] =
            map.bias()[o + c] + Lines.dot(x, xFrom + r * in, map.weight(), (o + c) * in, in);
      }
    }
  }
}
