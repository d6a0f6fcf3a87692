package io.zhiyin.kernel.vector;

import java.util.Arrays;

/// An immutable affine map x ↦ W x + b, with W `[out, in]` row-major as PyTorch has it and b
/// `[out]`.
///
/// For SIMD the weights are kept a second time as *panels*: `panelWidth` outputs side by side for
/// each input, so that a tile reads them front to back, and zeros where the last panel is not full.
public final class Affine {
  private final int out;
  private final int in;
  private final float[] weight;
  private final float[] bias;
  private final int panelWidth;
  private final float[] panels;

  /// @param weight `[out, in]`; kept, not copied
  /// @param bias `[out]`
  public Affine(int out, int in, float[] weight, float[] bias) {
    if (out < 1 || in < 1 || weight.length != (long) out * in || bias.length != out) {
      throw new IllegalArgumentException(
          "a map from %d to %d numbers needs %d weights and %d biases, not %d and %d"
              .formatted(in, out, (long) out * in, out, weight.length, bias.length));
    }
    this.out = out;
    this.in = in;
    this.weight = weight;
    this.panelWidth = Kernels.simd().isPresent() ? Simd.PANEL : 1;
    int padded = (out + panelWidth - 1) / panelWidth * panelWidth;
    this.bias = Arrays.copyOf(bias, padded);
    this.panels = panelWidth == 1 ? weight : new float[Math.multiplyExact(padded, in)];
    if (panelWidth > 1) {
      fill();
    }
  }

  private void fill() {
    for (int o = 0; o < out; o++) {
      int at = o / panelWidth * panelWidth * in + o % panelWidth;
      for (int i = 0; i < in; i++) {
        panels[at + i * panelWidth] = weight[o * in + i];
      }
    }
  }

  /// Rows of W: the length of a result.
  public int out() {
    return out;
  }

  /// Columns of W: the length of an argument.
  public int in() {
    return in;
  }

  float[] weight() {
    return weight;
  }

  /// `[out]`, then zeros up to a whole panel.
  float[] bias() {
    return bias;
  }

  float[] panels() {
    return panels;
  }
}
