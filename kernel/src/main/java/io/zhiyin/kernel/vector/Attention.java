package io.zhiyin.kernel.vector;

import static io.zhiyin.kernel.vector.Simd.FLOATS;
import static io.zhiyin.kernel.vector.Simd.LANES;
import static io.zhiyin.kernel.vector.Simd.PANEL;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Causal attention made of [Tile]s, a tile of queries at a time.
///
/// The keys of a head are packed transposed and its values as they are, both as panels, so that
/// scores and mixture are the same product as a linear map. A tile of queries computes only the
/// panels of keys that its last query sees; the last tile moves back over queries that are done.
///
/// Scratch: keys `[wholePanels(keys) / PANEL, headSize, PANEL]`, values `[wholePanels(headSize) /
/// PANEL, keys, PANEL]`, scores `[ROWS, wholePanels(keys)]`, mixture `[ROWS, PANEL]`. What is not
/// filled of keys only reaches scores that nobody reads.
final class Attention {
  private static final float[] ZEROS = new float[PANEL];

  private Attention() {}

  static int scratch(AttentionShape shape, int keys) {
    int head = shape.headSize();
    return Simd.wholePanels(keys) * (head + Tile.ROWS)
        + keys * Simd.wholePanels(head)
        + Tile.ROWS * PANEL;
  }

  static void causal(
      AttentionShape shape, float[] q, float[] kv, int positions, float[] scratch, float[] out) {
    int head = shape.headSize();
    int values = Simd.wholePanels(positions) * head;
    int scores = values + positions * Simd.wholePanels(head);
    for (int h = 0; h < shape.size(); h += head) {
      packKeys(kv, h, 2 * shape.size(), positions, head, scratch);
      packValues(kv, shape.size() + h, 2 * shape.size(), positions, head, scratch, values);
      int rows = Tile.rows(positions);
      for (int i = 0; i < positions; i += rows) {
        int t = Math.min(i, positions - rows);
        scores(shape, q, h, t, rows, positions, scratch, scores);
        mix(shape, h, t, rows, positions, scratch, values, scores, out);
      }
    }
  }

  /// A single query, the last position: too little work to pack anything.
  static void last(
      AttentionShape shape,
      float[] q,
      int query,
      float[] kv,
      int keys,
      float[] scratch,
      float[] out) {
    int size = shape.size();
    int head = shape.headSize();
    Arrays.fill(out, query, query + size, 0);
    for (int h = 0; h < size; h += head) {
      for (int j = 0; j < keys; j++) {
        scratch[j] = Lines.dot(q, query + h, kv, j * 2 * size + h, head);
      }
      Softmax.inPlace(scratch, 0, keys, shape.scale());
      for (int j = 0; j < keys; j++) {
        Lines.axpy(scratch[j], kv, (j * 2 + 1) * size + h, out, query + h, head);
      }
    }
  }

  private static void packKeys(
      float[] kv, int from, int stride, int positions, int head, float[] panels) {
    for (int j = 0; j < positions; j++) {
      int at = j / PANEL * PANEL * head + j % PANEL;
      for (int i = 0; i < head; i++) {
        panels[at + i * PANEL] = kv[from + j * stride + i];
      }
    }
  }

  private static void packValues(
      float[] kv, int from, int stride, int positions, int head, float[] panels, int panelsFrom) {
    for (int c = 0; c < head; c += PANEL) {
      int width = Math.min(PANEL, head - c);
      int at = panelsFrom + c * positions;
      for (int j = 0; j < positions; j++) {
        int row = from + j * stride + c;
        if (width == PANEL) {
          copyPanel(kv, row, panels, at + j * PANEL);
        } else {
          System.arraycopy(kv, row, panels, at + j * PANEL, width);
        }
      }
    }
  }

  private static void copyPanel(float[] from, int fromAt, float[] to, int toAt) {
    FloatVector.fromArray(FLOATS, from, fromAt).intoArray(to, toAt);
    FloatVector.fromArray(FLOATS, from, fromAt + LANES).intoArray(to, toAt + LANES);
  }

  /// Probabilities of queries t … t+rows−1 over the keys up to t+rows−1; zero for keys not yet
  /// seen.
  private static void scores(
      AttentionShape shape,
      float[] q,
      int h,
      int t,
      int rows,
      int positions,
      float[] scratch,
      int scores) {
    int size = shape.size();
    int head = shape.headSize();
    int stride = Simd.wholePanels(positions);
    for (int j = 0; j < t + rows; j += PANEL) {
      int at = t * size + h;
      if (rows > 1) {
        Tile.full(
            rows, q, at, size, scratch, j * head, head, ZEROS, 0, scratch, scores + j, stride);
      } else {
        for (int r = 0; r < rows; r++) {
          Tile.one(
              q,
              at + r * size,
              scratch,
              j * head,
              head,
              ZEROS,
              0,
              scratch,
              scores + r * stride + j);
        }
      }
    }
    for (int r = 0; r < rows; r++) {
      Softmax.padded(scratch, scores + r * stride, t + r + 1, t + rows, shape.scale());
    }
  }

  /// out = probabilities · values
  private static void mix(
      AttentionShape shape,
      int h,
      int t,
      int rows,
      int positions,
      float[] scratch,
      int values,
      int scores,
      float[] out) {
    int size = shape.size();
    int head = shape.headSize();
    int stride = Simd.wholePanels(positions);
    int mixture = scores + Tile.ROWS * stride;
    for (int c = 0; c < head; c += PANEL) {
      int panel = values + c * positions;
      int width = Math.min(PANEL, head - c);
      int at = t * size + h + c;
      if (rows > 1 && width == PANEL) {
        Tile.full(rows, scratch, scores, stride, scratch, panel, t + rows, ZEROS, 0, out, at, size);
      } else {
        for (int r = 0; r < rows; r++) {
          Tile.one(
              scratch, scores + r * stride, scratch, panel, t + rows, ZEROS, 0, scratch, mixture);
          System.arraycopy(scratch, mixture, out, at + r * size, width);
        }
      }
    }
  }
}
