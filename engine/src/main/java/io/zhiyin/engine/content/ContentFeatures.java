package io.zhiyin.engine.content;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.ItemFields;
import java.util.Arrays;

/// Reads an item as a sparse vector of length 1: title words, category levels, brand, tags,
/// attributes and price band, hashed into a fixed number of rows and weighted by rarity.
///
/// Rarity (inverse document frequency) is fitted once over a catalogue. Whoever learns from the
/// vectors keeps [#idf] beside what it learned, so that an item added later is read exactly as the
/// learned ones were. A row that no fitted item had weighs nothing, so that unknown words do not
/// water down known ones. Immutable.
public final class ContentFeatures {
  private final float[] idf;

  /// @param idf weight of each row, as given by [#idf]; its length is the number of rows
  /// @throws IllegalArgumentException when the length is not a power of two
  public ContentFeatures(float[] idf) {
    if (Integer.bitCount(idf.length) != 1) {
      throw new IllegalArgumentException(
          "the number of rows must be a power of two, not " + idf.length);
    }
    this.idf = idf.clone();
  }

  /// @param rows how many rows features are hashed into, a power of two
  public static ContentFeatures fit(Catalog catalog, int rows) {
    return fit(catalog, rows, 1);
  }

  /// Fitted on every `step`-th item only.
  static ContentFeatures fit(Catalog catalog, int rows, int step) {
    int[] frequencies = new int[rows];
    ContentFeatures even = new ContentFeatures(ones(rows));
    int documents = 0;
    for (int index = 0; index < catalog.indexBound(); index += step) {
      Item item = catalog.at(index);
      if (item != null) {
        documents++;
        for (int row : even.of(item).rows()) {
          frequencies[row]++;
        }
      }
    }
    float[] idf = new float[rows];
    for (int row = 0; row < rows; row++) {
      idf[row] =
          frequencies[row] == 0 ? 0 : (float) Math.log(1 + documents / (double) frequencies[row]);
    }
    return new ContentFeatures(idf);
  }

  private static float[] ones(int rows) {
    float[] ones = new float[rows];
    Arrays.fill(ones, 1);
    return ones;
  }

  /// The item's vector, of length 1, or zero when nothing known is said of it.
  public SparseVector of(Item item) {
    return of(item.fields());
  }

  public SparseVector of(ItemFields fields) {
    RowWeights weights = new RowWeights();
    ItemReader.read(
        fields,
        (field, text) -> {
          int row = (int) field.hash(text) & (idf.length - 1);
          if (idf[row] > 0) {
            weights.add(row, field.weight() * idf[row]);
          }
        });
    return weights.unit();
  }

  /// How many rows there are.
  public int rows() {
    return idf.length;
  }

  /// What is fitted: the weight of each row. A copy.
  public float[] idf() {
    return idf.clone();
  }

  /// Rows with weights, gathered for one item.
  private static final class RowWeights {
    private long[] entries = new long[64];
    private int size;

    void add(int row, float weight) {
      if (size == entries.length) {
        entries = Arrays.copyOf(entries, size * 2);
      }
      entries[size++] = ((long) row << 32) | Float.floatToRawIntBits(weight);
    }

    /// Of entries in the same row the largest counts: a word said twice is not said louder.
    SparseVector unit() {
      Arrays.sort(entries, 0, size);
      int[] rows = new int[size];
      float[] weights = new float[size];
      int n = 0;
      double square = 0;
      for (int i = 0; i < size; i++) {
        int row = (int) (entries[i] >> 32);
        if (i + 1 < size && (int) (entries[i + 1] >> 32) == row) {
          continue;
        }
        float weight = Float.intBitsToFloat((int) entries[i]);
        rows[n] = row;
        weights[n++] = weight;
        square += (double) weight * weight;
      }
      float scale = (float) (1 / Math.sqrt(square));
      for (int i = 0; i < n; i++) {
        weights[i] *= scale;
      }
      return n == 0
          ? SparseVector.ZERO
          : new SparseVector(Arrays.copyOf(rows, n), Arrays.copyOf(weights, n));
    }
  }
}
