package io.zhiyin.learning.train;

import io.zhiyin.engine.content.TextSpace;
import io.zhiyin.kernel.nn.Safetensors;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The text vectors of one encoder compressed to a few latent numbers: principal components,
/// half-whitened, Z = (V − mean) · basis with V `[r, m]` and basis `[m, t]`.
///
/// As with [LatentContent], a model learns a map W `[t, d]` on Z, and basis · W `[m, d]` reads the
/// encoder's vectors directly.
final class LatentText {
  private static final int BLOCK = 1 << 14;

  private final TextSpace space;
  private final float[] mean;
  private final float[] basis;
  private final int size;

  private LatentText(TextSpace space, float[] mean, float[] basis, int size) {
    this.space = space;
    this.mean = mean;
    this.basis = basis;
    this.size = size;
  }

  /// @param size t at most; fewer where there are not so many items
  /// @param energy mean square length that items' latent numbers are scaled to, so that texts speak
  ///   as loudly as the rest of the content
  static LatentText fit(TextSpace space, int size, double energy) {
    int m = space.size();
    int t = Math.max(0, Math.min(size, Math.min(space.rows() - 1, m)));
    float[] mean = space.mean();
    float[] basis = new float[m * t];
    try (PointerScope _ = new PointerScope()) {
      T_TensorTensor_T eigen = torch.linalg_eigh(scatter(space, mean));
      float[] values = Tensors.floats(eigen.get0());
      float[] vectors = Tensors.floats(eigen.get1());
      double kept = 0;
      for (int c = 0; c < t; c++) {
        kept += Math.sqrt(Math.max(values[m - 1 - c], 0));
      }
      double loud = Math.sqrt(energy * space.rows() / Math.max(kept, 1e-12));
      for (int c = 0; c < t; c++) {
        int from = m - 1 - c;
        double sigma = Math.sqrt(Math.max(values[from], 0));
        float scale = sigma < 1e-4 ? 0 : (float) (loud / Math.sqrt(sigma));
        for (int i = 0; i < m; i++) {
          basis[i * t + c] = vectors[i * m + from] * scale;
        }
      }
    }
    return new LatentText(space, mean, basis, t);
  }

  /// Σ over items of (v − mean)(v − mean)ᵀ `[m, m]`, a block of items at a time.
  private static Tensor scatter(TextSpace space, float[] mean) {
    int m = space.size();
    Tensor sum = torch.zeros(m, m);
    Tensor centre = AbstractTensor.create(mean, 1, m);
    for (int first = 0; first < space.rows(); first += BLOCK) {
      int rows = Math.min(BLOCK, space.rows() - first);
      float[] block = Arrays.copyOfRange(space.matrix(), first * m, (first + rows) * m);
      try (PointerScope _ = new PointerScope()) {
        Tensor v = AbstractTensor.create(block, rows, m).sub(centre);
        sum.add_(torch.mm(v.t(), v));
      }
    }
    return sum;
  }

  /// t
  int size() {
    return size;
  }

  /// Writes the item's numbers `[t]` to `out[from …]`; leaves it as it is when the item has no
  /// vector in this space.
  void write(int item, float[] out, int from) {
    int row = Arrays.binarySearch(space.items(), item);
    if (row < 0) {
      return;
    }
    for (int i = 0; i < mean.length; i++) {
      float value = space.matrix()[row * mean.length + i] - mean[i];
      for (int c = 0; c < size; c++) {
        out[from + c] += value * basis[i * size + c];
      }
    }
  }

  /// Adds the tensors that read the encoder's vectors directly.
  ///
  /// @param map of all latent numbers `[…, d]`, of which this one's rows begin at `first`
  void save(Safetensors file, float[] map, int first, int d) {
    int m = mean.length;
    float[] weight = new float[m * d];
    for (int i = 0; i < m; i++) {
      for (int c = 0; c < size; c++) {
        float value = basis[i * size + c];
        for (int j = 0; j < d; j++) {
          weight[i * d + j] += value * map[(first + c) * d + j];
        }
      }
    }
    file.put("content.text." + space.encoderId() + ".weight", weight, m, d);
    file.put("content.text." + space.encoderId() + ".mean", mean, m);
  }
}
