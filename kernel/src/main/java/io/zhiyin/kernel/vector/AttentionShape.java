package io.zhiyin.kernel.vector;

/// The width of a position's vector and how many heads share it.
public record AttentionShape(int size, int heads) {
  public AttentionShape {
    if (size < 1 || heads < 1 || size % heads != 0) {
      throw new IllegalArgumentException(
          "a vector of " + size + " numbers cannot be split among " + heads + " heads");
    }
  }

  /// Numbers that one head sees.
  public int headSize() {
    return size / heads;
  }

  /// What a head's scores are multiplied with: 1/√headSize.
  public float scale() {
    return (float) (1.0 / Math.sqrt(headSize()));
  }
}
