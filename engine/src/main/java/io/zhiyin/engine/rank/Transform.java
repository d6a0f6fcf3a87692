package io.zhiyin.engine.rank;

/// How the strengths of one kind of evidence, which come in their own measure, are brought to a
/// measure that can be added up.
public enum Transform {
  /// As it is; absent counts 0.
  RAW {
    @Override
    void add(float[] strengths, double weight, double[] sums) {
      for (int i = 0; i < strengths.length; i++) {
        if (!Float.isNaN(strengths[i])) {
          sums[i] += weight * strengths[i];
        }
      }
    }
  },

  /// `log(1 + x)`, for counts; absent counts 0.
  LOG1P {
    @Override
    void add(float[] strengths, double weight, double[] sums) {
      for (int i = 0; i < strengths.length; i++) {
        if (!Float.isNaN(strengths[i])) {
          sums[i] += weight * Math.log1p(Math.max(0, strengths[i]));
        }
      }
    }
  },

  /// The share of the strongest candidate's strength, 0 to 1; absent counts 0.
  SHARE_OF_MAX {
    @Override
    void add(float[] strengths, double weight, double[] sums) {
      float max = 0;
      for (float strength : strengths) {
        if (strength > max) {
          max = strength;
        }
      }
      if (max > 0) {
        for (int i = 0; i < strengths.length; i++) {
          if (strengths[i] > 0) {
            sums[i] += weight * strengths[i] / max;
          }
        }
      }
    }
  },

  /// The distance below the strongest candidate, 0 or less, for logits; absent counts as much as
  /// the weakest.
  LOGIT {
    @Override
    void add(float[] strengths, double weight, double[] sums) {
      float max = Float.NEGATIVE_INFINITY;
      float min = Float.POSITIVE_INFINITY;
      for (float strength : strengths) {
        if (!Float.isNaN(strength)) {
          max = Math.max(max, strength);
          min = Math.min(min, strength);
        }
      }
      if (max >= min) {
        for (int i = 0; i < strengths.length; i++) {
          float strength = Float.isNaN(strengths[i]) ? min : strengths[i];
          sums[i] += weight * (strength - max);
        }
      }
    }
  };

  /// Adds `weight` times the transformed strengths (NaN where absent) to `sums`.
  abstract void add(float[] strengths, double weight, double[] sums);
}
