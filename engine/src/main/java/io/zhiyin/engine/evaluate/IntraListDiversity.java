package io.zhiyin.engine.evaluate;

/// How different the items of one list are: the mean of `1 - similarity` over all pairs.
///
/// @param similarity of two items, 0 to 1, the same both ways
public record IntraListDiversity(Similarity similarity) {
  /// How alike two items are.
  @FunctionalInterface
  public interface Similarity {
    double of(int a, int b);
  }

  /// 0 for a list of fewer than two items.
  public double of(int[] list) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < list.length; i++) {
      for (int j = i + 1; j < list.length; j++) {
        sum += 1 - similarity.of(list[i], list[j]);
        pairs++;
      }
    }
    return pairs == 0 ? 0 : sum / pairs;
  }
}
