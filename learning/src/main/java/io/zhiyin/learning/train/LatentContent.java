package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.content.ContentFeatures;
import io.zhiyin.engine.content.SparseVector;
import io.zhiyin.engine.content.TextVectors;
import io.zhiyin.kernel.nn.Safetensors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The content of items compressed to a few latent numbers: a truncated singular value
/// decomposition of the sparse item × feature matrix S `[n, C]` by random projections.
///
/// Z = S · basis, with basis `[C, k]`. A model learns a map W `[k, d]` on Z instead of one on S,
/// which is smaller and carries over to items that it never saw, since S · (basis · W) = Z · W for
/// any S. [Finding structure with randomness](https://arxiv.org/abs/0909.4061), algorithm 4.4.
///
/// Where pretrained text vectors are given, the numbers of [LatentText] follow, one group for each
/// encoder: Z = [S · basis | texts].
final class LatentContent implements ContentPath {
  private static final int OVERSAMPLING = 16;
  private static final int POWER_ITERATIONS = 2;
  private static final int MEASURED_ITEMS = 20_000;

  private final ContentFeatures features;
  private final int[] columns;
  private final int size;
  private final float[] basis;
  private final List<LatentText> texts;

  /// @param columns which hashed rows occur at all; `basis` has one row for each
  private LatentContent(
      ContentFeatures features, int[] columns, int size, float[] basis, List<LatentText> texts) {
    this.features = features;
    this.columns = columns;
    this.size = size;
    this.basis = basis;
    this.texts = texts;
  }

  /// Fitted on all documents of the catalogue.
  static LatentContent fit(Catalog catalog, ContentFeatures features, int size, long seed) {
    List<SparseVector> documents =
        IntStream.range(0, catalog.indexBound())
            .mapToObj(catalog::at)
            .filter(java.util.Objects::nonNull)
            .map(features::of)
            .filter(vector -> !vector.isZero())
            .toList();
    int[] columns =
        documents.stream().flatMapToInt(v -> Arrays.stream(v.rows())).sorted().distinct().toArray();
    int k = Math.min(size, Math.min(documents.size(), columns.length));
    if (k == 0) {
      return new LatentContent(features, columns, 0, new float[0], List.of());
    }
    SparseRows matrix = SparseRows.of(documents, columns);
    return new LatentContent(features, columns, k, basis(matrix, k, seed), List.of());
  }

  /// The same with the texts that encoders have read, compressed to `textSize` numbers each and
  /// scaled so that they speak as loudly as the rest.
  LatentContent with(TextVectors vectors, Catalog catalog, int textSize) {
    if (textSize == 0 || vectors.count() == 0) {
      return this;
    }
    double energy = energy(catalog);
    List<LatentText> fitted =
        vectors.spaces().stream()
            .map(space -> LatentText.fit(space, textSize, energy))
            .filter(text -> text.size() > 0)
            .toList();
    return new LatentContent(features, columns, size, basis, fitted);
  }

  /// The mean square length of items' latent numbers; 1 when there are none.
  private double energy(Catalog catalog) {
    int[] items =
        IntStream.range(0, catalog.indexBound())
            .filter(i -> catalog.at(i) != null)
            .limit(MEASURED_ITEMS)
            .toArray();
    double square = 0;
    for (float value : of(catalog, items)) {
      square += (double) value * value;
    }
    return square == 0 ? 1 : square / items.length;
  }

  private static float[] basis(SparseRows s, int k, long seed) {
    int wide = Math.min(k + OVERSAMPLING, Math.min(s.rows(), s.columns()));
    SplittableRandom random = new SplittableRandom(seed);
    float[] start = new float[s.columns() * wide];
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) random.nextGaussian();
    }
    float[] q = orthonormal(s.times(start, wide), s.rows(), wide);
    for (int i = 0; i < POWER_ITERATIONS; i++) {
      float[] right = orthonormal(s.transposedTimes(q, wide), s.columns(), wide);
      q = orthonormal(s.times(right, wide), s.rows(), wide);
    }
    // b = Sᵀ Q [C', wide]; its left singular vectors are the right ones of S
    return leftSingularVectors(s.transposedTimes(q, wide), s.columns(), wide, k);
  }

  private static float[] orthonormal(float[] matrix, int rows, int columns) {
    try (PointerScope _ = new PointerScope()) {
      T_TensorTensor_T qr = torch.linalg_qr(AbstractTensor.create(matrix, rows, columns));
      return Tensors.floats(qr.get0());
    }
  }

  /// U [rows, k] of b = U Σ Vᵀ, each column scaled by 1/√σ: half-whitened, so that rarer themes of
  /// the catalogue are heard too.
  private static float[] leftSingularVectors(float[] b, int rows, int wide, int k) {
    try (PointerScope _ = new PointerScope()) {
      Tensor matrix = AbstractTensor.create(b, rows, wide);
      T_TensorTensor_T eigen = torch.linalg_eigh(torch.mm(matrix.t(), matrix));
      float[] values = Tensors.floats(eigen.get0());
      float[] vectors = Tensors.floats(torch.mm(matrix, eigen.get1()));
      float[] result = new float[rows * k];
      for (int c = 0; c < k; c++) {
        int from = wide - 1 - c;
        double sigma = Math.sqrt(Math.max(values[from], 1e-6));
        float scale = (float) (1 / sigma / Math.sqrt(sigma));
        for (int r = 0; r < rows; r++) {
          result[r * k + c] = vectors[r * wide + from] * scale;
        }
      }
      return result;
    }
  }

  /// k, 0 when the catalogue says nothing.
  @Override
  public int size() {
    return size + texts.stream().mapToInt(LatentText::size).sum();
  }

  @Override
  public float[] of(Catalog catalog, int[] items) {
    int wide = size();
    float[] result = new float[items.length * wide];
    for (int row = 0; row < items.length; row++) {
      Item item = catalog.at(items[row]);
      if (item == null) {
        continue;
      }
      SparseVector vector = features.of(item);
      for (int f = 0; f < vector.size(); f++) {
        int column = Arrays.binarySearch(columns, vector.rows()[f]);
        for (int c = 0; column >= 0 && c < size; c++) {
          result[row * wide + c] += vector.weights()[f] * basis[column * size + c];
        }
      }
      int from = row * wide + size;
      for (LatentText text : texts) {
        text.write(items[row], result, from);
        from += text.size();
      }
    }
    return result;
  }

  @Override
  public void save(Safetensors file, float[] map, int d) {
    file.put("content.weight", projection(map, d), features.rows(), d);
    file.put("content.idf", features.idf(), features.rows());
    saveTexts(file, map, d);
  }

  /// Adds what a model needs to read the encoders' vectors directly.
  ///
  /// @param map W `[k, d]`
  private void saveTexts(Safetensors file, float[] map, int d) {
    int first = size;
    for (LatentText text : texts) {
      text.save(file, map, first, d);
      first += text.size();
    }
  }

  /// basis · W for every hashed row, `[C, d]`: what a model needs to read content directly.
  ///
  /// @param map W `[k, d]`
  private float[] projection(float[] map, int d) {
    float[] result = new float[features.rows() * d];
    for (int i = 0; i < columns.length; i++) {
      for (int c = 0; c < size; c++) {
        float value = basis[i * size + c];
        for (int j = 0; j < d; j++) {
          result[columns[i] * d + j] += value * map[c * d + j];
        }
      }
    }
    return result;
  }
}
