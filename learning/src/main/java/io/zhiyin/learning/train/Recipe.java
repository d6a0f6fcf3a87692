package io.zhiyin.learning.train;

/// What may be added to plain AdamW on plain windows; all of it is off by default.
///
/// @param warmUp steps over which the learning rate rises from nothing to its full height
/// @param decay how it falls afterwards
/// @param clip largest norm of all gradients together, a longer gradient is shortened to it; 0 for
///   none
/// @param smoothing share of each target that is spread over all items, see [FullSoftmax]
/// @param averaging of the weights over the newest steps, as the decay of [AverageWeights], such as
///   0.999; 0 for none. The averages are validated and kept instead of the weights
/// @param augmentation what is done to the windows
public record Recipe(
    int warmUp,
    Decay decay,
    double clip,
    double smoothing,
    double averaging,
    Augmentation augmentation) {

  /// How a learning rate falls.
  public enum Decay {
    /// To half of itself after every three passes without a better validation.
    PLATEAU,
    /// Along half a cosine to nothing at the last of all planned passes.
    COSINE,
    /// Along a line to nothing at the last of all planned passes.
    LINEAR
  }

  public static final Recipe PLAIN = new Recipe(0, Decay.PLATEAU, 0, 0, 0, Augmentation.NONE);

  public Recipe {
    if (warmUp < 0 || clip < 0) {
      throw new IllegalArgumentException("warm-up and clip must not be negative");
    }
    if (!(smoothing >= 0 && smoothing < 1) || !(averaging >= 0 && averaging < 1)) {
      throw new IllegalArgumentException("smoothing and averaging must be in [0, 1)");
    }
  }

  public Recipe withWarmUp(int value) {
    return new Recipe(value, decay, clip, smoothing, averaging, augmentation);
  }

  public Recipe withDecay(Decay value) {
    return new Recipe(warmUp, value, clip, smoothing, averaging, augmentation);
  }

  public Recipe withClip(double value) {
    return new Recipe(warmUp, decay, value, smoothing, averaging, augmentation);
  }

  public Recipe withSmoothing(double value) {
    return new Recipe(warmUp, decay, clip, value, averaging, augmentation);
  }

  public Recipe withAveraging(double value) {
    return new Recipe(warmUp, decay, clip, smoothing, value, augmentation);
  }

  public Recipe withAugmentation(Augmentation value) {
    return new Recipe(warmUp, decay, clip, smoothing, averaging, value);
  }

  /// The share of the full learning rate at a step.
  ///
  /// @param step counted from 1
  /// @param steps planned in all
  double height(long step, long steps) {
    double rising = step <= warmUp ? (double) step / warmUp : 1;
    double gone = Math.clamp((double) (step - 1 - warmUp) / Math.max(1, steps - warmUp), 0.0, 1.0);
    return switch (decay) {
      case PLATEAU -> rising;
      case COSINE -> rising * (1 + Math.cos(Math.PI * gone)) / 2;
      case LINEAR -> rising * (1 - gone);
    };
  }
}
